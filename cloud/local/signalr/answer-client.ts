import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerConnection } from './answer-connection.ts';
import type { ClientDoor } from './client-door.ts';
import { crossOriginHeaders, PREFLIGHT_HEADERS } from './cross-origin.ts';
import { answer, urlOf } from './http-requests.ts';
import { clientAt, type Refusal, refusal, UNAVAILABLE } from './visitors.ts';

const NEWEST_NEGOTIATE_VERSION = 1;
/** In the order in which clients try them. */
const TRANSPORTS = ['WebSockets', 'ServerSentEvents', 'LongPolling'].map((transport) => ({
  transport,
  transferFormats: ['Text'],
}));

/** Answers what clients ask under `/client` over plain HTTP: where they may connect, and connections without a WebSocket. */
export async function answerClient(
  request: IncomingMessage,
  response: ServerResponse,
  door: ClientDoor,
): Promise<void> {
  const headers = crossOriginHeaders(request);
  if (request.method === 'OPTIONS') {
    answer(request, response, 204, { headers: { ...headers, ...PREFLIGHT_HEADERS } });
    return;
  }
  const { pathname, searchParams } = urlOf(request);
  const refused =
    pathname === '/client/negotiate'
      ? await negotiate(request, response, searchParams, door)
      : pathname === '/client/' || pathname === '/client'
        ? await answerConnection(request, response, searchParams, door)
        : refusal(404, 'There is nothing here.');
  if (refused === undefined) return;
  answer(request, response, refused.status, {
    headers: { ...headers, ...refused.headers },
    json: { message: refused.message },
  });
}

/** TransportProtocols.md, "POST [endpoint-base]/negotiate". */
async function negotiate(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  { tokens, ids, connections }: ClientDoor,
): Promise<Refusal | undefined> {
  if (request.method !== 'POST') return refusal(405, 'Negotiate with POST.', { allow: 'POST' });
  const version = negotiateVersion(query);
  if (version === undefined) return refusal(400, 'negotiateVersion is not a version.');
  const client = await clientAt(request, query, tokens);
  if ('status' in client) return client;
  // A place for who is gone would be empty.
  if (response.destroyed) return undefined;
  if (connections.isDraining || connections.isFullFor(client)) return UNAVAILABLE;
  const { connectionId, connectionToken } = ids.give(client, version);
  answer(request, response, 200, {
    headers: { ...crossOriginHeaders(request), 'cache-control': 'no-store' },
    json: {
      negotiateVersion: version,
      connectionId,
      ...(version === 0 ? {} : { connectionToken }),
      availableTransports: TRANSPORTS,
    },
  });
  return undefined;
}

/** The lower of the client's and ours. */
function negotiateVersion(query: URLSearchParams): number | undefined {
  const asked = query.get('negotiateVersion') ?? '0';
  return /^\d+$/.test(asked) ? Math.min(Number(asked), NEWEST_NEGOTIATE_VERSION) : undefined;
}
