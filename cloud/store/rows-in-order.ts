import type { SqlDialect } from './sql-dialect.ts';

/** Rows beside what their keys read like. */
export type NamedRows<Row> = { readonly names: readonly string[]; readonly rows: readonly Row[] };

/** In one order for all transactions, so that no two wait for each other in a circle. */
export function rowsInOrder<Row>(
  { aloneInTransaction }: Pick<SqlDialect, 'aloneInTransaction'>,
  rows: ReadonlyMap<string, Row>,
): NamedRows<Row> {
  if (aloneInTransaction) return { names: [...rows.keys()], rows: [...rows.values()] };
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return { names: sorted.map(([name]) => name), rows: sorted.map(([, row]) => row) };
}
