import type { HttpRequest } from '@azure/functions';

/** App Service and our embedded host set this from the socket, whatever the client sent. */
const PEER_HEADER = 'client-ip';
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[?::1\]?|\[?::ffff:127\.\d+\.\d+\.\d+\]?)(:\d+)?$/;
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Whether a request was made on this very machine, by a page of ours or by no page at all.
 * A proxy on this machine, a page of another site and a name that was rebound to 127.0.0.1 are not.
 */
export function isFromThisMachine({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  const host = headers.get('host') ?? '';
  const origin = headers.get('origin');
  return (
    LOOPBACK.test(headers.get(PEER_HEADER) ?? '') &&
    LOCAL_HOST.test(host) &&
    (origin === null || origin === `http://${host}` || origin === `https://${host}`) &&
    FORWARDING_HEADERS.every((name) => headers.get(name) === null) &&
    (headers.get('content-type') ?? '').split(';')[0]?.trim() === 'application/json'
  );
}
