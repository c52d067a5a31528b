import { statfs } from 'node:fs/promises';

/** What an ordinary user may still write on the disk of this folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const MIB = 1024 * 1024;

export const inMib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
