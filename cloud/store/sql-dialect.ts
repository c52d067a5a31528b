import { type AliasedRawBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type InsertRows, insertAtOnce, insertEach, insertLater } from './insert-rows.ts';
import { type Memories, noMemories } from './memories.ts';
import { type UpdateRows, updateAtOnce, updateLater } from './update-rows.ts';

type ColumnType = 'text' | 'integer';

/** A table that is bound as one value: no limit on its rows, and one text of SQL however many there are. */
export type BoundRows<Row> = AliasedRawBuilder<Row, 'r'>;

/** All that the two engines do not say in the same words. */
export type SqlDialect = {
  /** True where the column's text is one of these. */
  oneOf(column: string, texts: readonly string[]): RawBuilder<SqlBool>;
  /** `from` this, as `r`. */
  boundRows<Row>(
    columns: { readonly [Column in keyof Row]: ColumnType },
    rows: readonly Row[],
  ): BoundRows<Row>;
  /** Writes rows the fastest way that the engine has. */
  readonly insertRows: InsertRows;
  /** The same for what every batch writes: it may be late, and nobody will notice. */
  readonly insertSoon: InsertRows;
  readonly updateSoon: UpdateRows;
  /** What is known of the database without asking it. */
  readonly memories: Memories;
  /** Whether a transaction has the database to itself from its start: then there is nothing to lock. */
  readonly aloneInTransaction: boolean;
  /** Ends a select whose rows nobody else may change until the transaction is over. */
  readonly forUpdate: RawBuilder<unknown>;
  /** Waits until no other instance is migrating; let go when the transaction ends. */
  readonly lockMigrations: RawBuilder<unknown> | undefined;
  /** Words of the schema. */
  readonly types: {
    readonly id: string;
    readonly integer: string;
    readonly bytes: string;
    readonly number: string;
    /** After the closing bracket of a table, and of one that is looked up by its key alone. */
    readonly end: string;
    readonly endKeyed: string;
  };
};

export const sqliteDialect: SqlDialect = {
  oneOf: (column, texts) =>
    sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(texts)}))`,
  boundRows<Row>(columns: { readonly [Column in keyof Row]: ColumnType }, rows: readonly Row[]) {
    const names = Object.keys(columns) as (keyof Row & string)[];
    const picked = names.map((name, index) => sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`);
    // Lists, because SQLite reads each row's JSON anew for each column.
    const lists = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
    return sql<Row>`(select ${sql.join(picked)} from json_each(${lists}))`.as('r');
  },
  insertRows: insertEach,
  insertSoon: insertLater,
  updateSoon: updateLater,
  // Of a connection: see `openSqliteEngine`.
  memories: noMemories,
  // One connection, and `begin immediate`: whoever is in a transaction is alone.
  aloneInTransaction: true,
  forUpdate: sql``,
  lockMigrations: undefined,
  types: {
    id: 'text',
    integer: 'integer',
    bytes: 'blob',
    number: 'integer primary key',
    end: 'strict',
    endKeyed: 'strict, without rowid',
  },
};

/** Any number, as long as all instances of the program agree on it. */
const MIGRATIONS_LOCK = 7_106_417;

export const postgresDialect: SqlDialect = {
  oneOf: (column, texts) => sql<SqlBool>`${sql.ref(column)} = any(${texts}::text[])`,
  boundRows<Row>(columns: { readonly [Column in keyof Row]: ColumnType }, rows: readonly Row[]) {
    const named = Object.entries<ColumnType>(columns).map(
      ([column, type]) => sql`${sql.ref(column)} ${sql.raw(type === 'text' ? 'text' : 'bigint')}`,
    );
    return sql<Row>`json_to_recordset(${JSON.stringify(rows)})`.as<'r'>(sql`r(${sql.join(named)})`);
  },
  insertRows: insertAtOnce,
  insertSoon: insertAtOnce,
  updateSoon: updateAtOnce,
  memories: noMemories,
  aloneInTransaction: false,
  forUpdate: sql`for update`,
  lockMigrations: sql`select pg_advisory_xact_lock(${sql.lit(MIGRATIONS_LOCK)})`,
  types: {
    // Ids are in the order of their bytes on both engines, whatever language the database speaks.
    id: 'text collate "C"',
    integer: 'bigint',
    bytes: 'bytea',
    number: 'bigint generated always as identity primary key',
    end: '',
    endKeyed: '',
  },
};
