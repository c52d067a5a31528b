import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Engine } from './engine.ts';
import { guardedDialect, type OnStatement } from './guarded-dialect.ts';
import { lateRows } from './late-rows.ts';
import { logFileOf } from './log-file.ts';
import { keptMemories } from './memories.ts';
import { settlingBy } from './settling.ts';
import { sqliteDialect } from './sql-dialect.ts';
import { kyselyDatabase } from './sqlite-statements.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** Late rows arrive at more than a thousand pages; those that do not fit are written twice. */
const CACHE_KIB = 32 * 1_024;
/** The log may grow to 16 MB. The pages of the journal are written anew all the time, and only their last state needs a place in the file. */
const CHECKPOINT_AFTER_PAGES = 4_000;

function unsettled(cause: unknown): never {
  const message = 'the disk could not keep what was written: start again, to see what it has kept';
  throw new StoreError('ERR_STORE_UNAVAILABLE', message, { cause });
}

export type SqliteOptions = {
  readonly onStatement?: OnStatement | undefined;
  /** In place of asking the disk to keep the log. */
  readonly sync?: (() => Promise<void>) | undefined;
};

/** Opens the file, or makes it; its folder too. `cause` of the error tells why it could not be. */
export async function openSqliteEngine(
  path: string,
  { onStatement, sync }: SqliteOptions = {},
): Promise<Engine> {
  if (path === ':memory:') throw new StoreError('ERR_STORE_URL', 'expected the path of a file, not :memory:');
  const database = await openDatabase(resolve(path));
  const memories = keptMemories();
  const log = logFileOf(resolve(path));
  const { written, settled, failure } = settlingBy(sync ?? log.sync);
  const late = lateRows(database);
  const inner = new SqliteDialect({ database: kyselyDatabase(database, { memories, late, written }) });
  const db = new Kysely<Tables>({
    dialect: guardedDialect(inner, {
      begin: 'begin immediate',
      beginToLook: 'begin',
      storeErrorOf,
      onStatement,
    }),
  });
  return {
    name: 'sqlite',
    db,
    dialect: { ...sqliteDialect, memories },
    settled: () => settled().catch(unsettled),
    checkWritable() {
      const failed = failure();
      if (failed !== undefined) unsettled(failed.cause);
    },
    async close() {
      await log.close();
      await db.destroy();
    },
  };
}

async function openDatabase(file: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await nodeSqlite();
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Made here, so that there is no moment in which others may read it; SQLite's own files beside it take its mode.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    // NORMAL: a commit does not wait for the disk, which `settled` does for many at once. What a statement of many rows
    // needs to undo itself is kept in memory instead of a temporary file.
    database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma temp_store = memory;
      pragma cache_size = -${CACHE_KIB}; pragma wal_autocheckpoint = ${CHECKPOINT_AFTER_PAGES};`);
    return database;
  } catch (cause) {
    throw new StoreError('ERR_STORE_UNAVAILABLE', 'the SQLite file cannot be opened', { cause });
  }
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

/** Of SQLite's result codes, those that speak of the machine and not of the statement: busy, full, unreadable. */
const UNAVAILABLE = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26]);

function storeErrorOf(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const errcode = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : undefined;
  return errcode !== undefined && UNAVAILABLE.has(errcode)
    ? new StoreError('ERR_STORE_UNAVAILABLE', 'the SQLite file cannot be used now', { cause })
    : new StoreError('ERR_STORE_QUERY', 'SQLite refused a statement', { cause });
}
