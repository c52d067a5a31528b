import type { Sql } from './engine.ts';

const NOTED = 'flushed-at-ms';
const SINCE = 'running-since-ms';
/** Each note is a commit: not one with each flush. */
const NOTED_EVERY_MS = 15_000;
/** A flush is never so late. */
const BREAK_MS = 45_000;

/** See the port. Kept in the database, because on Azure one instance ends while others go on. */
export async function runningSince({ db }: Sql, nowMs: number): Promise<number> {
  const rows = await db.selectFrom('meta').selectAll().where('name', 'in', [NOTED, SINCE]).execute();
  const known = new Map(rows.map(({ name, value }) => [name, value]));
  const note = async (name: string) => {
    await db
      .insertInto('meta')
      .values({ name, value: nowMs })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: nowMs }))
      .execute();
  };
  const notedMs = known.get(NOTED);
  const sinceMs = known.get(SINCE);
  // A clock that was set back tells nothing of the time between either.
  const goesOn = notedMs !== undefined && Math.abs(nowMs - notedMs) < BREAK_MS;
  if (!goesOn || nowMs - notedMs >= NOTED_EVERY_MS) await note(NOTED);
  if (goesOn && sinceMs !== undefined && sinceMs <= nowMs) return sinceMs;
  await note(SINCE);
  return nowMs;
}
