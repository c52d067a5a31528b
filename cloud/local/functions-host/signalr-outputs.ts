import * as z from 'zod';
import type { SignalRGroupAction, SignalRMessage } from '../signalr/signalr-message.ts';
import type { SignalROutput } from './app-function.ts';
import type { RpcInvocationResponse, RpcTypedData } from './rpc.ts';

/** What the functions need of the SignalR service. */
export type SignalRSink = {
  send(hub: string, message: SignalRMessage): unknown;
  act(hub: string, action: SignalRGroupAction): unknown;
};

const messageSchema = z.object({
  target: z.string().min(1),
  arguments: z.array(z.unknown()),
  connectionId: z.string().optional(),
  userId: z.string().optional(),
  groupName: z.string().optional(),
});
const actionSchema = z
  .object({
    action: z.enum(['add', 'remove', 'removeAll']),
    connectionId: z.string().optional(),
    userId: z.string().optional(),
    groupName: z.string().optional(),
  })
  .refine(
    ({ connectionId, userId }) => connectionId || userId,
    'a group action needs a connectionId or a userId',
  )
  .refine(({ action, groupName }) => action === 'removeAll' || groupName, 'a group action needs a groupName');

/** Sends what a function left in its signalR outputs, in order. Rejects at the first that is neither message nor action. */
export async function sendSignalROutputs(
  outputs: readonly SignalROutput[],
  response: RpcInvocationResponse,
  sink: SignalRSink,
): Promise<void> {
  for (const { name, hubName } of outputs) {
    const data =
      name === '$return'
        ? response.returnValue
        : response.outputData?.find((output) => output.name === name)?.data;
    for (const item of itemsOf(data)) await sendOne(hubName, item, sink);
  }
}

/** As the extension does, a message is tried before a group action. */
async function sendOne(hub: string, item: unknown, sink: SignalRSink): Promise<void> {
  const message = messageSchema.safeParse(item);
  if (message.success) await sink.send(hub, withoutUndefined(message.data));
  else if (isAction(item)) await sink.act(hub, withoutUndefined(actionSchema.parse(item)));
  else throw message.error;
}

const isAction = (item: unknown): boolean => typeof item === 'object' && item !== null && 'action' in item;

function itemsOf(data: RpcTypedData | null | undefined): readonly unknown[] {
  const text = data?.json ?? data?.string;
  if (text === undefined || text === null) return [];
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [value];
}

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };
const withoutUndefined = <T extends object>(value: T): Given<T> =>
  Object.fromEntries(Object.entries(value).filter(([, given]) => given !== undefined)) as Given<T>;
