import { CompiledQuery, type Kysely } from 'kysely';
import { listsOf } from './insert-rows.ts';
import { LATER, type LateWrite } from './late-rows.ts';
import type { Tables } from './tables.ts';

/** What columns of rows that are there already shall be. */
type RowsUpdate<Name extends keyof Tables, Row extends Partial<Tables[Name]>> = {
  readonly table: Name;
  readonly key: keyof Row & string;
  readonly columns: { readonly [Column in keyof Row & string]: 'text' | 'integer' };
  readonly rows: readonly Row[];
};

export type UpdateRows = <Name extends keyof Tables, Row extends Partial<Tables[Name]>>(
  db: Kysely<Tables>,
  update: RowsUpdate<Name, Row>,
) => Promise<void>;

/** One prepared statement for each row, which is run when somebody asks for the table: see `LateRows`. */
export const updateLater: UpdateRows = async (db, { table, key, columns, rows }) => {
  if (rows.length === 0) return;
  const names = namesOf(columns);
  const given = (name: (typeof names)[number]) => `?${names.indexOf(name) + 1}`;
  const statement = `update ${table} set ${setsOf(names, key, given)} where ${key} = ${given(key)}`;
  const write: LateWrite = {
    table,
    statement,
    key: [names.indexOf(key)],
    meeting: { kind: 'replaced' },
  };
  await db.executeQuery(CompiledQuery.raw(`${LATER}${statement}`, [write, listsOf(rows, names)]));
};

/** One statement that takes the rows out of JSON: on PostgreSQL each statement is a way over the network. */
export const updateAtOnce: UpdateRows = async (db, { table, key, columns, rows }) => {
  if (rows.length === 0) return;
  const names = namesOf(columns);
  const typed = names.map((name) => `${name} ${columns[name] === 'text' ? 'text' : 'bigint'}`);
  const text = `update ${table} set ${setsOf(names, key, (name) => `r.${name}`)}
    from json_to_recordset($1) as r (${typed.join(', ')}) where ${table}.${key} = r.${key}`;
  await db.executeQuery(CompiledQuery.raw(text, [JSON.stringify(rows)]));
};

const setsOf = <Name extends string>(names: readonly Name[], key: Name, sqlOf: (name: Name) => string) =>
  names
    .filter((name) => name !== key)
    .map((name) => `${name} = ${sqlOf(name)}`)
    .join(', ');

const namesOf = <Columns extends object>(columns: Columns) =>
  Object.keys(columns) as (keyof Columns & string)[];
