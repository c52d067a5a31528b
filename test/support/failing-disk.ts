import { closeSync, copyFileSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import type { Store } from '../../cloud/store/port.ts';

/** Where the log of a database ends, in bytes. */
export const logEndOf = (file: string): number => statSync(`${file}-wal`).size;

/**
 * What a disk that failed to keep a part of the log has in its place. Linux takes the pages for written then, and the
 * disk's own come back when it needs the memory, or at the next start (https://wiki.postgresql.org/wiki/Fsync_Errors).
 */
export function loseOfLog(file: string, fromByte: number, untilByte: number): void {
  const log = openSync(`${file}-wal`, 'r+');
  writeSync(log, Buffer.alloc(untilByte - fromByte), 0, untilByte - fromByte, fromByte);
  closeSync(log);
}

/** The database as it is on the disk at this moment, under another name. */
export function copyOfDatabase(file: string): string {
  const copy = `${file}.copy`;
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  return copy;
}

export const failsToSync = (): Error =>
  Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });

/** True where it was not known before. */
export async function claim(store: Store, key: string): Promise<boolean | undefined> {
  const [isNew] = await store.transaction((tx) =>
    tx.counting.claimReadings([{ sensorId: 'street-1', key, enqueuedAtMs: 0 }]),
  );
  return isNew;
}
