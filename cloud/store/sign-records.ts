import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Sql } from './engine.ts';
import type { SignRecord, SignRecords } from './port.ts';
import type { Tables } from './tables.ts';

export const signRecords = ({ db }: Sql): SignRecords => {
  const sign = async (signId: string) => {
    const row = await db.selectFrom('signs').selectAll().where('id', '=', signId).executeTakeFirst();
    return row === undefined ? undefined : signOf(row);
  };
  return {
    sign,

    async enrol({ signId, publicKey, atMs }) {
      await db
        .insertInto('signs')
        .values({
          id: signId,
          key_x: publicKey.x,
          key_y: publicKey.y,
          store_group_id: null,
          enrolled_at_ms: atMs,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db.selectFrom('signs').selectAll().where('id', '=', signId).executeTakeFirstOrThrow();
      return signOf(row);
    },

    async listSigns(limit) {
      const newestFirst = db.selectFrom('signs').selectAll().orderBy('enrolled_at_ms', 'desc').orderBy('id');
      return (await newestFirst.limit(limit).execute()).map(signOf);
    },

    async assign(signId, storeGroupId) {
      const { numUpdatedRows } = await db
        .updateTable('signs')
        .set({ store_group_id: storeGroupId })
        .where('id', '=', signId)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async countUnassigned() {
      const { count } = await db
        .selectFrom('signs')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('store_group_id', 'is', null)
        .executeTakeFirstOrThrow();
      return count;
    },

    async forgetUnassigned(beforeMs) {
      await db
        .deleteFrom('signs')
        .where('store_group_id', 'is', null)
        .where('enrolled_at_ms', '<', beforeMs)
        .execute();
    },

    async addNonce({ signId, nonce, nowMs, expiresAtMs, keep }) {
      await db.deleteFrom('nonces').where('expires_at_ms', '<=', nowMs).execute();
      await db
        .insertInto('nonces')
        .values({ sign_id: signId, sha256: sha256(nonce), expires_at_ms: expiresAtMs })
        .execute();
      const newest = db
        .selectFrom('nonces')
        .select('number')
        .where('sign_id', '=', signId)
        .orderBy('number', 'desc')
        .limit(keep);
      await db.deleteFrom('nonces').where('sign_id', '=', signId).where('number', 'not in', newest).execute();
    },

    async spendNonce({ signId, nonce, nowMs }) {
      const { numDeletedRows } = await db
        .deleteFrom('nonces')
        .where('sign_id', '=', signId)
        .where('sha256', '=', sha256(nonce))
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
};

const signOf = (row: Selectable<Tables['signs']>): SignRecord => ({
  signId: row.id,
  publicKey: { kty: 'EC', crv: 'P-256', x: row.key_x, y: row.key_y },
  storeGroupId: row.store_group_id,
  enrolledAtMs: row.enrolled_at_ms,
});

/** A nonce is kept like a password: whoever reads the database cannot use it. */
const sha256 = (nonce: string): string => createHash('sha256').update(nonce).digest('base64url');
