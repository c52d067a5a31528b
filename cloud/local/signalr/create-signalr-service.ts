import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { UserGroups } from '../state/user-groups.ts';
import { answerClient } from './answer-client.ts';
import { answerDataPlane } from './answer-data-plane.ts';
import { createConnectionEvents } from './connection-events.ts';
import { createWebSocketDoor } from './create-web-socket-door.ts';
import { answer } from './http-requests.ts';
import { Hub } from './hub.ts';
import { atMost, LiveConnections } from './live-connections.ts';
import { hubName } from './names.ts';
import { NegotiatedIds } from './negotiated-ids.ts';
import { createServiceTokens } from './service-tokens.ts';
import type { SignalRConnection } from './signalr-connection.ts';
import { SignalRError } from './signalr-error.ts';
import { SIGNALR_LIMITS, type SignalRLimits } from './signalr-limits.ts';
import type {
  SignalRConnectionEvent,
  SignalRConnectionInfo,
  SignalRGroupAction,
  SignalRMessage,
} from './signalr-message.ts';
import { createAppQueries, UNAVAILABLE } from './visitors.ts';

export type SignalRServiceOptions = {
  /** Signs and checks all tokens, HS256 over its text. */
  readonly accessKey: string;
  /** Origin under which this service is reached, `http://localhost:7071`. Asked anew each time: known only once the port is bound. */
  readonly endpoint: () => string;
  readonly userGroups: UserGroups;
  /** Called in order for each connection. Its failure is logged and changes nothing. */
  readonly onConnectionEvent: (event: SignalRConnectionEvent) => Promise<void>;
  readonly log: Logger;
  readonly now: () => number;
  readonly limits?: Partial<SignalRLimits>;
};

/**
 * Stands in for Azure SignalR Service in serverless mode, over WebSockets, Server-Sent Events and long polling, with the
 * JSON protocol.
 * A hub's name has no case. In-process calls with an impossible name reject or throw SignalRError.
 */
export type SignalRService = {
  /** False if the request is for somebody else: ours are `/client`, `/api/hubs/` and `HEAD /api/health`. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** What a client needs to connect; an hour is its default lifetime. */
  connectionInfo(options: {
    readonly hub: string;
    readonly userId?: string;
    readonly lifetimeMs?: number;
  }): Promise<SignalRConnectionInfo>;
  /** To one connection, else to one user, else to one group, else to everyone; nobody there is no error. */
  send(hub: string, message: SignalRMessage): void;
  /** Open connections obey at once; resolves when the change will outlive the process. */
  act(hub: string, action: SignalRGroupAction): Promise<void>;
  /** Lets nobody in any more, asks all clients to come back later and waits for them, not for long. */
  close(): Promise<void>;
};

export function createSignalRService(options: SignalRServiceOptions): SignalRService {
  return new EmbeddedSignalRService(options);
}

const CLIENT_PATH = /^\/client(?:[/?]|$)/;
const DATA_PLANE_PATH = '/api/hubs/';
const HEALTH_PATH = /^\/api\/health(?:\?|$)/;

class EmbeddedSignalRService implements SignalRService {
  readonly #options: SignalRServiceOptions;
  readonly #limits: SignalRLimits;
  readonly #tokens;
  readonly #ids;
  readonly #events;
  readonly #connections;
  readonly #door;
  readonly #letIn;
  readonly #timer: NodeJS.Timeout;
  readonly #hubs = new Map<string, Hub>();

  constructor(options: SignalRServiceOptions) {
    this.#options = options;
    this.#limits = { ...SIGNALR_LIMITS, ...options.limits };
    this.#tokens = createServiceTokens(options);
    this.#ids = new NegotiatedIds(this.#limits);
    this.#events = createConnectionEvents(options.onConnectionEvent, options.log, [options.accessKey]);
    this.#connections = new LiveConnections({
      ids: this.#ids,
      limits: this.#limits,
      now: options.now,
      owner: {
        opened: (connection) => this.#opened(connection),
        ended: (connection, wasOpen, error) => {
          this.#hubOf(connection.client.hub).leave(connection);
          if (wasOpen) this.#events.tell(connection, 'disconnected', error);
        },
        failed: ({ connectionId }, cause) =>
          options.log.error({ err: cause, connectionId }, 'a connection failed, and is cut'),
      },
    });
    this.#door = {
      tokens: this.#tokens,
      ids: this.#ids,
      connections: this.#connections,
      limits: this.#limits,
      appQuery: createAppQueries(),
    };
    this.#letIn = createWebSocketDoor(this.#door);
    this.#timer = setInterval(() => this.#beat(), this.#limits.beatMs);
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): boolean {
    const url = request.url ?? '';
    const isClient = CLIENT_PATH.test(url);
    const isHealth = request.method === 'HEAD' && HEALTH_PATH.test(url);
    if (!isClient && !isHealth && !url.startsWith(DATA_PLANE_PATH)) return false;
    const work = isClient
      ? answerClient(request, response, this.#door)
      : this.#answerDataPlane(request, response);
    work.catch((cause: unknown) => {
      if (response.destroyed || response.headersSent) return;
      this.#options.log.error({ err: cause, method: request.method }, 'a SignalR request failed');
      answer(request, response, 500);
    });
    return true;
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (!CLIENT_PATH.test(request.url ?? '')) return false;
    this.#letIn(request, socket, head).catch((cause: unknown) => {
      this.#options.log.error({ err: cause }, 'a SignalR connection failed to open');
      socket.destroy();
    });
    return true;
  }

  async connectionInfo(wanted: {
    hub: string;
    userId?: string;
    lifetimeMs?: number;
  }): Promise<SignalRConnectionInfo> {
    return this.#tokens.issue({ ...wanted, hub: this.#hubOf(wanted.hub).name });
  }

  send(hub: string, message: SignalRMessage): void {
    this.#hubOf(hub).send(message);
  }

  async act(hub: string, action: SignalRGroupAction): Promise<void> {
    await this.#hubOf(hub).act(action);
  }

  async close(): Promise<void> {
    await this.#connections.drain();
    clearInterval(this.#timer);
    await atMost(this.#limits.closeWaitMs, this.#events.settled());
  }

  async #answerDataPlane(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#connections.isDraining) {
      answer(request, response, UNAVAILABLE.status, { headers: UNAVAILABLE.headers ?? {} });
      return;
    }
    const { tokens, limits } = this.#door;
    await answerDataPlane(request, response, { tokens, limits, hubOf: this.#hubOf });
  }

  readonly #hubOf = (name: string): Hub => {
    const key = hubName(name);
    if (key === undefined) throw new SignalRError('ERR_SIGNALR_NAME', `'${name}' is no name for a hub`);
    const hub = this.#hubs.get(key) ?? new Hub(key, { ...this.#options, limits: this.#limits });
    this.#hubs.set(key, hub);
    return hub;
  };

  #opened(connection: SignalRConnection): void {
    try {
      this.#hubOf(connection.client.hub).join(connection);
      this.#events.tell(connection, 'connected');
    } catch (cause) {
      this.#options.log.error({ err: cause }, "a user's groups cannot be read");
      connection.end({ error: 'The service cannot read your groups.', allowReconnect: true });
    }
  }

  #beat(): void {
    this.#ids.beat();
    this.#connections.beat();
    try {
      for (const { hub, userId, groupName } of this.#options.userGroups.takeExpired(this.#options.now())) {
        this.#hubOf(hub).exitUser(userId, groupName);
      }
    } catch (cause) {
      this.#options.log.error({ err: cause }, 'expired memberships cannot be removed');
    }
  }
}
