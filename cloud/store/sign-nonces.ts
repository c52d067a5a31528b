import { createHash } from 'node:crypto';
import type { Sql } from './engine.ts';
import type { SignRecords } from './fleet-port.ts';

export const signNonces = ({ db }: Sql): Pick<SignRecords, 'addNonce' | 'spendNonce'> => ({
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
});

/** A nonce is kept like a password: whoever reads the database cannot use it. */
const sha256 = (nonce: string): string => createHash('sha256').update(nonce).digest('base64url');
