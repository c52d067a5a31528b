import type { Sql } from './engine.ts';
import type { PushRecords } from './port.ts';

/** The clocks of a hub and of its functions may be this far apart. */
const CLOCKS_DIFFER_MS = 60_000;

export const pushRecords = ({ db, dialect: { forUpdate } }: Sql): PushRecords => ({
  async forgetFuture(nowMs) {
    const future = nowMs + CLOCKS_DIFFER_MS;
    // Every store's proof is renewed all the time, so the newest one tells whether the clock ever was ahead; it is indexed.
    const ahead = await db
      .selectFrom('stores')
      .select('id')
      .where('proof_sent_at_ms', '>', future)
      .orderBy('id')
      .modifyEnd(forUpdate)
      .execute();
    if (ahead.length === 0) return;
    await db
      .updateTable('stores')
      .set({ sent_at_ms: null, proof_sent_at_ms: null, push_due: 1, review_at_ms: 0 })
      .where('proof_sent_at_ms', '>', future)
      .execute();
    await db
      .updateTable('sensor_states')
      .set({ heard_until_ms: null })
      .where('heard_until_ms', '>', future)
      .execute();
  },

  async storesToTell({ sentBeforeMs, proofBeforeMs }) {
    // Each half has an index of its own; one `or` over both would read every store, every second.
    const rows = await db
      .selectFrom('stores')
      .select('id')
      .where(({ eb, lit, or }) =>
        // A literal, because an index on a part of the rows is not found by a bound value.
        eb('push_due', '=', lit(1)).and(
          or([eb('sent_at_ms', 'is', null), eb('sent_at_ms', '<', sentBeforeMs)]),
        ),
      )
      .unionAll(
        db
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
    const rows = await db
      .selectFrom('stores')
      .leftJoin('doors', (join) => join.onRef('doors.store_id', '=', 'stores.id').on('doors.silent', '=', 0))
      .leftJoin('sensors', (join) =>
        join.onRef('sensors.store_id', '=', 'doors.store_id').onRef('sensors.door_id', '=', 'doors.id'),
      )
      .leftJoin('sensor_states', 'sensor_states.sensor_id', 'sensors.id')
      .select('stores.id')
      .where('stores.review_at_ms', '<=', nowMs)
      .where(({ and, eb, or }) =>
        or([
          eb('stores.day_ends_at_ms', '<=', nowMs),
          eb('stores.day_starts_at_ms', '>', nowMs),
          and([
            eb('doors.id', 'is not', null),
            or([
              eb('sensor_states.heard_until_ms', 'is', null),
              eb(eb('sensor_states.heard_until_ms', '+', eb.ref('stores.live_for_ms')), '<', nowMs),
            ]),
          ]),
        ]),
      )
      .execute();
    return idsInOrder(rows);
  },
});

/** Ids are ASCII, so this is their order by byte too. Asked of the database, it would walk all stores by id to get it. */
const idsInOrder = (rows: readonly { id: string }[]): string[] =>
  [...new Set(rows.map((row) => row.id))].sort();
