import type { Sql } from './engine.ts';
import type { PairingRecords } from './fleet-port.ts';
import { textOf } from './free-text.ts';
import { addWrongTry, wrongTries } from './wrong-tries.ts';

export const pairingRecords = (sql: Sql): PairingRecords => {
  const { db } = sql;
  const inForce = (nowMs: number) =>
    db
      .selectFrom('pairing_codes')
      .select(['sign_id as signId', 'code', 'expires_at_ms as expiresAtMs'])
      .where('expires_at_ms', '>', nowMs);
  const spend = async (signId: string) => {
    await db.deleteFrom('pairing_codes').where('sign_id', '=', signId).execute();
  };
  return {
    codeOf: (signId, nowMs) => inForce(nowMs).where('sign_id', '=', signId).executeTakeFirst(),
    byCode: (code, nowMs) => inForce(nowMs).where('code', '=', code).executeTakeFirst(),

    async put({ signId, code, expiresAtMs }, nowMs) {
      await db.deleteFrom('pairing_codes').where('expires_at_ms', '<=', nowMs).execute();
      const holder = await inForce(nowMs).where('code', '=', code).executeTakeFirst();
      if (holder !== undefined && holder.signId !== signId) return false;
      await spend(signId);
      // Another sign may have taken it since we looked.
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('pairing_codes')
        .values({ sign_id: signId, code, expires_at_ms: expiresAtMs })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows > 0n;
    },

    async countPending(nowMs) {
      const { count } = await db
        .selectFrom('pairing_codes')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirstOrThrow();
      return count;
    },

    async pendingAddresses(nowMs) {
      const rows = await db
        .selectFrom('pairing_codes')
        .innerJoin('signs', 'signs.id', 'pairing_codes.sign_id')
        .select('signs.address')
        .where('pairing_codes.expires_at_ms', '>', nowMs)
        .where('signs.address', 'is not', null)
        .execute();
      return rows.map(({ address }) => textOf(address ?? ''));
    },

    spend,
    addWrongTry: (wrongTry) => addWrongTry(sql, 'pairing_tries', wrongTry),
    wrongTries: (who, sinceMs) => wrongTries(sql, 'pairing_tries', who, sinceMs),
  };
};
