import { CompiledQuery, type Kysely } from 'kysely';
import { LATER, type LateWrite } from './late-rows.ts';
import { ONCE_FOR_EACH } from './sqlite-statements.ts';
import type { Tables } from './tables.ts';

/** A row as it is written: all columns but those that the database fills in by itself. */
type RowOf<Row> = {
  readonly [Column in keyof Row as Row[Column] extends string | number | Uint8Array | null
    ? Column
    : never]: Row[Column];
};

/** Rows of one table; any number of them, none of them of the same key, and in the same order in all transactions. */
type RowsInsert<Name extends keyof Tables> = {
  readonly into: Name;
  readonly columns: {
    readonly [Column in keyof RowOf<Tables[Name]> & string]: 'text' | 'integer' | 'bytes';
  };
  readonly rows: readonly RowOf<Tables[Name]>[];
  /** What no two rows of the table have in common; left out where nothing given can be there already. */
  readonly key?: readonly (keyof RowOf<Tables[Name]> & string)[];
  /** Where there is a row of that key: columns that add to its own, and that replace them. With neither, it stays. */
  readonly adds?: readonly (keyof RowOf<Tables[Name]> & string)[];
  readonly replaces?: readonly (keyof RowOf<Tables[Name]> & string)[];
  /** What the key of each row reads like, its parts parted by blanks, where somebody knows that already. */
  readonly names?: readonly string[];
};

/** For each row, in order, whether it was written: false where it met another one, and that one stays. */
export type InsertRows = <Name extends keyof Tables>(
  db: Kysely<Tables>,
  insert: RowsInsert<Name>,
) => Promise<readonly boolean[]>;

/** One prepared statement for each row: on SQLite nearly twice as fast as one that takes the rows out of JSON. */
export const insertEach: InsertRows = async (db, { into, columns, rows, ...conflict }) => {
  if (rows.length === 0) return [];
  const names = namesOf(columns);
  const text = `${ONCE_FOR_EACH}${insertOf(into, names, conflict)}`;
  const lists = listsOf(rows, names);
  const written = await db.executeQuery<{ changes: number }>(CompiledQuery.raw(text, lists));
  return written.rows.map(({ changes }) => changes > 0);
};

/** The same statement, but it is run when somebody asks for the table: see `LateRows`. */
export const insertLater: InsertRows = async (db, { into, columns, rows, names: keyNames, ...conflict }) => {
  if (rows.length === 0) return [];
  const { key = [], adds, replaces } = conflict;
  const names = namesOf(columns);
  const all: readonly string[] = names;
  const positionOf = (name: string) => all.indexOf(name);
  const statement = insertOf(into, names, conflict);
  const find = `select 1 from ${into} where ${key.map((name) => `${name} = ?`).join(' and ')}`;
  const write: LateWrite = {
    table: into,
    statement,
    key: key.map(positionOf),
    meeting: adds
      ? { kind: 'added', columns: adds.map(positionOf) }
      : replaces
        ? { kind: 'replaced' }
        : { kind: 'left', find },
  };
  const text = `${LATER}${statement}`;
  const parameters = [write, listsOf(rows, names), keyNames];
  const answer = await db.executeQuery<{ written: boolean[] }>(CompiledQuery.raw(text, parameters));
  return answer.rows[0]?.written ?? [];
};

/** Each row as a list. With every batch and for all that it writes: no function is called for a column. */
export function listsOf<Name extends string>(
  rows: readonly { readonly [Column in Name]?: unknown }[],
  names: readonly Name[],
): unknown[][] {
  return rows.map((row) => {
    const list: unknown[] = [];
    for (const name of names) list.push(row[name]);
    return list;
  });
}

const insertOf = (into: string, names: readonly string[], conflict: Conflict): string =>
  `insert into ${into} (${names.join(', ')})
    values (${names.map(() => '?').join(', ')}) ${onConflict(into, conflict)}`;

/** One statement that takes the rows out of JSON: on PostgreSQL each statement is a way over the network. */
export const insertAtOnce: InsertRows = async (db, { into, columns, rows, ...conflict }) => {
  if (rows.length === 0) return [];
  const names = namesOf(columns);
  const typed = names.map((name) => `${name} ${POSTGRES_TYPES[columns[name]]}`);
  const key = conflict.key ?? [];
  // Only where a row may be left out it has to say which were not.
  const isDecided = key.length > 0 && !conflict.adds && !conflict.replaces;
  const text = `insert into ${into} (${names.join(', ')})
    select ${names.join(', ')} from json_to_recordset($1) as r (${typed.join(', ')})
    ${onConflict(into, conflict)} ${isDecided ? `returning ${key.join(', ')}` : ''}`;
  const json = JSON.stringify(
    rows.map((row) => Object.fromEntries(names.map((name) => [name, jsonValueOf(row[name])]))),
  );
  const written = await db.executeQuery<(typeof rows)[number]>(CompiledQuery.raw(text, [json]));
  if (!isDecided) return rows.map(() => true);
  const nameOf = (row: (typeof rows)[number]) => JSON.stringify(key.map((column) => row[column]));
  const isWritten = new Set(written.rows.map(nameOf));
  return rows.map((row) => isWritten.has(nameOf(row)));
};

const POSTGRES_TYPES = { text: 'text', integer: 'bigint', bytes: 'bytea' } as const;

const jsonValueOf = (value: unknown): unknown =>
  value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;

const namesOf = <Columns extends object>(columns: Columns) =>
  Object.keys(columns) as (keyof Columns & string)[];

type Conflict = {
  readonly key?: readonly string[];
  readonly adds?: readonly string[];
  readonly replaces?: readonly string[];
};

function onConflict(table: string, { key = [], adds = [], replaces = [] }: Conflict): string {
  if (key.length === 0) return '';
  const sets = [
    ...adds.map((column) => `${column} = ${table}.${column} + excluded.${column}`),
    ...replaces.map((column) => `${column} = excluded.${column}`),
  ];
  return `on conflict (${key.join(', ')}) do ${sets.length === 0 ? 'nothing' : `update set ${sets.join(', ')}`}`;
}
