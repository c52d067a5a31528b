import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, open, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const HASHED_AT_ONCE_BYTES = 256 * 1024;

/** On the disk when it resolves, and for its owner's eyes only. Never of a database that is open: see `holdFileLock`. */
export async function keepOnDisk(file: string): Promise<void> {
  await chmod(file, 0o600);
  // Windows syncs only what may be written.
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The names in a folder are on the disk when it resolves. Windows cannot do this, and need not. */
export async function keepNames(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function writeDurably(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  await keepOnDisk(file);
}

/** Another disk's file is copied over; then, too, there is never half of it under its new name. */
export async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const unfinished = `${to}.unfinished`;
    await copyFile(from, unfinished);
    await keepOnDisk(unfinished);
    await rename(unfinished, to);
    await keepNames(dirname(to));
    await unlink(from);
  }
  await keepNames(dirname(to));
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: HASHED_AT_ONCE_BYTES }))
    hash.update(chunk);
  return hash.digest('hex');
}
