import type { Sql } from './engine.ts';
import type { UpkeepRecords } from './port.ts';

/** Rejected messages before the ledger, as a batch writes them, so that the two seldom wait for each other in a circle. */
export const upkeepRecords = (sql: Sql): UpkeepRecords => ({
  async prune({ ledgerBeforeMs, rejectedBeforeMs, connectionsBeforeMs, limit }) {
    await pruneRejected(sql, rejectedBeforeMs, limit);
    await pruneLedger(sql, ledgerBeforeMs, limit);
    await pruneConnections(sql, connectionsBeforeMs, limit);
  },
});

async function pruneRejected({ db }: Sql, beforeMs: number, limit: number): Promise<void> {
  const old = db
    .selectFrom('rejected')
    .select(['sensor_id', 'reason', 'body_sha256'])
    .where('last_seen_at_ms', '<', beforeMs)
    .orderBy('last_seen_at_ms')
    .limit(limit);
  await db
    .deleteFrom('rejected')
    .where(({ eb, refTuple }) =>
      eb(
        refTuple('sensor_id', 'reason', 'body_sha256'),
        'in',
        old.$asTuple('sensor_id', 'reason', 'body_sha256'),
      ),
    )
    // It may have been seen again while we waited for it.
    .where('last_seen_at_ms', '<', beforeMs)
    .execute();
}

async function pruneLedger({ db }: Sql, beforeMs: number, limit: number): Promise<void> {
  const old = db
    .selectFrom('ledger')
    .select(['sensor_id', 'reading_key'])
    .where('at_ms', '<', beforeMs)
    .orderBy('at_ms')
    .limit(limit);
  await db
    .deleteFrom('ledger')
    .where(({ eb, refTuple }) =>
      eb(refTuple('sensor_id', 'reading_key'), 'in', old.$asTuple('sensor_id', 'reading_key')),
    )
    .execute();
}

async function pruneConnections({ db }: Sql, beforeMs: number, limit: number): Promise<void> {
  const old = db
    .selectFrom('connections')
    .select('id')
    .where('disconnected_at_ms', 'is', null)
    .where('connected_at_ms', '<', beforeMs)
    .orderBy('connected_at_ms')
    .limit(limit);
  await db.deleteFrom('connections').where('id', 'in', old).execute();
}
