import type { IncomingMessage } from 'node:http';

/** A megabyte comes in two thousand pieces over the worst of networks; in crumbs it costs a thousand times its size. */
const MAX_PIECES = 4_096;

/**
 * The whole body, or undefined once it is longer than it may be, or comes in crumbs: then the connection is to be
 * closed, since what is left of it costs as much to throw away. Rejects if the caller goes away.
 */
export async function bodyWithin(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  // Kept alive past the limit: the caller is still to be told that it was too much.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxBytes || pieces.length > MAX_PIECES) return undefined;
  }
  return Buffer.concat(pieces, bytes);
}
