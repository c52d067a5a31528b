import type { Logger } from 'pino';
import type { AppFunction } from './app-function.ts';
import { type CoreInvocationContext, type FunctionCallback, type HookName, logAt } from './core-api.ts';
import type { FunctionsApp } from './load-functions-app.ts';
import { addMade, type MadeMetadata } from './made-metadata.ts';
import type { RpcInvocationRequest, RpcInvocationResponse } from './rpc.ts';

/**
 * One invocation through the library's own model, in the order of the Node worker's InvocationHandler. Rejects with what
 * the handler or a hook threw. `made`: of the trigger's metadata, beside what is in the request.
 */
export async function invoke(
  app: Pick<FunctionsApp, 'model' | 'hooks'>,
  fn: AppFunction,
  invocationId: string,
  request: RpcInvocationRequest,
  log: Logger,
  made: MadeMetadata = {},
): Promise<RpcInvocationResponse> {
  const core: CoreInvocationContext = {
    invocationId,
    request,
    metadata: fn.metadata,
    log: (level, category, message) =>
      logAt(log, level, { function: fn.name, invocation: invocationId, category }, message),
  };
  const model = app.model.getInvocationModel(core);
  const { context: invocationContext, inputs } = await model.getArguments();
  addMade(invocationContext, made);

  const hookData = {};
  const before = { hookData, invocationContext, inputs, functionCallback: fn.callback as FunctionCallback };
  core.state = 'preInvocationHooks';
  await runHooks(app, 'preInvocation', before);

  core.state = 'invocation';
  const after: { result: unknown; error: unknown } & Record<string, unknown> = {
    hookData,
    invocationContext,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  try {
    after.result = await model.invokeFunction(invocationContext, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error ?? new Error('the function threw nothing');
  }

  core.state = 'postInvocationHooks';
  await runHooks(app, 'postInvocation', after);
  if (after.error !== null && after.error !== undefined) throw after.error;
  return model.getResponse(invocationContext, after.result);
}

/** Hooks run one after the other, each awaited; one that throws ends the row. */
export async function runHooks(
  app: Pick<FunctionsApp, 'hooks'>,
  name: HookName,
  context: object,
): Promise<void> {
  for (const hook of app.hooks(name)) await hook(context);
}
