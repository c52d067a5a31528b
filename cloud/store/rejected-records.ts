import { createHash } from 'node:crypto';
import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';
import type { RejectedRecords, Rejection } from './port.ts';
import { countOf, forgetMessages, forgetOldest, messagesOf } from './rejected-messages.ts';

/** A row for each body that was refused, and one for each message that brought it. */
export const rejectedRecords = (sql: Sql): RejectedRecords => ({
  keep: (rejections, atMs) => keep(sql, rejections, atMs),
  messagesOf: (sensorId, limit, after) => messagesOf(sql, sensorId, limit, after),
  forget: (messages) => forgetMessages(sql, messages),
  countOf: (sensorId) => countOf(sql, sensorId),
  forgetOldest: (sensorId, limit) => forgetOldest(sql, sensorId, limit),

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

async function keep(sql: Sql, rejections: readonly Rejection[], atMs: number): Promise<readonly Rejection[]> {
  const messages = byName(rejections, ({ sensorId, reason, messageKey }) => [sensorId, reason, messageKey]);
  const hashed = messages.map(([rejection]) => ({ rejection, sha256: sha256Of(rejection.body) }));
  const isNew = await insertMessages(sql, hashed);
  const fresh = hashed.filter((_, index) => isNew[index]);
  await countBodies(sql, fresh, atMs);
  return fresh.map(({ rejection }) => rejection);
}

type Hashed = { readonly rejection: Rejection; readonly sha256: string };

const sha256Of = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64url');

const insertMessages = ({ db, dialect }: Sql, hashed: readonly Hashed[]): Promise<readonly boolean[]> =>
  dialect.insertRows(db, {
    into: 'rejected_messages',
    columns: {
      sensor_id: 'text',
      message_key: 'text',
      reason: 'text',
      body_sha256: 'text',
      enqueued_at_ms: 'integer',
      content_type: 'text',
    },
    rows: hashed.map(({ rejection, sha256 }) => ({
      sensor_id: rejection.sensorId,
      message_key: columnOf(rejection.messageKey),
      reason: rejection.reason,
      body_sha256: sha256,
      enqueued_at_ms: rejection.enqueuedAtMs,
      content_type: rejection.contentType === null ? null : columnOf(rejection.contentType),
    })),
    key: ['sensor_id', 'reason', 'message_key'],
  });

async function countBodies({ db, dialect }: Sql, hashed: readonly Hashed[], atMs: number): Promise<void> {
  const bodies = byName(hashed, ({ rejection, sha256 }) => [rejection.sensorId, rejection.reason, sha256]);
  await dialect.insertRows(db, {
    into: 'rejected',
    columns: {
      sensor_id: 'text',
      reason: 'text',
      body_sha256: 'text',
      detail: 'text',
      body: 'bytes',
      times: 'integer',
      first_seen_at_ms: 'integer',
      last_seen_at_ms: 'integer',
    },
    rows: bodies.map(([{ rejection, sha256 }, times]) => ({
      sensor_id: rejection.sensorId,
      reason: rejection.reason,
      body_sha256: sha256,
      detail: columnOf(rejection.detail),
      body: rejection.body,
      times,
      first_seen_at_ms: atMs,
      last_seen_at_ms: atMs,
    })),
    key: ['sensor_id', 'reason', 'body_sha256'],
    adds: ['times'],
    replaces: ['last_seen_at_ms'],
  });
}

/** The first of each name and how many there are; in one order for all, so that no two batches wait in a circle. */
function byName<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => readonly string[],
): (readonly [Item, number])[] {
  const named = [...Map.groupBy(items, (item) => JSON.stringify(nameOf(item)))];
  return named
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) => (first === undefined ? [] : [[first, 1 + others.length] as const]));
}
