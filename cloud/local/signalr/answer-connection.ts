import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyWithin } from '../request-body.ts';
import type { ClientDoor } from './client-door.ts';
import { crossOriginHeaders } from './cross-origin.ts';
import { answer } from './http-requests.ts';
import type { SignalRConnection } from './signalr-connection.ts';
import { EventStreamTransport } from './transports/event-stream-transport.ts';
import { LongPollingTransport } from './transports/long-polling-transport.ts';
import type { Transport } from './transports/transport.ts';
import { WebSocketTransport } from './transports/web-socket-transport.ts';
import { clientAt, type Refusal, refusal, UNAVAILABLE, UNKNOWN_ID } from './visitors.ts';

const METHODS = ['GET', 'POST', 'DELETE'];
const OTHER_TRANSPORT = refusal(400, 'The connection has another transport.');

/**
 * Answers for connections by Server-Sent Events and long polling (TransportProtocols.md): opened and polled by GET, told
 * by POST, ended by DELETE. Each request shows its token anew, so such a connection does not outlive its token's `exp`.
 */
export async function answerConnection(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  door: ClientDoor,
): Promise<Refusal | undefined> {
  const { tokens, ids, connections } = door;
  if (!METHODS.includes(request.method ?? '')) {
    return refusal(405, 'Connect with GET, POST or DELETE.', { allow: METHODS.join(', ') });
  }
  const id = query.get('id');
  if (id === null) return refusal(400, 'The query has no id: negotiate first, or connect with a WebSocket.');
  const client = await clientAt(request, query, tokens);
  if ('status' in client) return client;
  // Who hung up meanwhile is not let in: his leaving was told already, and would not be told again.
  if (request.method === 'GET' && response.destroyed) return undefined;
  const state = ids.stateOf(id, client);
  if (state.kind === 'unknown') return UNKNOWN_ID;
  if (state.kind === 'in use') return answerLive(request, response, state.connection, door);
  if (request.method !== 'GET') return UNKNOWN_ID;
  if (connections.isDraining) return UNAVAILABLE;

  const used = ids.use(id);
  if (used === undefined) return UNKNOWN_ID;
  const headers = crossOriginHeaders(request);
  const transport = wantsEvents(request)
    ? new EventStreamTransport(response, headers)
    : new LongPollingTransport(door.limits, longestPollMs(client.terms?.longestPollMs, door));
  connections.admit({
    connectionId: used.connectionId,
    connectionToken: used.connectionToken,
    client,
    query: door.appQuery(query),
    transport,
  });
  // The first poll is answered at once: the client only wants to know that it is there.
  if (transport instanceof LongPollingTransport) answer(request, response, 200, { headers });
  return undefined;
}

async function answerLive(
  request: IncomingMessage,
  response: ServerResponse,
  connection: SignalRConnection,
  { limits }: ClientDoor,
): Promise<Refusal | undefined> {
  const { transport } = connection;
  const headers = crossOriginHeaders(request);
  if (request.method === 'POST') {
    if (transport instanceof WebSocketTransport) return OTHER_TRANSPORT;
    const body = await bodyWithin(request, limits.clientMessageBytes);
    if (body === undefined) {
      return refusal(413, `A message may have ${limits.clientMessageBytes} bytes.`, { connection: 'close' });
    }
    if (body.length > 0) connection.heard(isUtf8(body) ? body.toString() : undefined);
    answer(request, response, 200, { headers });
    return undefined;
  }
  if (request.method === 'GET' && wantsEvents(request)) {
    return isEventStream(transport) ? refusal(409, 'The connection id is in use.') : OTHER_TRANSPORT;
  }
  if (!(transport instanceof LongPollingTransport)) return OTHER_TRANSPORT;
  if (request.method === 'GET') {
    transport.poll(response, headers);
  } else {
    transport.leave();
    answer(request, response, 202, { headers });
  }
  return undefined;
}

const isEventStream = (transport: Transport) => transport instanceof EventStreamTransport;

const wantsEvents = ({ headers }: IncomingMessage) => /\btext\/event-stream\b/i.test(headers.accept ?? '');

const longestPollMs = (asked: number | undefined, { limits }: ClientDoor): number =>
  Math.min(asked ?? limits.longestPollMs, limits.longestPollMs);
