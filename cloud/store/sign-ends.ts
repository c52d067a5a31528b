import type { Sql } from './engine.ts';
import type { SignRecords } from './fleet-port.ts';
import { textOf } from './free-text.ts';
import { StoreError } from './store-error.ts';

/** How signs come to an end: revoked, replaced by another, or forgotten because nobody ever gave them a place. */
export const signEnds = (
  sql: Sql,
): Pick<
  SignRecords,
  'revoke' | 'replace' | 'countUnassigned' | 'unassignedAddresses' | 'forgetUnassigned'
> => {
  const { db, dialect } = sql;
  return {
    async revoke(signId, atMs) {
      await removeScreenshot(sql, signId);
      return end(sql, signId, { revoked_at_ms: atMs, replaced_by: null });
    },

    async replace({ signId, bySignId, atMs }) {
      const taken = await db
        .selectFrom('signs')
        .select(['place_id', 'name', 'store_group_id', 'settings'])
        .where('id', '=', signId)
        .where('revoked_at_ms', 'is', null)
        .modifyEnd(dialect.forUpdate)
        .executeTakeFirst();
      if (taken === undefined) throw changedMeanwhile();
      await end(sql, signId, { revoked_at_ms: atMs, replaced_by: bySignId });
      const { numUpdatedRows } = await db
        .updateTable('signs')
        .set(taken)
        .where('id', '=', bySignId)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw changedMeanwhile();
    },

    async countUnassigned() {
      const { count } = await db
        .selectFrom('signs')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('store_group_id', 'is', null)
        .where('revoked_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      return count;
    },

    async unassignedAddresses() {
      const rows = await db
        .selectFrom('signs')
        .select('address')
        .where('store_group_id', 'is', null)
        .where('revoked_at_ms', 'is', null)
        .where('name', '=', '')
        .where('address', 'is not', null)
        .execute();
      return rows.map(({ address }) => textOf(address ?? ''));
    },

    async forgetUnassigned(beforeMs, silentBeforeMs = beforeMs) {
      const forgotten = await db
        .deleteFrom('signs')
        .where('store_group_id', 'is', null)
        .where('revoked_at_ms', 'is', null)
        .where('name', '=', '')
        .where((of) =>
          of.or([
            of('enrolled_at_ms', '<', beforeMs),
            of('heard_at_ms', 'is', null).and('enrolled_at_ms', '<', silentBeforeMs),
          ]),
        )
        .returning(['id', 'place_id'])
        .execute();
      if (forgotten.length === 0) return;
      const theirs = dialect.oneOf(
        'sign_id',
        forgotten.map(({ id }) => id),
      );
      await db.deleteFrom('pairing_codes').where(theirs).execute();
      await db.deleteFrom('nonces').where(theirs).execute();
      const places = forgotten.map(({ place_id }) => place_id);
      await db.deleteFrom('screenshots').where(dialect.oneOf('place_id', places)).execute();
    },
  };
};

/** Of the place that the sign has; a replaced one has none any more. */
export async function removeScreenshot({ db }: Sql, signId: string): Promise<void> {
  const place = db
    .selectFrom('signs')
    .select('place_id')
    .where('id', '=', signId)
    .where('revoked_at_ms', 'is', null);
  await db.deleteFrom('screenshots').where('place_id', 'in', place).execute();
}

/** Whoever replaces a sign has looked at both. What they saw is other now, so the whole work is done again. */
const changedMeanwhile = () =>
  new StoreError('ERR_STORE_CONFLICT', 'one of the two signs is unknown or revoked');

async function end(
  { db }: Sql,
  signId: string,
  how: { readonly revoked_at_ms: number; readonly replaced_by: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('signs')
    .set({ ...how, store_group_id: null })
    .where('id', '=', signId)
    .where('revoked_at_ms', 'is', null)
    .executeTakeFirst();
  await db.deleteFrom('pairing_codes').where('sign_id', '=', signId).execute();
  return numUpdatedRows > 0n;
}
