import type { IncomingMessage } from 'node:http';
import { tokenOf } from './http-requests.ts';
import { hubName } from './names.ts';
import type { Client, ServiceTokens } from './service-tokens.ts';

/** Not for the app to see: they open doors. */
const SECRET_PARAMETERS = new Set(['access_token', 'id']);

export type Refusal = {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const refusal = (status: number, message: string, headers = {}): Refusal => ({
  status,
  message,
  headers,
});

const RETRY_AFTER_SECONDS = 1;
/** The service is full, or about to stop: come again. */
export const UNAVAILABLE: Refusal = refusal(503, 'The service takes nobody now.', {
  'retry-after': String(RETRY_AFTER_SECONDS),
});
export const UNKNOWN_ID: Refusal = refusal(404, 'There is no such connection id.');

/** Whom the request's token speaks for, in the hub its query names. */
export async function clientAt(
  request: IncomingMessage,
  query: URLSearchParams,
  tokens: ServiceTokens,
): Promise<Client | Refusal> {
  const hub = hubName(query.get('hub'));
  if (hub === undefined) return refusal(400, 'The query names no hub.');
  const shown = { token: tokenOf(request, query), host: request.headers.host };
  const client = await tokens.clientOf(shown, hub);
  return client ?? refusal(401, 'The access token does not open this hub.', { 'www-authenticate': 'Bearer' });
}

/**
 * What the app may know of the query. Nearly always it is the hub alone, and then one object serves all; else the texts
 * are copied, since pieces of a request's URL would keep the whole of it, token included, in memory.
 */
export function createAppQueries(): (query: URLSearchParams) => Readonly<Record<string, string>> {
  const hubAlone = new Map<string, Readonly<Record<string, string>>>();
  return (query) => {
    const told: Record<string, string> = JSON.parse(
      JSON.stringify(Object.fromEntries([...query].filter(([name]) => !SECRET_PARAMETERS.has(name)))),
    );
    const { hub, ...others } = told;
    // Only under the name that the token was checked for: a hub has one, and thousands of spellings.
    if (hub === undefined || hub !== hubName(query.get('hub')) || Object.keys(others).length > 0) return told;
    const known = hubAlone.get(hub) ?? told;
    hubAlone.set(hub, known);
    return known;
  };
}
