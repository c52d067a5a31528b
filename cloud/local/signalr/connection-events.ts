import type { Logger } from 'pino';
import type { SignalRConnection } from './signalr-connection.ts';
import type { SignalRConnectionEvent } from './signalr-message.ts';
import { upstreamHeaders } from './upstream-headers.ts';

type Told = Pick<SignalRConnection, 'connectionId' | 'client' | 'query'>;

export type ConnectionEvents = {
  tell(connection: Told, event: 'connected' | 'disconnected', error?: string): void;
  /** Resolves once the app has heard all it was told so far. */
  settled(): Promise<void>;
};

/**
 * Tells the app of connections: of each one in order, of several side by side. The app can fail, never refuse.
 * `accessKeys` sign what it is told.
 */
export function createConnectionEvents(
  onConnectionEvent: (event: SignalRConnectionEvent) => Promise<void>,
  log: Logger,
  accessKeys: readonly string[] = [],
): ConnectionEvents {
  const turns = new Map<string, Promise<void>>();
  return {
    tell(connection, event, error) {
      const { connectionId } = connection;
      const turn = (turns.get(connectionId) ?? Promise.resolve())
        .then(() => onConnectionEvent(eventOf(connection, event, error, accessKeys)))
        .catch((cause: unknown) =>
          log.error({ err: cause, event, connectionId }, 'the app failed on an event'),
        )
        .finally(() => {
          if (turns.get(connectionId) === turn) turns.delete(connectionId);
        });
      turns.set(connectionId, turn);
    },
    async settled() {
      await Promise.all(turns.values());
    },
  };
}

function eventOf(
  { connectionId, client, query }: Told,
  event: 'connected' | 'disconnected',
  error: string | undefined,
  accessKeys: readonly string[],
): SignalRConnectionEvent {
  const { hub, userId, claims } = client;
  const call = { hub, event, connectionId, userId, claims, query };
  return { ...call, headers: upstreamHeaders(call, accessKeys), error };
}
