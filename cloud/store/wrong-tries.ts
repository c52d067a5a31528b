import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';

type TriesTable = 'pairing_tries' | 'wrong_keys';

/** Notes a try, and forgets those that no longer count. */
export async function addWrongTry(
  { db }: Sql,
  table: TriesTable,
  { who, atMs, sinceMs }: { readonly who: string; readonly atMs: number; readonly sinceMs: number },
): Promise<void> {
  await db.deleteFrom(table).where('at_ms', '<', sinceMs).execute();
  await db
    .insertInto(table)
    .values({ who: columnOf(who), at_ms: atMs })
    .execute();
}

export const wrongTries = (
  { db }: Sql,
  table: TriesTable,
  who: string,
  sinceMs: number,
): Promise<{ readonly own: number; readonly all: number }> =>
  db
    .selectFrom(table)
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('who', '=', columnOf(who)).as('own'),
      fn.countAll<number>().as('all'),
    ])
    .where('at_ms', '>=', sinceMs)
    .executeTakeFirstOrThrow();
