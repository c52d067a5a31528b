import type { Logger } from 'pino';
import type { SignalRConnectionEvent } from '../signalr/signalr-message.ts';
import type { AppFunction, TriggerOf } from './app-function.ts';
import type { FunctionRunner } from './function-runner.ts';
import type { RpcTypedData } from './rpc.ts';

type SignalRFunction = AppFunction<TriggerOf<'signalRTrigger'>>;

/** Resolves when every function that asked for the event has run. Never rejects: a connection does not wait for us. */
export type HandleConnectionEvent = (event: SignalRConnectionEvent) => Promise<void>;

export function createSignalRFunctions(
  functions: readonly SignalRFunction[],
  runner: Pick<FunctionRunner, 'run'>,
  log: Logger,
): HandleConnectionEvent {
  const wants = ({ trigger }: SignalRFunction, event: SignalRConnectionEvent) =>
    trigger.event === event.event && trigger.hubName.toLowerCase() === event.hub.toLowerCase();

  return async (event) => {
    const asked = functions.filter((fn) => wants(fn, event));
    const runs = asked.map(async (fn) => {
      try {
        await runner.run(fn, { data: connectionData(event) });
      } catch (error) {
        log.error(
          { err: error, function: fn.name, connection: event.connectionId },
          'signalR function failed',
        );
      }
    });
    await Promise.all(runs);
  };
}

/** The extension's InvocationContext: keys in PascalCase, which the library leaves as they are. */
function connectionData(event: SignalRConnectionEvent): RpcTypedData {
  const { hub, connectionId, userId, headers, query, claims, error } = event;
  return {
    json: JSON.stringify({
      Arguments: null,
      Error: error ?? null,
      Category: 'connections',
      Event: event.event,
      Hub: hub,
      ConnectionId: connectionId,
      UserId: userId ?? null,
      Headers: headers,
      Query: query,
      Claims: claims,
    }),
  };
}
