import { extname } from 'node:path';

const CONSOLE = '/console';

export const isConsole = (url: string): boolean => {
  const [path] = url.split('?', 1);
  return path === CONSOLE || path?.startsWith(`${CONSOLE}/`) === true;
};

/** The file of the built console that a path names. Its pages have addresses of their own, and all are one file. */
export function consoleFile(path: string): string {
  const below = path.slice(CONSOLE.length);
  return extname(below) === '' ? '/index.html' : below;
}
