import { CompiledQuery, type Kysely } from 'kysely';
import { ONCE_FOR_EACH } from './sqlite-statements.ts';
import type { Tables } from './tables.ts';

/** What columns of rows that are there already shall be. */
type RowsUpdate<Name extends keyof Tables, Row extends Partial<Tables[Name]>> = {
  readonly table: Name;
  readonly key: keyof Row & string;
  readonly columns: { readonly [Column in keyof Row & string]: 'text' | 'integer' };
  readonly rows: readonly Row[];
  /** SQL for a column that does not simply become what is given: of that, and of what it is. */
  readonly unless?: Readonly<Record<string, (given: string, kept: string) => string>>;
};

export type UpdateRows = <Name extends keyof Tables, Row extends Partial<Tables[Name]>>(
  db: Kysely<Tables>,
  update: RowsUpdate<Name, Row>,
) => Promise<void>;

/** One prepared statement for each row: on SQLite several times as fast as one that takes the rows out of JSON. */
export const updateEach: UpdateRows = async (db, { table, key, columns, rows, unless = {} }) => {
  if (rows.length === 0) return;
  const names = namesOf(columns);
  const numbered = new Map<string, string>(names.map((name, index) => [name, `?${index + 1}`]));
  const given = (name: string) => numbered.get(name) ?? '';
  const sets = setsOf(names, key, (name) => unless[name]?.(given(name), `${table}.${name}`) ?? given(name));
  const text = `${ONCE_FOR_EACH}update ${table} set ${sets} where ${key} = ${given(key)}`;
  const lists = rows.map((row) => names.map((name) => row[name]));
  await db.executeQuery(CompiledQuery.raw(text, lists));
};

/** One statement that takes the rows out of JSON: on PostgreSQL each statement is a way over the network. */
export const updateAtOnce: UpdateRows = async (db, { table, key, columns, rows, unless = {} }) => {
  if (rows.length === 0) return;
  const names = namesOf(columns);
  const typed = names.map((name) => `${name} ${columns[name] === 'text' ? 'text' : 'bigint'}`);
  const sets = setsOf(names, key, (name) => unless[name]?.(`r.${name}`, `${table}.${name}`) ?? `r.${name}`);
  const text = `update ${table} set ${sets}
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
