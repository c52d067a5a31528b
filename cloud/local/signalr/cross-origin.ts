import type { IncomingMessage } from 'node:http';

const PREFLIGHT_LIFETIME_SECONDS = 86_400;

/** Any page may ask: what opens the door is the token, never a cookie. */
export function crossOriginHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const { origin } = request.headers;
  return origin === undefined
    ? {}
    : {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      };
}

export const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'authorization, content-type, x-requested-with, x-signalr-user-agent',
  'access-control-max-age': String(PREFLIGHT_LIFETIME_SECONDS),
};
