const LOOPBACK_HOST = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Where another machine reaches the console, as the sign that asks reaches the cloud; null: nowhere. */
export function consoleAddress(requestUrl: string): string | null {
  const { hostname, origin } = new URL(requestUrl);
  return LOOPBACK_HOST.test(hostname) ? null : `${origin}/console`;
}
