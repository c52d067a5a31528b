const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** How the service was reached: what it calls itself, and the request's Host header. */
export type Reached = { readonly endpoint: string; readonly host: string | undefined };

/** Where clients of a hub connect, and so the audience of their tokens. */
export const clientUrl = (endpoint: string, hub: string): string =>
  `${new URL(endpoint).origin}/client/?hub=${encodeURIComponent(hub)}`;

/** Whether a client token was made for this hub of this service, `/client` and `/client/` being one. */
export function isClientAudience(audience: string, hub: string, reached: Reached): boolean {
  const meant = URL.parse(audience);
  if (meant === null || !ownOrigins(reached).includes(meant.origin)) return false;
  const asked = [...meant.searchParams];
  return (
    withoutSlash(meant.pathname) === '/client' &&
    asked.length === 1 &&
    asked[0]?.[0] === 'hub' &&
    asked[0][1].toLowerCase() === hub
  );
}

/** Whether a data plane token was made for this call: its URL as documented without the query, or with it as the SDK signs. */
export function isCallAudience(audience: string, call: URL, reached: Reached): boolean {
  const meant = URL.parse(audience);
  return (
    meant !== null &&
    ownOrigins(reached).includes(meant.origin) &&
    withoutSlash(meant.pathname) === withoutSlash(call.pathname) &&
    (meant.search === '' || meant.search === call.search)
  );
}

/** A loopback endpoint has three spellings; the other two are believed only from who came by them. */
function ownOrigins({ endpoint, host }: Reached): readonly string[] {
  const own = new URL(endpoint);
  const said = host === undefined ? null : URL.parse(`${own.protocol}//${host}`);
  if (said === null || said.port !== own.port) return [own.origin];
  return LOOPBACK.has(own.hostname) && LOOPBACK.has(said.hostname) ? [own.origin, said.origin] : [own.origin];
}

const withoutSlash = (path: string) => (path.endsWith('/') ? path.slice(0, -1) : path);
