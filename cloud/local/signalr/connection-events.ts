import type { Logger } from 'pino';
import type { SignalRConnection } from './signalr-connection.ts';
import type { SignalRConnectionEvent } from './signalr-message.ts';

export type ConnectionEvents = {
  tell(connection: SignalRConnection, event: 'connected' | 'disconnected', error?: string): void;
  /** Resolves once the app has heard all it was told so far. */
  settled(): Promise<void>;
};

/** Tells the app of connections: of each one in order, of several side by side. The app can fail, never refuse. */
export function createConnectionEvents(
  onConnectionEvent: (event: SignalRConnectionEvent) => Promise<void>,
  log: Logger,
): ConnectionEvents {
  const turns = new Map<string, Promise<void>>();
  return {
    tell(connection, event, error) {
      const { connectionId } = connection;
      const turn = (turns.get(connectionId) ?? Promise.resolve())
        .then(() => onConnectionEvent(eventOf(connection, event, error)))
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
  { connectionId, client, query }: SignalRConnection,
  event: 'connected' | 'disconnected',
  error: string | undefined,
): SignalRConnectionEvent {
  const { hub, userId, claims } = client;
  return { hub, event, connectionId, userId, claims, query, headers: upstreamHeaders(), error };

  /** What the service would send with its upstream call. */
  function upstreamHeaders(): Record<string, string> {
    return {
      'X-ASRS-Connection-Id': connectionId,
      'X-ASRS-Hub': hub,
      'X-ASRS-Category': 'connections',
      'X-ASRS-Event': event,
      ...(userId === undefined ? {} : { 'X-ASRS-User-Id': userId }),
    };
  }
}
