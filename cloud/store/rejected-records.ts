import { createHash } from 'node:crypto';
import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';
import type { RejectedRecords, Rejection } from './port.ts';

export const rejectedRecords = (sql: Sql): RejectedRecords => ({
  keep: (rejections, atMs) => keep(sql, rejections, atMs),

  async list(limit) {
    const rows = await sql.db
      .selectFrom('rejected')
      .selectAll()
      .orderBy('last_seen_at_ms', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      sensorId: row.sensor_id,
      reason: row.reason,
      detail: textOf(row.detail),
      // pg gives a Buffer; the port speaks of bytes.
      body: new Uint8Array(row.body),
      times: row.times,
      firstSeenAtMs: row.first_seen_at_ms,
      lastSeenAtMs: row.last_seen_at_ms,
    }));
  },
});

async function keep({ db }: Sql, rejections: readonly Rejection[], atMs: number): Promise<void> {
  for (const { rejection, sha256, times } of counted(rejections)) {
    await db
      .insertInto('rejected')
      .values({
        sensor_id: rejection.sensorId,
        reason: rejection.reason,
        body_sha256: sha256,
        detail: columnOf(rejection.detail),
        body: rejection.body,
        times,
        first_seen_at_ms: atMs,
        last_seen_at_ms: atMs,
      })
      .onConflict((conflict) =>
        conflict.columns(['sensor_id', 'reason', 'body_sha256']).doUpdateSet((row) => ({
          times: row('rejected.times', '+', row.ref('excluded.times')),
          last_seen_at_ms: row.ref('excluded.last_seen_at_ms'),
        })),
      )
      .execute();
  }
}

type Counted = { readonly rejection: Rejection; readonly sha256: string; readonly times: number };

/** One a row, in one order for all batches, so that two of them never wait for each other in a circle. */
function counted(rejections: readonly Rejection[]): Counted[] {
  const byRow = new Map<string, Counted>();
  for (const rejection of rejections) {
    const sha256 = createHash('sha256').update(rejection.body).digest('base64url');
    const key = `${rejection.sensorId} ${rejection.reason} ${sha256}`;
    byRow.set(key, { rejection, sha256, times: (byRow.get(key)?.times ?? 0) + 1 });
  }
  return [...byRow].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
