import type { IncomingMessage } from 'node:http';
import type { RequestValues } from '../binding-expression.ts';
import type { RpcHttpRequest } from '../rpc.ts';

/** A body larger than this is refused with 413. */
export const MAX_BODY_BYTES = 1024 * 1024;

const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;

/**
 * The headers as a function gets them on App Service: what only the platform may say (`x-ms-client-principal*`,
 * `client-ip`) is never the caller's, and `client-ip` is the address at the other end of the socket.
 */
export function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'client-ip' || name.startsWith('x-ms-client-principal')) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const peer = request.socket.remoteAddress?.replace(IPV4_IN_IPV6, '');
  if (peer !== undefined) headers['client-ip'] = peer;
  return headers;
}

/** The address as the caller wrote it. The Host header was checked by the server in front. */
export function urlOf(request: IncomingMessage): URL {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  return new URL(`${scheme}://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`);
}

/** Values of the same name are joined by commas, as the Azure host does. */
export function queryOf(url: URL): Readonly<Record<string, string>> {
  const names = [...new Set(url.searchParams.keys())];
  return Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).join(',')]));
}

/** The request as the host hands it to the library. */
export function rpcRequest(
  request: IncomingMessage,
  url: URL,
  { headers, query }: RequestValues,
  parameters: Readonly<Record<string, string>>,
  body: Buffer,
): RpcHttpRequest {
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: nullable(headers),
    nullableParams: nullable(parameters),
    nullableQuery: nullable(query),
    body: { bytes: body },
  };
}

const nullable = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
