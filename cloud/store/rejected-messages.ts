import { sql } from 'kysely';
import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';
import type { RejectedMessage, RejectedRecords } from './port.ts';

type MessageRow = {
  reason: string;
  body: Uint8Array;
  message_key: string;
  enqueued_at_ms: number;
  content_type: string | null;
};

/** What was refused for two reasons is two rows but one message: they come together, whatever the limit. */
export async function messagesOf(
  { db }: Sql,
  sensorId: string,
  limit: number,
  after?: Parameters<RejectedRecords['messagesOf']>[2],
): Promise<RejectedMessage[]> {
  const isAfter =
    after === undefined
      ? sql`true`
      : sql`(enqueued_at_ms, message_key) > (${after.enqueuedAtMs}, ${columnOf(after.messageKey)})`;
  // Cross joins, because SQLite keeps to their order: it would rather read all messages of the sensor for each page.
  const { rows } = await sql<MessageRow>`
    select message.reason, rejected.body, message.message_key, message.enqueued_at_ms, message.content_type
    from (
      select distinct enqueued_at_ms, message_key from rejected_messages
      where sensor_id = ${sensorId} and ${isAfter}
      order by enqueued_at_ms, message_key limit ${limit}
    ) as page
    cross join rejected_messages as message
    cross join rejected
    where message.sensor_id = ${sensorId} and message.enqueued_at_ms = page.enqueued_at_ms
      and message.message_key = page.message_key and rejected.sensor_id = ${sensorId}
      and rejected.reason = message.reason and rejected.body_sha256 = message.body_sha256
    order by message.enqueued_at_ms, message.message_key, message.reason`.execute(db);
  return rows.map((row) => ({
    sensorId,
    reason: row.reason,
    // pg gives a Buffer; the port speaks of bytes.
    body: new Uint8Array(row.body),
    messageKey: textOf(row.message_key),
    enqueuedAtMs: row.enqueued_at_ms,
    contentType: row.content_type === null ? null : textOf(row.content_type),
  }));
}

type MessageName = Parameters<RejectedRecords['forget']>[0][number];

/** Of each body that no message is left, the row goes too. */
export async function forgetMessages(store: Sql, messages: readonly MessageName[]): Promise<void> {
  const ofOneReason = Map.groupBy(messages, ({ sensorId, reason }) => JSON.stringify([sensorId, reason]));
  for (const [first, ...others] of ofOneReason.values()) {
    if (first !== undefined) await forgetOfReason(store, first, [first, ...others]);
  }
}

async function forgetOfReason(
  { db, dialect }: Sql,
  { sensorId, reason }: MessageName,
  messages: readonly MessageName[],
): Promise<void> {
  const ofReason = { sensor_id: sensorId, reason };
  const keys = messages.map(({ messageKey }) => columnOf(messageKey));
  const gone = await db
    .deleteFrom('rejected_messages')
    .where(({ and }) => and(ofReason))
    .where(dialect.oneOf('message_key', keys))
    .returning('body_sha256')
    .execute();
  await forgetBodies({ db, dialect }, ofReason, [...new Set(gone.map((message) => message.body_sha256))]);
}

/** Those of these bodies that no message is left of. */
async function forgetBodies(
  { db, dialect }: Pick<Sql, 'db' | 'dialect'>,
  ofReason: { readonly sensor_id: string; readonly reason: string },
  bodies: readonly string[],
): Promise<void> {
  // Whoever brings such a body just now has the row or waits for it; the next statement sees what they brought.
  await db
    .selectFrom('rejected')
    .select('body_sha256')
    .where(({ and }) => and(ofReason))
    .where(dialect.oneOf('body_sha256', bodies))
    .orderBy('body_sha256')
    .modifyEnd(dialect.forUpdate)
    .execute();
  const stillThere = db
    .selectFrom('rejected_messages')
    .select('body_sha256')
    .where(({ and }) => and(ofReason));
  await db
    .deleteFrom('rejected')
    .where(({ and }) => and(ofReason))
    .where(dialect.oneOf('body_sha256', bodies))
    .where('body_sha256', 'not in', stillThere)
    .execute();
}

/** Forgets the oldest messages of a sensor; gives how many. One that was refused for two reasons is one. */
export async function forgetOldest({ db, dialect }: Sql, sensorId: string, limit: number): Promise<number> {
  const oldest = await db
    .selectFrom('rejected_messages')
    .select(['enqueued_at_ms', 'message_key'])
    .distinct()
    .where('sensor_id', '=', sensorId)
    .orderBy('enqueued_at_ms')
    .orderBy('message_key')
    .limit(limit)
    .execute();
  const keys = [...new Set(oldest.map((message) => message.message_key))];
  if (keys.length === 0) return 0;
  const gone = await db
    .deleteFrom('rejected_messages')
    .where('sensor_id', '=', sensorId)
    .where(dialect.oneOf('message_key', keys))
    .returning(['reason', 'body_sha256'])
    .execute();
  const byReason = [...Map.groupBy(gone, ({ reason }) => reason)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  for (const [reason, messages] of byReason) {
    const bodies = [...new Set(messages.map((message) => message.body_sha256))];
    await forgetBodies({ db, dialect }, { sensor_id: sensorId, reason }, bodies);
  }
  return keys.length;
}

/** One that was refused for two reasons is one. */
export async function countOf({ db }: Sql, sensorId: string): Promise<number> {
  const { messages } = await db
    .selectFrom('rejected_messages')
    .select(({ fn }) => fn.count<number>('message_key').distinct().as('messages'))
    .where('sensor_id', '=', sensorId)
    .executeTakeFirstOrThrow();
  return Number(messages);
}
