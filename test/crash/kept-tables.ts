import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import * as z from 'zod';

/** Everything that the store remembers, past the store. */
export type KeptTables = {
  seen(): Promise<SeenTables>;
  /** Keeps a copy under a name. */
  keep(name: string): Promise<void>;
  /** Makes the tables what they were when `keep` was called with this name. */
  restore(name: string): Promise<void>;
  close(): Promise<void>;
};

export type SeenTables = {
  /** All of them, but for the numbers that a database gives them: those may have gaps. One text a row, in order. */
  readonly rows: readonly string[];
  /** Of each store, in order of id. */
  readonly revisions: readonly number[];
};

/** What says nothing of any store. */
const OTHERS = ['migrations'];

const storeSchema = z.object({ id: z.string(), revision: z.coerce.number() });

const resultSchema = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });

type Database = {
  /** Names of all tables, with `stores` first: others refer to it. */
  readonly tables: readonly string[];
  run(script: string): Promise<void>;
  /** Of each table, in the order of `tables`. */
  rows(): Promise<readonly (readonly object[])[]>;
  /** What an insert of a number that the database gives by itself needs. */
  readonly overriding: string;
  close(): Promise<void>;
};

/** From here on the audit can be altered: what a crash broke off is done again, and its row must not stand there twice. */
export async function openTables(url: string): Promise<KeptTables> {
  const database = await (url.startsWith('sqlite:')
    ? openSqlite(url.slice('sqlite:'.length))
    : openPostgres(url));
  const { tables, run, overriding } = database;
  const copyOf = (table: string, name: string) => `kept_${name}_${table}`;
  return {
    async seen() {
      const found = await database.rows();
      const texts = found.flatMap((rows, index) =>
        rows.map((row) => `${tables[index]} ${JSON.stringify({ ...row, number: undefined })}`),
      );
      const stores = z.array(storeSchema).parse(found[0]);
      stores.sort((one, other) => (one.id < other.id ? -1 : 1));
      return { rows: texts.sort(), revisions: stores.map(({ revision }) => revision) };
    },
    keep: (name) =>
      run(tables.map((table) => `create table ${copyOf(table, name)} as select * from ${table}`).join(';')),
    restore: (name) =>
      run(
        [
          'begin',
          ...tables.toReversed().map((table) => `delete from ${table}`),
          ...tables.map((table) => `insert into ${table} ${overriding} select * from ${copyOf(table, name)}`),
          'commit',
        ].join(';'),
      ),
    close: () => database.close(),
  };
}

async function openSqlite(file: string): Promise<Database> {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  // Of what is only put back for the next try nothing need outlive a power cut.
  database.exec('pragma synchronous = off');
  database.exec('drop trigger if exists audit_refuses_update; drop trigger if exists audit_refuses_delete');
  const named = database.prepare("select name from sqlite_master where type = 'table'").all();
  const tables = inOrder(named);
  return {
    tables,
    run: async (script) => database.exec(script),
    rows: async () => tables.map((table) => database.prepare(`select * from ${table}`).all()),
    overriding: '',
    close: async () => database.close(),
  };
}

async function openPostgres(url: string): Promise<Database> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('drop trigger if exists audit_refuses_change on audit');
  const named = await client.query(
    'select table_name as name from information_schema.tables where table_schema = current_schema()',
  );
  const tables = inOrder(named.rows);
  return {
    tables,
    run: async (script) => {
      await client.query(script);
    },
    async rows() {
      // One way to the server and back; pg answers many statements with a list, which its types do not tell.
      const results: unknown = await client.query(tables.map((table) => `select * from ${table}`).join(';'));
      return z
        .array(resultSchema)
        .parse(results)
        .map(({ rows }) => rows);
    },
    overriding: 'overriding system value',
    close: () => client.end(),
  };
}

function inOrder(named: readonly Record<string, unknown>[]): readonly string[] {
  const names = named.map(({ name }) => String(name)).filter((name) => !OTHERS.includes(name));
  return ['stores', ...names.filter((name) => name !== 'stores')];
}
