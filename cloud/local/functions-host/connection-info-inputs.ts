import type { SignalRConnectionInfo } from '../signalr/signalr-message.ts';
import type { ConnectionInfoInput } from './app-function.ts';
import { type RequestValues, withRequestValues } from './binding-expression.ts';
import type { RpcParameter } from './rpc.ts';

/** What the functions need of the SignalR service to let a client in. */
export type ConnectionInfoSource = {
  connectionInfo(asked: {
    hub: string;
    userId?: string;
  }): SignalRConnectionInfo | Promise<SignalRConnectionInfo>;
};

const NOTHING: RequestValues = { headers: {}, query: {} };

/** Fills signalRConnectionInfo inputs. Where the request lacks the user id's header, the connection has no user. */
export async function connectionInfoInputs(
  inputs: readonly ConnectionInfoInput[],
  source: ConnectionInfoSource,
  request: RequestValues = NOTHING,
): Promise<readonly RpcParameter[]> {
  return Promise.all(
    inputs.map(async ({ name, hubName, userId: template }) => {
      const userId = template === undefined ? undefined : withRequestValues(template, request);
      const info = await source.connectionInfo({ hub: hubName, ...(userId !== undefined && { userId }) });
      return { name, data: { string: JSON.stringify(info) } };
    }),
  );
}
