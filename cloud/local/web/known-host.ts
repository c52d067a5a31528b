import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const HTTP_PORT = 80;

/**
 * Whether a request names this server in its Host header: else a page of another site may have had its own name pointed
 * at us (DNS rebinding). Besides the names, the very address that the caller reached us at is good; no site is called so.
 */
export function createKnownHost(
  names: readonly string[],
  port: number,
): (request: IncomingMessage) => boolean {
  const withPort = (name: string) => {
    const host = (isIPv6(name) ? `[${name}]` : name).toLowerCase();
    return port === HTTP_PORT ? [host, `${host}:${port}`] : [`${host}:${port}`];
  };
  const known = new Set([...LOCAL_NAMES, ...names].flatMap(withPort));
  return ({ headers, socket }) => {
    const host = headers.host?.toLowerCase();
    if (host === undefined) return false;
    const reached = socket.localAddress?.replace(/^::ffff:(?=\d+\.)/i, '');
    return known.has(host) || (reached !== undefined && withPort(reached).includes(host));
  };
}
