import { resolve } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import type { Engine } from './engine.ts';
import { guardedDialect, type OnStatement } from './guarded-dialect.ts';
import { lateRows } from './late-rows.ts';
import { keptMemories } from './memories.ts';
import { openSqliteFile, resultOf } from './open-sqlite-file.ts';
import { type DiskTrouble, settlingBy } from './settling.ts';
import { sqliteDialect } from './sql-dialect.ts';
import { kyselyDatabase } from './sqlite-statements.ts';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

const TROUBLE_WORDS: Readonly<Record<DiskTrouble['kind'], string>> = {
  failed: 'the disk could not keep what was written: start again, to see what it has kept',
  hangs: 'the disk does not answer: nothing can be counted until it does',
};

export type SqliteOptions = {
  readonly onStatement?: OnStatement | undefined;
  /** In place of asking the disk to keep the log. */
  readonly sync?: (() => Promise<void>) | undefined;
  /** See `openStore`. */
  readonly onLost?: ((error: StoreError) => void) | undefined;
};

/** Opens the file, or makes it; its folder too. `cause` of the error tells why it could not be. */
export async function openSqliteEngine(
  path: string,
  { onStatement, sync, onLost }: SqliteOptions = {},
): Promise<Engine> {
  if (path === ':memory:') throw new StoreError('ERR_STORE_URL', 'expected the path of a file, not :memory:');
  const { database, log, beginLog } = await openSqliteFile(resolve(path));
  const memories = keptMemories();
  const { written, settled, trouble } = settlingBy({
    sync: sync ?? log.sync,
    onFailed(cause) {
      // A checkpoint copies into the database what the system now says is in the log, and does not look whether it is right.
      database.exec('pragma wal_autocheckpoint = 0');
      onLost?.(unsettled({ kind: 'failed', cause }));
    },
  });
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
    settled: () =>
      settled().catch((told: DiskTrouble) => {
        throw unsettled(told);
      }),
    checkUsable(accessMode) {
      const known = trouble();
      if (known !== undefined) throw unsettled(known);
      if (accessMode === 'read only') return;
      try {
        beginLog();
      } catch (cause) {
        throw storeErrorOf(cause);
      }
    },
    async close() {
      // Closing is a checkpoint too. The process is about to end, or waits for a disk for which it would wait here.
      if (trouble() !== undefined) return;
      try {
        await log.close();
      } finally {
        await db.destroy();
      }
    },
  };
}

const unsettled = ({ kind, cause }: DiskTrouble): StoreError =>
  new StoreError('ERR_STORE_UNAVAILABLE', TROUBLE_WORDS[kind], { cause });

/** Of SQLite's result codes, those that speak of the machine and not of the statement: busy, full, unreadable. */
const UNAVAILABLE = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26]);

function storeErrorOf(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const result = resultOf(cause);
  return result !== undefined && UNAVAILABLE.has(result)
    ? new StoreError('ERR_STORE_UNAVAILABLE', 'the SQLite file cannot be used now', { cause })
    : new StoreError('ERR_STORE_QUERY', 'SQLite refused a statement', { cause });
}
