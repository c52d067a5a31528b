import { type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { HUB_TARGETS, nudgeMessageSchema } from '../contracts/hub-targets.ts';
import { type AssignmentMessage, assignmentMessageSchema } from '../contracts/sign.ts';
import {
  type ProofMessage,
  proofMessageSchema,
  type Snapshot,
  snapshotSchema,
} from '../contracts/snapshot.ts';
import type { Wire } from './ask-cloud.ts';
import { childController, whenAborted } from './child-controller.ts';
import { CloudError, retryAfterOf } from './cloud-error.ts';
import { HubHttpClient } from './hub-http-client.ts';
import type { Timings } from './timings.ts';
import { WebSocketTransport } from './web-socket-transport.ts';

/** What the cloud pushes, parsed. `unreadable`: known by its name, in a shape that this sign does not know. */
export type HubMessage =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'proof'; readonly proof: ProofMessage }
  | { readonly kind: 'assignment'; readonly assignment: AssignmentMessage }
  /** Something waits for this sign, and for so many in all: it asks what. */
  | { readonly kind: 'nudge'; readonly signs: number }
  | { readonly kind: 'unreadable' };

export type OpenHub = {
  readonly url: string;
  readonly accessToken: string;
  readonly wire: Wire;
  readonly timings: Timings;
  readonly onMessage: (message: HubMessage) => void;
};

/**
 * Connects; the outer promise settles when the hub is open or cannot be opened, `closed` when it ended, however it did.
 * The signal of `wire` ends it. @throws CloudError `push-unreachable`
 */
export async function openHub({ url, accessToken, wire, timings, onMessage }: OpenHub) {
  const connection = childController(wire.signal);
  const http = new HubHttpClient({ ...wire, signal: connection.signal });
  const timer = setTimeout(() => connection.abort(), timings.connectTimeoutMs);
  try {
    const hub = new HubConnectionBuilder()
      .withUrl(url, {
        httpClient: http,
        transport: new WebSocketTransport(accessToken, connection.signal),
        accessTokenFactory: () => accessToken,
      })
      .configureLogging(LogLevel.None)
      .withServerTimeout(timings.serverTimeoutMs)
      .withKeepAliveInterval(timings.keepAliveMs)
      .build();
    listen(hub, onMessage);
    // Not only by the SignalR client's own promises: some of them stay open where the socket ends as it begins.
    const closed = new Promise<void>((resolve) => whenAborted(connection.signal, resolve));
    hub.onclose(() => connection.abort());
    whenAborted(connection.signal, () => void hub.stop().catch(() => undefined));
    await Promise.race([hub.start(), closed.then(() => Promise.reject(new Error('ended')))]);
    return { closed };
  } catch (cause) {
    connection.abort();
    const retryAfterMs = retryAfterOf(http.failure);
    throw new CloudError('push-unreachable', 'the push service cannot be reached', { cause, retryAfterMs });
  } finally {
    clearTimeout(timer);
  }
}

function listen(hub: HubConnection, onMessage: (message: HubMessage) => void): void {
  hub.on(HUB_TARGETS.snapshot, (argument: unknown) => {
    const { data } = snapshotSchema.safeParse(argument);
    onMessage(data ? { kind: 'snapshot', snapshot: data } : { kind: 'unreadable' });
  });
  hub.on(HUB_TARGETS.proof, (argument: unknown) => {
    const { data } = proofMessageSchema.safeParse(argument);
    onMessage(data ? { kind: 'proof', proof: data } : { kind: 'unreadable' });
  });
  hub.on(HUB_TARGETS.assignment, (argument: unknown) => {
    const { data } = assignmentMessageSchema.safeParse(argument);
    onMessage(data ? { kind: 'assignment', assignment: data } : { kind: 'unreadable' });
  });
  hub.on(HUB_TARGETS.nudge, (argument: unknown) =>
    onMessage({ kind: 'nudge', signs: nudgeMessageSchema.safeParse(argument).data?.signs ?? 1 }),
  );
}
