import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, tokenOf, urlOf } from './http-requests.ts';
import { hubName } from './names.ts';
import type { NegotiatedIds } from './negotiated-ids.ts';
import type { ServiceTokens } from './service-tokens.ts';

const NEWEST_NEGOTIATE_VERSION = 1;
const TRANSPORTS = [{ transport: 'WebSockets', transferFormats: ['Text'] }];
const PREFLIGHT_LIFETIME_SECONDS = 86_400;

export type AnswerClientOptions = {
  readonly tokens: ServiceTokens;
  readonly ids: NegotiatedIds;
  readonly isFull: () => boolean;
};

/** Answers what clients ask under `/client` without a WebSocket: where they may, and with which id. */
export async function answerClient(
  request: IncomingMessage,
  response: ServerResponse,
  { tokens, ids, isFull }: AnswerClientOptions,
): Promise<void> {
  const refuse = (status: number, message: string, headers = {}) =>
    answer(request, response, status, { headers: { ...cors(request), ...headers }, json: { message } });
  if (request.method === 'OPTIONS') {
    answer(request, response, 204, { headers: { ...cors(request), ...preflight } });
    return;
  }
  const { pathname, searchParams } = urlOf(request);
  if (pathname === '/client/' || pathname === '/client') return refuse(400, 'Connect with a WebSocket.');
  if (pathname !== '/client/negotiate') return refuse(404, 'There is nothing here.');
  if (request.method !== 'POST') return refuse(405, 'Negotiate with POST.', { allow: 'POST' });
  const hub = hubName(searchParams.get('hub'));
  if (hub === undefined) return refuse(400, 'The query names no hub.');
  const version = negotiateVersion(searchParams);
  if (version === undefined) return refuse(400, 'negotiateVersion is not a version.');
  const client = await tokens.clientOf(
    { token: tokenOf(request, searchParams), host: request.headers.host },
    hub,
  );
  if (client === undefined) return refuse(401, 'The token does not open this hub.', unauthorized);
  if (isFull()) return refuse(503, 'Too many connections: try again later.');
  const { connectionId, connectionToken } = ids.give(client, version);
  answer(request, response, 200, {
    headers: { ...cors(request), 'cache-control': 'no-store' },
    json: {
      negotiateVersion: version,
      connectionId,
      ...(version === 0 ? {} : { connectionToken }),
      availableTransports: TRANSPORTS,
    },
  });
}

const unauthorized = { 'www-authenticate': 'Bearer' };

/** The lower of the client's and ours. */
function negotiateVersion(query: URLSearchParams): number | undefined {
  const asked = query.get('negotiateVersion') ?? '0';
  return /^\d+$/.test(asked) ? Math.min(Number(asked), NEWEST_NEGOTIATE_VERSION) : undefined;
}

/** Any page may ask: what opens the door is the token, never a cookie. */
function cors(request: IncomingMessage): Readonly<Record<string, string>> {
  const { origin } = request.headers;
  return origin === undefined
    ? {}
    : {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      };
}

const preflight = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, x-requested-with, x-signalr-user-agent',
  'access-control-max-age': String(PREFLIGHT_LIFETIME_SECONDS),
};
