/** How a page was asked for: over TLS or not, and by the Host header of the request, which has been checked. */
export type AskedBy = { readonly isSecure: boolean; readonly host: string };

/** What the sign's page may do: run and fetch its own, be installed, keep itself for when this server is away, and talk to this server under either of its local names. */
export function pageHeaders({ isSecure, host }: AskedBy, port: number): Readonly<Record<string, string>> {
  const [http, socket] = isSecure ? ['https', 'wss'] : ['http', 'ws'];
  // 'self' holds the WebSockets of a page's own server only in newer browsers.
  const hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`, host.toLowerCase()]);
  const origins = [...hosts].map((each) => `${http}://${each} ${socket}://${each}`);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${origins.join(' ')}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  // No Strict-Transport-Security: what answers plain HTTP here answers nothing else, and a private name may be given
  // to another machine tomorrow.
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
