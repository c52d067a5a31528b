import type { ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpResponse, RpcTypedData } from '../rpc.ts';

const NO_CONTENT = 204;
const COOKIE_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** Writes what a function returned; nothing returned is 204. Throws, before it has written, for what HTTP cannot carry. */
export function writeHttpResponse(response: ServerResponse, returned: RpcTypedData | null | undefined): void {
  const http = returned?.http as RpcHttpResponse | null | undefined;
  if (!http) {
    response.writeHead(NO_CONTENT).end();
    return;
  }
  for (const [name, value] of Object.entries(http.headers ?? {})) response.setHeader(name, value);
  const cookies = (http.cookies ?? []).map(setCookie);
  if (cookies.length > 0) response.appendHeader('set-cookie', cookies);
  const body = http.body?.bytes ?? Buffer.alloc(0);
  response.statusCode = Number(http.statusCode ?? 200);
  if (response.statusCode !== NO_CONTENT && response.statusCode !== 304) {
    response.setHeader('content-length', body.byteLength);
  }
  response.end(body);
}

const SAME_SITE = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' } as const;

/** RFC 6265 4.1.1. As ASP.NET does, the value is percent-encoded. */
function setCookie(cookie: RpcHttpCookie): string {
  if (!COOKIE_NAME.test(cookie.name)) throw new TypeError(`"${cookie.name}" cannot name a cookie`);
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  if (cookie.expires) parts.push(`Expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  if (cookie.maxAge) parts.push(`Max-Age=${cookie.maxAge.value}`);
  if (cookie.domain) parts.push(`Domain=${cookie.domain.value}`);
  if (cookie.path) parts.push(`Path=${cookie.path.value}`);
  if (cookie.secure?.value) parts.push('Secure');
  if (cookie.httpOnly?.value) parts.push('HttpOnly');
  if (cookie.sameSite && cookie.sameSite !== 'none') parts.push(`SameSite=${SAME_SITE[cookie.sameSite]}`);
  return parts.join('; ');
}

/** An answer of the host itself, in plain words. */
export function writeRefusal(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  // What a failed answer has set so far must not go out with the refusal.
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
}
