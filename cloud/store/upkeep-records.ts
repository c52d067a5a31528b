import { sql as raw } from 'kysely';
import type { Sql } from './engine.ts';
import type { UpkeepRecords } from './port.ts';
import { ranSince, runningSince } from './running-since.ts';
import type { Tables } from './tables.ts';

/** In the order in which a batch writes, so that the two seldom wait for each other in a circle. */
export const upkeepRecords = (sql: Sql): UpkeepRecords => ({
  runningSince: (nowMs) => runningSince(sql, nowMs),
  ranSince: (nowMs) => ranSince(sql, nowMs),

  async prune({ ledgerBeforeMs, rejectedBeforeMs, connectionsBeforeMs, historyBeforeMs, limit }) {
    const forget = <Name extends keyof Tables>(beforeMs: number, old: Old<Name>) =>
      forgetOldest(sql, old, beforeMs, limit);
    await forget(ledgerBeforeMs, {
      from: 'ledger',
      key: ['sensor_id', 'reading_key'],
      time: 'enqueued_at_ms',
    });
    await forget(rejectedBeforeMs, {
      from: 'rejected_messages',
      key: ['sensor_id', 'reason', 'message_key'],
      time: 'enqueued_at_ms',
    });
    await forget(rejectedBeforeMs, {
      from: 'rejected',
      key: ['sensor_id', 'reason', 'body_sha256'],
      time: 'last_seen_at_ms',
    });
    await forget(historyBeforeMs, {
      from: 'minute_flows',
      key: ['store_id', 'door_id', 'minute_ms'],
      time: 'minute_ms',
    });
    await forget(historyBeforeMs, {
      from: 'zone_adjustments',
      key: ['store_id', 'zone_id', 'minute_ms'],
      time: 'minute_ms',
    });
    await forget(historyBeforeMs, { from: 'step_flows', key: ['store_id', 'step_ms'], time: 'step_ms' });
    await forget(historyBeforeMs, { from: 'corrections', key: ['number'], time: 'at_ms' });
    await forget(historyBeforeMs, { from: 'alert_events', key: ['number'], time: 'at_ms' });
    await forget(historyBeforeMs, { from: 'commands', key: ['number'], time: 'asked_at_ms' });
    await forget(historyBeforeMs, {
      from: 'alert_paintings',
      key: ['store_id', 'alert_key', 'place_id'],
      time: 'painted_at_ms',
    });
    await forget(historyBeforeMs, { from: 'messages', key: ['message_id'], time: 'sent_at_ms' });
    await forget(historyBeforeMs, {
      from: 'message_groups',
      key: ['message_id', 'store_group_id'],
      time: 'sent_at_ms',
    });
    await forget(historyBeforeMs, {
      from: 'message_paintings',
      key: ['message_id', 'place_id'],
      time: 'painted_at_ms',
    });
    await forget(connectionsBeforeMs, { from: 'pairing_tries', key: ['number'], time: 'at_ms' });
    await forget(connectionsBeforeMs, { from: 'wrong_keys', key: ['number'], time: 'at_ms' });
    await forget(connectionsBeforeMs, { from: 'sessions', key: ['number'], time: 'expires_at_ms' });
    // A place that has not ended has no such time, and is never before any.
    await forget(historyBeforeMs, { from: 'sensor_places', key: ['number'], time: 'until_ms' });
    await forget(connectionsBeforeMs, {
      from: 'connections',
      key: ['id'],
      time: 'connected_at_ms',
      where: 'disconnected_at_ms is null',
    });
  },
});

/** Rows that grow old by the column `time`; `where`: only these of them, in SQL, for an index on a part of the rows. */
type Old<Name extends keyof Tables> = {
  readonly from: Name;
  readonly key: readonly (keyof Tables[Name] & string)[];
  readonly time: keyof Tables[Name] & string;
  readonly where?: string;
};

async function forgetOldest<Name extends keyof Tables>(
  { db }: Sql,
  { from, key, time, where = 'true' }: Old<Name>,
  beforeMs: number,
  limit: number,
): Promise<void> {
  const columns = raw.join(key.map((column) => raw.ref(column)));
  const isOld = raw`${raw.ref(time)} < ${beforeMs}`;
  // Asked again of each row: it may have changed while we waited for it.
  await raw`delete from ${raw.table(from)} where (${columns}) in (
    select ${columns} from ${raw.table(from)} where ${isOld} and ${raw.raw(where)}
    order by ${raw.ref(time)} limit ${limit}
  ) and ${isOld}`.execute(db);
}
