import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, inject } from 'vitest';
import type { OnStatement } from '../../cloud/store/guarded-dialect.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import type { Store, Transaction } from '../../cloud/store/port.ts';
import type { Tables } from '../../cloud/store/tables.ts';
import { NOON_MS } from './builders.ts';
import { freshSchema, query } from './postgres.ts';

/** What a test of the store gets: an empty database, which is gone afterwards. */
export type FreshDatabase = {
  readonly url: string;
  /** Opens it; closed after the test. */
  open(now?: () => number, onStatement?: OnStatement): Promise<Store>;
  /** One transaction on a store that was opened for this test. */
  tx<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Looks into it, past the store; gives the rows. */
  sql(statement: string): Promise<unknown[]>;
  /** Forgets everything but its epoch, past the store: far sooner done than a new one is made. */
  empty(): Promise<void>;
};

type Made = Pick<FreshDatabase, 'url' | 'sql' | 'empty'> & { drop(): void | Promise<void> };

/** Where SQLite's files lie. In memory, where a machine has such files, no commit waits for a disk. */
export type Where = 'disk' | 'memory';

/** The same tests on both engines; the title of each says on which it ran. */
export function onBothEngines(
  subject: string,
  tests: (database: FreshDatabase) => void,
  where: Where = 'disk',
): void {
  onSqlite(subject, tests, where);
  onPostgres(subject, tests);
}

export function onSqlite(
  subject: string,
  tests: (database: FreshDatabase) => void,
  where: Where = 'disk',
): void {
  describe(`SQLite: ${subject}`, () => tests(eachTestIn(() => sqliteFile(where))));
}

export function onPostgres(subject: string, tests: (database: FreshDatabase) => void): void {
  const { url, description } = inject('postgres');
  describe(`PostgreSQL ${description}: ${subject}`, () => tests(eachTestIn(() => postgresSchema(url))));
}

/** Tests that hold one engine against the other. */
export function onTwoEngines(
  subject: string,
  tests: (sqlite: FreshDatabase, postgres: FreshDatabase) => void,
): void {
  const { url, description } = inject('postgres');
  describe(`SQLite and PostgreSQL ${description}: ${subject}`, () =>
    tests(
      eachTestIn(() => sqliteFile('memory')),
      eachTestIn(() => postgresSchema(url)),
    ));
}

async function sqliteFile(where: Where): Promise<Made> {
  const folder = mkdtempSync(join(folderFor(where), 'vitrine-store-'));
  const file = join(folder, 'data', 'vitrine.db');
  let emptying: DatabaseSync | undefined;
  return {
    url: `sqlite:${file}`,
    drop() {
      emptying?.close();
      rmSync(folder, { recursive: true, force: true });
    },
    async sql(statement) {
      using database = new DatabaseSync(file);
      return database.prepare(statement).all();
    },
    async empty() {
      // Kept open, for those who do it a thousand times.
      emptying ??= new DatabaseSync(file);
      // What is on its way into the tables too.
      emptying.exec(`begin immediate; delete from late_rows; ${EMPTYING}; commit`);
    },
  };
}

const MEMORY = '/dev/shm';

const folderFor = (where: Where): string => (where === 'memory' && existsSync(MEMORY) ? MEMORY : tmpdir());

async function postgresSchema(serverUrl: string): Promise<Made> {
  const { url, drop } = await freshSchema(serverUrl);
  return {
    url,
    drop,
    sql: (statement) => query(url, statement),
    async empty() {
      await query(url, EMPTYING);
    },
  };
}

/** What refers to a store goes before it. The audit refuses to be emptied. */
const EMPTIED: Readonly<Record<Exclude<keyof Tables, 'migrations' | 'meta' | 'audit'>, true>> = {
  ledger: true,
  sensor_places: true,
  sensor_states: true,
  minute_flows: true,
  step_flows: true,
  zone_adjustments: true,
  corrections: true,
  alert_events: true,
  rejected_messages: true,
  rejected: true,
  store_group_members: true,
  store_groups: true,
  stores: true,
  ingest_keys: true,
  connections: true,
  nonces: true,
  signs: true,
  pairing_codes: true,
  pairing_tries: true,
  commands: true,
  people: true,
  sessions: true,
  wrong_keys: true,
  screenshots: true,
  alert_paintings: true,
  messages: true,
  message_groups: true,
  message_paintings: true,
};
const EMPTYING = Object.keys(EMPTIED)
  .map((table) => `delete from ${table}`)
  .join('; ');

function eachTestIn(make: () => Promise<Made>): FreshDatabase {
  let made: Made | undefined;
  let opened: Store[] = [];
  const current = () => {
    if (made === undefined) throw new Error('there is a database only while a test runs');
    return made;
  };
  const open = async (now = () => NOON_MS, onStatement?: OnStatement) => {
    const store = await openStore(current().url, { now, onStatement });
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
    empty: () => current().empty(),
  };
}
