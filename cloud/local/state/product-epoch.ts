import type { DatabaseSync } from 'node:sqlite';

const NAME = 'product-epoch';
/** The app opens its database within this time after the start, and by its own clock calls that its epoch. */
const OPENED_WITHIN_MS = 600_000;

/**
 * What the app is told as `EpochNotBeforeMs`: signs ignore counts of an earlier epoch than they have seen, so a database
 * that is restored or born again must begin a later one. Undefined where neither ever happened here. Unix ms.
 */
export function productEpoch(database: DatabaseSync): number | undefined {
  const row = database.prepare('select next_number from sequences where name = ?').get(NAME);
  return row === undefined ? undefined : Number(row.next_number);
}

/**
 * Notes that a new one begins: at the given time, or after the last one where a clock that was ahead has been believed.
 * `givenElsewhereMs`: the last one of another database that this one replaces.
 */
export function beginProductEpoch(
  database: DatabaseSync,
  notBeforeMs: number,
  givenElsewhereMs: number | undefined = 0,
): number {
  const given = Math.max(productEpoch(database) ?? 0, givenElsewhereMs);
  const epoch = notBeforeMs > given ? notBeforeMs : given + OPENED_WITHIN_MS;
  database.prepare('insert or replace into sequences (name, next_number) values (?, ?)').run(NAME, epoch);
  return epoch;
}
