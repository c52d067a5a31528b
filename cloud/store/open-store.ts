import { setTimeout as delay } from 'node:timers/promises';
import { countingRecords } from './counting-records.ts';
import type { Engine, Sql } from './engine.ts';
import type { OnStatement } from './guarded-dialect.ts';
import { historyRecords } from './history-records.ts';
import { ingestKeyRecords } from './ingest-keys.ts';
import { migrate } from './migrations/migrate.ts';
import type { Store, Transaction } from './port.ts';
import { openPostgresEngine } from './postgres-engine.ts';
import { presenceRecords } from './presence-records.ts';
import { pushRecords } from './push-records.ts';
import { rejectedRecords } from './rejected-records.ts';
import { signRecords } from './sign-records.ts';
import { openSqliteEngine } from './sqlite-engine.ts';
import { StoreError } from './store-error.ts';
import { structureRecords } from './structure-records.ts';
import { upkeepRecords } from './upkeep-records.ts';

/** How often work is tried that meets another transaction, and how long it waits between, at random up to this a try. */
const MAX_TRIES = 5;
const CONFLICT_WAIT_MS = 25;

type Opening = { readonly now: () => number; readonly onStatement?: OnStatement | undefined };

/**
 * Opens `sqlite:/absolute/or/relative/path.db` or `postgres://...`, brings it up to date, and makes it if there is none.
 * Throws a StoreError.
 */
export async function openStore(url: string, { now, onStatement }: Opening): Promise<Store> {
  const engine = await openEngine(url, onStatement);
  try {
    await migrate(engine, now);
    return storeOn(engine, await epochOf(engine, now()));
  } catch (error) {
    await engine.db.destroy();
    throw error;
  }
}

async function openEngine(url: string, onStatement?: OnStatement): Promise<Engine> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgresEngine(url, onStatement);
  if (/^sqlite:./.test(url)) return openSqliteEngine(url.slice('sqlite:'.length), onStatement);
  throw new StoreError('ERR_STORE_URL', 'expected sqlite:/path/to/file.db or postgres://user@host/database');
}

async function epochOf({ db }: Engine, nowMs: number): Promise<number> {
  await db
    .insertInto('meta')
    .values({ name: 'epoch', value: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'epoch')
    .executeTakeFirstOrThrow();
  return row.value;
}

function storeOn(engine: Engine, epoch: number): Store {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;
  const begun = async <T>(accessMode: 'read write' | 'read only', work: (tx: Transaction) => Promise<T>) => {
    if (closed !== undefined) throw new StoreError('ERR_STORE_CLOSED', 'the store is closed');
    const run = untilNoConflict(() =>
      engine.db
        .transaction()
        .setAccessMode(accessMode)
        .execute((db) => work(recordsIn({ db, dialect: engine.dialect }))),
    );
    running.add(run);
    try {
      return await run;
    } finally {
      running.delete(run);
    }
  };
  return {
    engine: engine.name,
    epoch,
    transaction: <T>(work: (tx: Transaction) => Promise<T>) => begun('read write', work),
    look: <T>(work: (tx: Transaction) => Promise<T>) => begun('read only', work),
    close() {
      closed ??= Promise.allSettled(running).then(() => engine.db.destroy());
      return closed;
    },
  };
}

async function untilNoConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const conflict = error instanceof StoreError && error.code === 'ERR_STORE_CONFLICT';
      if (!conflict || tries === MAX_TRIES) throw error;
      await delay(Math.random() * CONFLICT_WAIT_MS * tries);
    }
  }
}

const recordsIn = (sql: Sql): Transaction => ({
  structure: structureRecords(sql),
  counting: countingRecords(sql),
  history: historyRecords(sql),
  pushing: pushRecords(sql),
  signs: signRecords(sql),
  presence: presenceRecords(sql),
  rejected: rejectedRecords(sql),
  ingestKeys: ingestKeyRecords(sql),
  upkeep: upkeepRecords(sql),
});
