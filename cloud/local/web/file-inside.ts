import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

export type FoundFile =
  | { readonly kind: 'file'; readonly file: string; readonly bytes: number }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-folder' };

/** NUL ends a name for the system; a backslash and a colon mean something to Windows; a leading dot hides a file. */
const UNWANTED = /[\0\\:]|(^|\/)\./;

/**
 * The file that a URL's path (still percent-encoded, without its query) names in a folder. It never lies outside of the
 * folder, whatever the path or a symbolic link says.
 */
export async function fileInside(folder: string, encodedPath: string): Promise<FoundFile> {
  const path = decoded(encodedPath);
  if (path === undefined || UNWANTED.test(path)) return { kind: 'not-found' };
  const root = await realpathOf(folder);
  if (root === undefined) return { kind: 'no-folder' };
  const file = await realpathOf(join(root, path.endsWith('/') ? `${path}index.html` : path));
  if (file === undefined || !file.startsWith(root + sep)) return { kind: 'not-found' };
  const found = await stat(file);
  return found.isFile() ? { kind: 'file', file, bytes: found.size } : { kind: 'not-found' };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

async function realpathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}
