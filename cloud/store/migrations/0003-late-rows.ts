import type { SqlDialect } from '../sql-dialect.ts';

/** Rows that are kept and not yet where they belong: see `LateRows`. Where many write, none are. */
export const lateRows = ({ aloneInTransaction, types: { number, end } }: SqlDialect): readonly string[] =>
  aloneInTransaction
    ? [
        `create table late_rows (
           number ${number},
           table_name text not null,
           statement text not null,
           entry text not null
         ) ${end}`,
      ]
    : [];
