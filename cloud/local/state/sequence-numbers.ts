import type { DatabaseSync } from 'node:sqlite';

/** Numbers set aside at a time: one durable write for each million events. */
const BLOCK = 1_000_000;
const NUMBERS_PER_MS = 1_000;
const NAME = 'hub-event';

/**
 * Gives numbers that rise by one a call and never come again, also after a restart or a crash: a block is put
 * on record before the first of it is given, and a new start begins after the last block on record.
 * A new database begins at the clock, 1,000 numbers a millisecond, so that it does not repeat those of a lost one.
 * Safe integers until the year 2255. Throws where nothing can be written; the next call tries again.
 */
export function openSequenceNumbers(database: DatabaseSync, now: () => number): () => number {
  let next = Math.max(recordedEnd(database), now() * NUMBERS_PER_MS);
  let end = next;
  return () => {
    if (next === end) {
      recordEnd(database, next + BLOCK);
      end = next + BLOCK;
    }
    return next++;
  };
}

function recordedEnd(database: DatabaseSync): number {
  const row = database.prepare('select next_number from sequences where name = ?').get(NAME);
  return row === undefined ? 0 : Number(row.next_number);
}

function recordEnd(database: DatabaseSync, end: number): void {
  database.prepare('insert or replace into sequences (name, next_number) values (?, ?)').run(NAME, end);
}
