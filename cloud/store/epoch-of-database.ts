import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './tables.ts';

const EPOCH = 'epoch';
/** The demand that was met last. */
const NOT_BEFORE = 'epoch-not-before';

/**
 * The epoch of a database: when it was born, unless a later one was demanded since, as after a restore, when its
 * revisions begin again at older ones than the signs have seen. A demand is met once: by a time of its own or, where a
 * clock was ahead at birth, by the next number.
 */
export const epochOfDatabase = (
  { db }: Engine,
  { nowMs, notBeforeMs }: { readonly nowMs: number; readonly notBeforeMs: number | undefined },
): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const born = await tx
      .insertInto('meta')
      .values({ name: EPOCH, value: Math.max(nowMs, notBeforeMs ?? nowMs) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('value')
      .executeTakeFirst();
    const isNews = notBeforeMs !== undefined && (await demandIsNews(tx, notBeforeMs));
    if (born !== undefined) return born.value;
    const { value: epoch } = await tx
      .selectFrom('meta')
      .select('value')
      .where('name', '=', EPOCH)
      .executeTakeFirstOrThrow();
    if (!isNews) return epoch;
    const later = Math.max(epoch + 1, notBeforeMs);
    await tx.updateTable('meta').set({ value: later }).where('name', '=', EPOCH).execute();
    return later;
  });

/** Of several instances that open the database at once, one. */
async function demandIsNews(tx: Kysely<Tables>, notBeforeMs: number): Promise<boolean> {
  const kept = await tx
    .insertInto('meta')
    .values({ name: NOT_BEFORE, value: notBeforeMs })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value: notBeforeMs }).where('meta.value', '<', notBeforeMs),
    )
    .returning('value')
    .executeTakeFirst();
  return kept !== undefined;
}
