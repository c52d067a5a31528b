import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, inject } from 'vitest';
import { openStore } from '../../cloud/store/open-store.ts';
import type { Store, Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from './builders.ts';
import { freshSchema, query } from './postgres.ts';

/** What a test of the store gets: an empty database, which is gone afterwards. */
export type FreshDatabase = {
  readonly url: string;
  /** Opens it; closed after the test. */
  open(now?: () => number): Promise<Store>;
  /** One transaction on a store that was opened for this test. */
  tx<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Looks into it, past the store; gives the rows. */
  sql(statement: string): Promise<unknown[]>;
};

type Made = Pick<FreshDatabase, 'url' | 'sql'> & { drop(): void | Promise<void> };

/** The same tests on both engines; the title of each says on which it ran. */
export function onBothEngines(subject: string, tests: (database: FreshDatabase) => void): void {
  onSqlite(subject, tests);
  onPostgres(subject, tests);
}

export function onSqlite(subject: string, tests: (database: FreshDatabase) => void): void {
  describe(`SQLite: ${subject}`, () => tests(eachTestIn(sqliteFile)));
}

export function onPostgres(subject: string, tests: (database: FreshDatabase) => void): void {
  const { url, description } = inject('postgres');
  describe(`PostgreSQL ${description}: ${subject}`, () => tests(eachTestIn(() => postgresSchema(url))));
}

async function sqliteFile(): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-store-'));
  const file = join(folder, 'data', 'vitrine.db');
  return {
    url: `sqlite:${file}`,
    drop: () => rmSync(folder, { recursive: true, force: true }),
    async sql(statement) {
      using database = new DatabaseSync(file);
      return database.prepare(statement).all();
    },
  };
}

async function postgresSchema(serverUrl: string): Promise<Made> {
  const { url, drop } = await freshSchema(serverUrl);
  return { url, drop, sql: (statement) => query(url, statement) };
}

function eachTestIn(make: () => Promise<Made>): FreshDatabase {
  let made: Made | undefined;
  let opened: Store[] = [];
  const current = () => {
    if (made === undefined) throw new Error('there is a database only while a test runs');
    return made;
  };
  const open = async (now = () => NOON_MS) => {
    const store = await openStore(current().url, { now });
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    opened = [];
    made = await make();
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await current().drop();
    made = undefined;
  });
  return {
    get url() {
      return current().url;
    },
    open,
    tx: async (work) => (opened[0] ?? (await open())).transaction(work),
    sql: (statement) => current().sql(statement),
  };
}
