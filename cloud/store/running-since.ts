import type { Sql } from './engine.ts';

const NOTED = 'flushed-at-ms';
const SINCE = 'running-since-ms';
/** Each note is a commit: not one with each flush. */
const NOTED_EVERY_MS = 15_000;
/** A flush is never so late. */
const BREAK_MS = 45_000;

type Notes = {
  readonly notedMs: number | undefined;
  /** Undefined where it began to run anew since. */
  readonly sinceMs: number | undefined;
  readonly goesOn: boolean;
};

/** See the port. Kept in the database, because on Azure one instance ends while others go on. */
export async function runningSince(sql: Sql, nowMs: number): Promise<number> {
  const { notedMs, sinceMs, goesOn } = await notes(sql, nowMs);
  const note = async (name: string) => {
    await sql.db
      .insertInto('meta')
      .values({ name, value: nowMs })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: nowMs }))
      .execute();
  };
  if (!goesOn || nowMs - (notedMs ?? 0) >= NOTED_EVERY_MS) await note(NOTED);
  if (sinceMs !== undefined) return sinceMs;
  await note(SINCE);
  return nowMs;
}

/** See the port. Until the first flush after a break it is now that the cloud begins to run. */
export async function ranSince(sql: Sql, nowMs: number): Promise<number> {
  const { notedMs, sinceMs } = await notes(sql, nowMs);
  return notedMs === undefined ? 0 : (sinceMs ?? nowMs);
}

async function notes({ db }: Sql, nowMs: number): Promise<Notes> {
  const rows = await db.selectFrom('meta').selectAll().where('name', 'in', [NOTED, SINCE]).execute();
  const known = new Map(rows.map(({ name, value }) => [name, value]));
  const notedMs = known.get(NOTED);
  const sinceMs = known.get(SINCE);
  // A clock that was set back tells nothing of the time between either.
  const goesOn = notedMs !== undefined && Math.abs(nowMs - notedMs) < BREAK_MS;
  const holds = goesOn && sinceMs !== undefined && sinceMs <= nowMs;
  return { notedMs, sinceMs: holds ? sinceMs : undefined, goesOn };
}
