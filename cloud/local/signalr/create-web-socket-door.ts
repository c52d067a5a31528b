import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { tokenOf, urlOf } from './http-requests.ts';
import { hubName } from './names.ts';
import { type NegotiatedIds, newId } from './negotiated-ids.ts';
import type { Client, ServiceTokens } from './service-tokens.ts';
import type { SignalRLimits } from './signalr-limits.ts';

/** Not for the app to see: they open doors. */
const SECRET_PARAMETERS = new Set(['access_token', 'id']);

export type Arrival = {
  readonly connectionId: string;
  /** What it was negotiated with; undefined if it came without. */
  readonly connectionToken: string | undefined;
  readonly client: Client;
  readonly query: Readonly<Record<string, string>>;
  readonly webSocket: WebSocket;
  readonly stream: Duplex;
};

export type WebSocketDoorOptions = {
  readonly tokens: ServiceTokens;
  readonly ids: NegotiatedIds;
  readonly limits: SignalRLimits;
  readonly isFull: () => boolean;
  readonly isClosed: () => boolean;
  readonly arrived: (arrival: Arrival) => void;
};

/** Lets WebSockets in whose token opens the hub they ask for. */
export function createWebSocketDoor(options: WebSocketDoorOptions) {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Frames go past `ws` to the socket, which is right only without compression; and it costs eight times the time.
    perMessageDeflate: false,
    maxPayload: options.limits.clientMessageBytes,
  });

  return async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    stream.on('error', ignore);
    const visitor = await visitorOf(request, options);
    if (typeof visitor === 'number') {
      refuse(stream, visitor);
      return;
    }
    server.handleUpgrade(request, stream, head, (webSocket) => {
      const { connectionToken } = visitor;
      const connectionId = connectionToken === undefined ? newId() : options.ids.use(connectionToken);
      if (connectionId === undefined) webSocket.terminate();
      else options.arrived({ ...visitor, connectionId, webSocket, stream });
    });
  };
}

type Visitor = Pick<Arrival, 'connectionToken' | 'client' | 'query'>;

/** Who is there, or the status to refuse with. */
async function visitorOf(
  request: IncomingMessage,
  { tokens, ids, isFull, isClosed }: WebSocketDoorOptions,
): Promise<Visitor | number> {
  const { pathname, searchParams } = urlOf(request);
  if (pathname !== '/client/' && pathname !== '/client') return 404;
  const hub = hubName(searchParams.get('hub'));
  if (hub === undefined) return 400;
  const shown = { token: tokenOf(request, searchParams), host: request.headers.host };
  const client = await tokens.clientOf(shown, hub);
  if (isClosed()) return 503;
  if (client === undefined) return 401;
  const connectionToken = searchParams.get('id') ?? undefined;
  const query = Object.fromEntries([...searchParams].filter(([name]) => !SECRET_PARAMETERS.has(name)));
  if (connectionToken === undefined) return isFull() ? 503 : { connectionToken, client, query };
  const state = ids.stateOf(connectionToken, client);
  if (state === 'unused') return { connectionToken, client, query };
  return state === 'in use' ? 409 : 404;
}

function refuse(stream: Duplex, status: number): void {
  stream.once('finish', () => stream.destroy());
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** A client that hangs up while its token is checked is not an error. */
const ignore = () => undefined;
