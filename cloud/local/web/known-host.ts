import type { IncomingMessage } from 'node:http';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const HOST = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(?::(\d{1,5}))?$/;
const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;

export type KnownHostOptions = {
  /** Besides the local ones. Asked anew for each request: addresses come and go. */
  readonly names: () => readonly string[];
  readonly port: number;
  /** What a Host header without a port means: 80, or 443 over TLS. */
  readonly usualPort: number;
};

/**
 * Whether a request names this server in its Host header (RFC 9110 section 7.2): else a page of another site may have had its
 * own name pointed at us (DNS rebinding). Besides the names, the very address that the caller reached us at is good; no
 * site is called so.
 */
export function createKnownHost(options: KnownHostOptions): (request: IncomingMessage) => boolean {
  const { names, port, usualPort } = options;
  return ({ headers, socket }) => {
    const [, name, saidPort = String(usualPort)] = HOST.exec(headers.host?.toLowerCase() ?? '') ?? [];
    if (name === undefined || Number(saidPort) !== port) return false;
    const host = canonical(name);
    if (host === undefined) return false;
    const reached = socket.localAddress?.replace(IPV4_IN_IPV6, '').replace(/%.*$/, '');
    const known = [...LOCAL_NAMES, ...names(), ...(reached === undefined ? [] : [reached])];
    return known.some((each) => each === host || `[${each}]` === host);
  };
}

/** A dot at the end says that a name is whole; an IPv6 address has many spellings. */
function canonical(name: string): string | undefined {
  if (name.startsWith('[')) return URL.parse(`http://${name}`)?.hostname;
  return name.endsWith('.') ? name.slice(0, -1) : name;
}
