import type { Sql } from './engine.ts';
import { forgetFuture } from './forget-future.ts';
import type { PushRecords } from './port.ts';

export const pushRecords = (sql: Sql): PushRecords => ({
  forgetFuture: (nowMs) => forgetFuture(sql, nowMs),

  async storesToTell({ sentBeforeMs, proofBeforeMs }) {
    // Each half has an index of its own; one `or` over both would read every store, every second.
    const rows = await sql.db
      .selectFrom('stores')
      .select('id')
      .where(({ eb, lit, or }) =>
        // A literal, because an index on a part of the rows is not found by a bound value.
        eb('push_due', '=', lit(1)).and(
          or([eb('sent_at_ms', 'is', null), eb('sent_at_ms', '<', sentBeforeMs)]),
        ),
      )
      .unionAll(
        sql.db
          .selectFrom('stores')
          .select('id')
          .where(({ eb, or }) =>
            or([eb('proof_sent_at_ms', 'is', null), eb('proof_sent_at_ms', '<', proofBeforeMs)]),
          ),
      )
      .execute();
    return idsInOrder(rows);
  },

  async storesToReview(nowMs) {
    const rows = await sql.db.selectFrom('stores').select('id').where('review_at_ms', '<=', nowMs).execute();
    return idsInOrder(rows);
  },
});

/** Ids are ASCII, so this is their order by byte too. Asked of the database, it would walk all stores by id to get it. */
const idsInOrder = (rows: readonly { id: string }[]): string[] =>
  [...new Set(rows.map((row) => row.id))].sort();
