import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isOurs } from './page-address.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The page runs and draws its own files. It talks to nobody: what it shows comes over the bridge. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export type PageServer = (request: { readonly url: string; readonly method: string }) => Promise<Response>;

/**
 * Serves the files that lie in the folder now, by exactly their names. No path is ever resolved, so none leads out; a
 * symbolic link is no file, and neither is what has no media type here.
 */
export async function createPageServer(folder: string): Promise<PageServer> {
  const files = new Map(await filesIn(folder, '/'));
  return async ({ url, method }) => {
    if (method !== 'GET') return refusal(405);
    const file = isOurs(url) ? files.get(new URL(url).pathname) : undefined;
    if (file === undefined) return refusal(404);
    const type = MEDIA_TYPES[extname(file)] ?? '';
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...HEADERS, 'content-type': type },
    });
  };
}

async function filesIn(folder: string, path: string): Promise<readonly (readonly [string, string])[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map(async (entry): Promise<readonly (readonly [string, string])[]> => {
    const [inside, address] = [join(folder, entry.name), path + entry.name];
    if (entry.isDirectory()) return filesIn(inside, `${address}/`);
    return entry.isFile() && extname(entry.name) in MEDIA_TYPES ? [[address, inside]] : [];
  });
  return (await Promise.all(found)).flat();
}

const refusal = (status: number): Response => new Response(null, { status, headers: HEADERS });
