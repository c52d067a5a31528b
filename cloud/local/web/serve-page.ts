import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { fileInside } from './file-inside.ts';
import { mediaTypeOf } from './media-types.ts';
import { writePlain } from './write-plain.ts';

/** Vite puts a hash of the content into the names in here. */
const HASHED = '/assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** A built page: its folder, and which file in it a path of the address names. */
export type Page = { readonly folder: string; readonly fileOf: (path: string) => string };

/** Answers with a file of the built page. Rejects where the caller goes away meanwhile. */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, fileOf }: Page,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return writePlain(response, 405, 'Method not allowed', { allow: 'GET, HEAD' });
  }
  const path = fileOf((request.url ?? '/').split('?', 1)[0] ?? '/');
  const found = await fileInside(folder, path);
  if (found.kind === 'no-folder') {
    return writePlain(response, 503, 'The page is not built yet. Run: npm run build');
  }
  if (found.kind === 'not-found') return writePlain(response, 404, 'Not found');

  response.writeHead(200, {
    ...headers,
    'content-type': mediaTypeOf(found.file),
    'content-length': found.bytes,
    'cache-control': path.startsWith(HASHED) ? FOR_EVER : 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(found.file), response);
}
