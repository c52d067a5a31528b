import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For the owner alone: what the shell keeps is its key and what it saw. */
const MODE = 0o600;

/**
 * The file holds either what it held before or the whole of `text`, whenever the process or the machine dies.
 * One writer a file at a time. Rejects with the system's error, and then the file is what it was.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  // In the same folder, as only a rename within one file system is atomic; one name, so that a crash leaves one file at most.
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w', MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  await syncFolder(dirname(file));
}

export async function removeForGood(file: string): Promise<void> {
  await rm(file, { force: true });
  await syncFolder(dirname(file));
}

/** Undefined where there is no such file. Rejects where there is one that cannot be read. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Out of the way, for whoever wants to know what it was; the last one is kept. */
export async function setAside(file: string): Promise<void> {
  await rename(file, asideOf(file));
}

export const asideOf = (file: string): string => `${file}.broken`;

export const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The rename itself is on disk only once its folder is. Windows opens no folders, and its journal does this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
