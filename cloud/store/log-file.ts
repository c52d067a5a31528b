import { close, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';

const opened = promisify(open);
const closed = promisify(close);
const synced = promisify(fdatasync);

/** The log beside a SQLite database, which lies there for as long as the database is open. */
export type LogFile = {
  /** Resolves once all that was written into it is on the disk. */
  readonly sync: () => Promise<void>;
  /** Call it before the database is closed, which takes the log away. */
  readonly close: () => Promise<void>;
};

/** https://sqlite.org/walformat.html, 1: its name is the database's with `-wal`. Nothing is opened before it is needed. */
export function logFileOf(database: string): LogFile {
  // To write: Windows flushes only what was opened so.
  let file: Promise<number> | undefined;
  return {
    async sync() {
      file ??= opened(`${database}-wal`, 'r+');
      await synced(await file);
    },
    async close() {
      const descriptor = await file?.catch(() => undefined);
      if (descriptor !== undefined) await closed(descriptor);
    },
  };
}
