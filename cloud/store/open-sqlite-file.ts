import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type LogFile, openLogFile } from './log-file.ts';
import { StoreError } from './store-error.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** Late rows arrive at more than a thousand pages; those that do not fit are written twice. */
const CACHE_KIB = 32 * 1_024;
/** The log may grow to 16 MB. The pages of the journal are written anew all the time, and only their last state needs a place in the file. */
const CHECKPOINT_AFTER_PAGES = 4_000;
const FULL = 13;

export type SqliteFile = {
  readonly database: DatabaseSync;
  readonly log: LogFile;
  /**
   * Begins the log anew, unless that was done before. What an earlier process left in it may not be on the disk, and
   * what is appended after a gap would be lost with it. Throws where that cannot be done.
   */
  readonly beginLog: () => void;
};

/** Opens the file, or makes it; its folder too. On a full disk the log may still have to begin anew. */
export async function openSqliteFile(file: string): Promise<SqliteFile> {
  const { DatabaseSync } = await nodeSqlite();
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Made here, so that there is no moment in which others may read it; SQLite's own files beside it take its mode.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    // NORMAL: a commit does not wait for the disk, which `settled` does for many at once. What a statement of many rows
    // needs to undo itself is kept in memory instead of a temporary file.
    database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma temp_store = memory;
      pragma cache_size = -${CACHE_KIB}; pragma wal_autocheckpoint = ${CHECKPOINT_AFTER_PAGES};`);
    const beginLog = logBeginner(database);
    try {
      beginLog();
    } catch (error) {
      // It can be read, and says why it cannot be written.
      if (resultOf(error) !== FULL) throw error;
    }
    // The file may be reached by a link; its log is beside the file.
    return { database, beginLog, log: await openLogFile(database.location() ?? file) };
  } catch (cause) {
    database?.close();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError('ERR_STORE_UNAVAILABLE', 'the SQLite file cannot be opened', { cause });
  }
}

function logBeginner(database: DatabaseSync): () => void {
  let hasBegun = false;
  return () => {
    if (hasBegun) return;
    const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() ?? {};
    if (busy !== 0) throw new StoreError('ERR_STORE_UNAVAILABLE', 'another program is reading the database');
    hasBegun = true;
  };
}

async function nodeSqlite(): Promise<typeof import('node:sqlite')> {
  try {
    return await import('node:sqlite');
  } catch (cause) {
    throw new StoreError(
      'ERR_STORE_NO_SQLITE',
      `Node ${process.versions.node} has no node:sqlite: use Node 22.13 or newer, or a postgres:// database`,
      { cause },
    );
  }
}

/** SQLite's result code, without what it adds to some; undefined where it was not SQLite. */
export const resultOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
