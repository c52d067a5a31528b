import { setTimeout as delay } from 'node:timers/promises';
import { alertPaintingRecords } from './alert-painting-records.ts';
import { auditRecords } from './audit-records.ts';
import { commandRecords } from './command-records.ts';
import { countingRecords } from './counting-records.ts';
import type { AccessMode, Engine, Sql } from './engine.ts';
import { epochOfDatabase } from './epoch-of-database.ts';
import type { OnStatement } from './guarded-dialect.ts';
import { historyRecords } from './history-records.ts';
import { ingestKeyRecords } from './ingest-keys.ts';
import { messageRecords } from './message-records.ts';
import { migrate } from './migrations/migrate.ts';
import { pairingRecords } from './pairing-records.ts';
import { peopleRecords } from './people-records.ts';
import type { Store, Transaction } from './port.ts';
import { openPostgresEngine } from './postgres-engine.ts';
import { presenceRecords } from './presence-records.ts';
import { pushRecords } from './push-records.ts';
import { rejectedRecords } from './rejected-records.ts';
import { screenshotRecords } from './screenshot-records.ts';
import { sensorRecords } from './sensor-records.ts';
import { signRecords } from './sign-records.ts';
import { openSqliteEngine } from './sqlite-engine.ts';
import { StoreError } from './store-error.ts';
import { structureRecords } from './structure-records.ts';
import { upkeepRecords } from './upkeep-records.ts';
import { type WriteWatch, watchWriting, wordsOf } from './watch-writing.ts';

/** How often work is tried that meets another transaction, and how long it waits between, at random up to this a try. */
const MAX_TRIES = 5;
const CONFLICT_WAIT_MS = 25;

type Opening = {
  readonly now: () => number;
  /** A database that was restored begins this epoch, or a later one. Unix ms; a larger number with each restore. */
  readonly epochNotBeforeMs?: number | undefined;
  readonly onStatement?: OnStatement | undefined;
  /** In place of asking the disk to keep what was committed (SQLite). */
  readonly sync?: (() => Promise<void>) | undefined;
  /**
   * Told where nobody can know any more what is kept (SQLite, after the disk failed): only a new process reads what the
   * disk has, and this one must end without closing the store.
   */
  readonly onLost?: ((error: StoreError) => void) | undefined;
};

/** A store that knows how its writing goes. */
export type OpenedStore = Store & {
  /** Why nothing can be written, in words for its owner; undefined where the last that was tried could be. */
  readonly writeTrouble: () => Promise<string | undefined>;
};

/**
 * Opens `sqlite:/absolute/or/relative/path.db` or `postgres://...`, brings it up to date, and makes it if there is none.
 * Throws a StoreError.
 */
export async function openStore(url: string, opening: Opening): Promise<OpenedStore> {
  const { now, epochNotBeforeMs: notBeforeMs } = opening;
  const engine = await openEngine(url, opening).catch((error: unknown) => {
    throw inPlainWords(error);
  });
  try {
    await migrate(engine, now);
    const trouble = watchWriting(engine);
    const store = storeOn(engine, await epochOfDatabase(engine, { nowMs: now(), notBeforeMs }), trouble);
    await engine.settled();
    return { ...store, writeTrouble: trouble.now };
  } catch (error) {
    await engine.close();
    throw inPlainWords(error);
  }
}

/** There is nothing open yet that could be asked for its trouble. */
function inPlainWords(error: unknown): unknown {
  if (!(error instanceof StoreError) || wordsOf(error) === error.message) return error;
  return new StoreError(error.code, wordsOf(error), { cause: error.cause });
}

async function openEngine(url: string, { onStatement, sync, onLost }: Opening): Promise<Engine> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgresEngine(url, onStatement);
  if (/^sqlite:./.test(url))
    return openSqliteEngine(url.slice('sqlite:'.length), { onStatement, sync, onLost });
  throw new StoreError('ERR_STORE_URL', 'expected sqlite:/path/to/file.db or postgres://user@host/database');
}

function storeOn(engine: Engine, epoch: number, trouble: Pick<WriteWatch, 'failed'>): Store {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;
  const begun = async <T>(accessMode: AccessMode, work: (tx: Transaction) => Promise<T>) => {
    if (closed !== undefined) throw new StoreError('ERR_STORE_CLOSED', 'the store is closed');
    const run = untilNoConflict(async () => {
      engine.checkUsable(accessMode);
      return engine.db
        .transaction()
        .setAccessMode(accessMode)
        .execute((db) => work(recordsIn({ db, dialect: engine.dialect }, accessMode)));
    }).then(async (value) => {
      // Also of what was only read: nobody may be told what a loss of power would take back.
      await engine.settled();
      return value;
    });
    running.add(run);
    try {
      return await run;
    } catch (error) {
      if (accessMode === 'read write') trouble.failed(error);
      throw error;
    } finally {
      running.delete(run);
    }
  };
  return {
    engine: engine.name,
    epoch,
    transaction: <T>(work: (tx: Transaction) => Promise<T>) => begun('read write', work),
    async look<T>(work: (tx: Transaction) => Promise<T>) {
      let seen: { readonly value: T } | undefined;
      try {
        return await begun('read only', async (tx) => {
          seen = undefined;
          seen = { value: await work(tx) };
          return seen.value;
        });
      } catch (error) {
        // What the disk may not have is told to nobody.
        engine.checkUsable('read only');
        // All was read. What could not be kept is rows that were on their way: on a full disk they stay in their journal.
        if (seen !== undefined && isUnavailable(error)) return seen.value;
        throw error;
      }
    },
    close() {
      closed ??= Promise.allSettled(running).then(() => engine.close());
      return closed;
    },
  };
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof StoreError && error.code === 'ERR_STORE_UNAVAILABLE';

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

const recordsIn = (sql: Sql, accessMode: AccessMode): Transaction => ({
  structure: structureRecords(sql),
  counting: countingRecords(sql),
  history: historyRecords(sql),
  pushing: pushRecords(sql),
  signs: signRecords(sql),
  pairing: pairingRecords(sql),
  commands: commandRecords(sql),
  screenshots: screenshotRecords(sql),
  paintings: alertPaintingRecords(sql),
  messages: messageRecords(sql),
  people: peopleRecords(sql, { mayWrite: accessMode === 'read write' }),
  audit: auditRecords(sql),
  presence: presenceRecords(sql),
  rejected: rejectedRecords(sql),
  ingestKeys: ingestKeyRecords(sql),
  sensors: sensorRecords(sql),
  upkeep: upkeepRecords(sql),
});
