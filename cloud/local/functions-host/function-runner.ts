import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { HostError } from '../host-error.ts';
import type { AppFunction } from './app-function.ts';
import type { RequestValues } from './binding-expression.ts';
import { type ConnectionInfoSource, connectionInfoInputs } from './connection-info-inputs.ts';
import { invoke } from './invoke.ts';
import type { FunctionsApp } from './load-functions-app.ts';
import type { MadeMetadata } from './made-metadata.ts';
import type { RpcInvocationResponse, RpcRetryContext, RpcTypedData } from './rpc.ts';
import { type SignalRSink, sendSignalROutputs } from './signalr-outputs.ts';

/** Why a function is called. */
export type Occasion = {
  readonly data: RpcTypedData;
  readonly metadata?: Readonly<Record<string, RpcTypedData>>;
  /** More of it. */
  readonly made?: MadeMetadata;
  /** What `{headers.x}` and `{query.x}` of its other inputs are read from. */
  readonly request?: RequestValues;
  readonly retryContext?: RpcRetryContext | undefined;
  readonly invocationId?: string;
};

export type FunctionRunner = {
  /** Inputs, invocation, outputs. Rejects where any of them fails, and with ERR_HOST_CLOSING once drain has begun. */
  run(fn: AppFunction, occasion: Occasion): Promise<RpcInvocationResponse>;
  /** Refuses new work, then waits for what runs; gives the number still running when `withinMs` has passed. */
  drain(withinMs: number): Promise<number>;
};

export type SignalRBindings = ConnectionInfoSource & SignalRSink;

export function createFunctionRunner(
  app: FunctionsApp,
  signalR: SignalRBindings,
  log: Logger,
): FunctionRunner {
  const running = new Set<Promise<unknown>>();
  let closing = false;

  const runOne = async (fn: AppFunction, occasion: Occasion): Promise<RpcInvocationResponse> => {
    const { data, metadata = {}, made, request, retryContext, invocationId = randomUUID() } = occasion;
    const inputs = await connectionInfoInputs(fn.inputs, signalR, request);
    const response = await invoke(
      app,
      fn,
      invocationId,
      { inputData: [{ name: fn.trigger.name, data }, ...inputs], triggerMetadata: metadata, retryContext },
      log,
      made,
    );
    await sendSignalROutputs(fn.outputs, response, signalR);
    return response;
  };

  const run = async (fn: AppFunction, occasion: Occasion) => {
    if (closing) throw new HostError('ERR_HOST_CLOSING', 'the functions host is closing');
    const work = runOne(fn, occasion);
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };

  const drain = async (withinMs: number) => {
    closing = true;
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    await Promise.race([Promise.allSettled(running), tooLong]);
    clearTimeout(timer);
    return running.size;
  };

  return { run, drain };
}
