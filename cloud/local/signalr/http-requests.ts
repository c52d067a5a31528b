import type { IncomingMessage, ServerResponse } from 'node:http';

/** The URL of a request whose path starts with a slash; its origin means nothing. */
export const urlOf = (request: IncomingMessage): URL => new URL(`http://service${request.url ?? '/'}`);

/** From the header, or from the query, because a browser's WebSocket can set no header. */
export function tokenOf(request: IncomingMessage, query?: URLSearchParams): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? query?.get('access_token') ?? undefined;
}

/** Answers at once; what is left of the request's body is thrown away. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  {
    headers = {},
    json,
  }: { readonly headers?: Readonly<Record<string, string>>; readonly json?: unknown } = {},
): void {
  request.resume();
  if (json === undefined) {
    response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': 0 }) }).end();
    return;
  }
  const body = Buffer.from(JSON.stringify(json));
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': body.length })
    .end(body);
}
