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

/** https://sqlite.org/walformat.html, 1: its name is the database's with `-wal`. */
export async function openLogFile(database: string): Promise<LogFile> {
  // To write: Windows flushes only what was opened so.
  const descriptor = await opened(`${database}-wal`, 'r+');
  return { sync: () => synced(descriptor), close: () => closed(descriptor) };
}
