/** What the sign's page may do: run and fetch its own, and talk to this server under either of its local names. */
export function pageHeaders(port: number): Readonly<Record<string, string>> {
  const origins = ['localhost', '127.0.0.1'].flatMap((name) => [
    `http://${name}:${port}`,
    `ws://${name}:${port}`,
  ]);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${origins.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
