import { type Kysely, sql } from 'kysely';
import type { Engine, Sql } from '../engine.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import { StoreError } from '../store-error.ts';
import type { Tables } from '../tables.ts';
import { firstTables } from './0001-first-tables.ts';
import { describedStores } from './0002-described-stores.ts';
import { lateRows } from './0003-late-rows.ts';
import { fleet } from './0004-fleet.ts';
import { paintings } from './0005-paintings.ts';
import { messages } from './0006-messages.ts';

/** Changes the database within the transaction that it is given. */
type Migration = (sql: Sql) => Promise<void>;

const statements =
  (of: (dialect: SqlDialect) => readonly string[]): Migration =>
  async ({ db, dialect }) => {
    for (const statement of of(dialect)) await sql.raw(statement).execute(db);
  };

/** One step a number, from 1; a step that has shipped is never changed. */
const MIGRATIONS: readonly Migration[] = [
  statements(firstTables),
  describedStores,
  statements(lateRows),
  statements(fleet),
  statements(paintings),
  statements(messages),
];

/** Takes the database to what this program knows. Several programs may do it at once: each step is done by one of them. */
export async function migrate(engine: Engine, now: () => number): Promise<void> {
  let more = true;
  while (more) more = await engine.db.transaction().execute((db) => nextStep(db, engine.dialect, now()));
}

/** False when there was nothing to do. */
async function nextStep(db: Kysely<Tables>, dialect: SqlDialect, nowMs: number): Promise<boolean> {
  if (dialect.lockMigrations !== undefined) await dialect.lockMigrations.execute(db);
  const { integer, end } = dialect.types;
  await sql
    .raw(
      `create table if not exists migrations (number ${integer} not null primary key, done_at_ms ${integer} not null) ${end}`,
    )
    .execute(db);
  const newest = await db
    .selectFrom('migrations')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const done = newest?.number ?? 0;
  if (done > MIGRATIONS.length) {
    throw new StoreError(
      'ERR_STORE_NEWER',
      `the database is at step ${done}, this program knows ${MIGRATIONS.length}: install a newer Vitrine, or restore a backup`,
    );
  }
  const step = MIGRATIONS[done];
  if (step === undefined) return false;
  await step({ db, dialect });
  await db
    .insertInto('migrations')
    .values({ number: done + 1, done_at_ms: nowMs })
    .execute();
  return true;
}
