import { type ExpressionBuilder, sql as raw, type Selectable } from 'kysely';
import type { Sql } from './engine.ts';
import type { MessageRecord, MessageRecords } from './message-port.ts';
import type { Tables } from './tables.ts';

export const messageRecords = (sql: Sql): MessageRecords => {
  const { db, dialect } = sql;
  const forOneOf = (storeGroupIds: readonly string[]) => (of: ExpressionBuilder<Tables, 'messages'>) =>
    of.or([
      of('messages.for_all', '=', 1),
      of.exists(
        of
          .selectFrom('message_groups')
          .select(raw`1`.as('one'))
          .whereRef('message_groups.message_id', '=', 'messages.message_id')
          .where(dialect.oneOf('message_groups.store_group_id', storeGroupIds)),
      ),
    ]);
  const newestFirst = () =>
    db
      .selectFrom('messages')
      .selectAll('messages')
      .orderBy('messages.sent_at_ms', 'desc')
      .orderBy('messages.message_id');

  return {
    async add({ messageId, storeGroupIds, sentAtMs, ...rest }) {
      const body = { ...rest, storeGroupIds } satisfies Body;
      await db
        .insertInto('messages')
        .values({
          message_id: messageId,
          // JSON is no free text: `JSON.stringify` writes a NUL and half a surrogate pair as escapes.
          body: JSON.stringify(body),
          for_all: storeGroupIds === null ? 1 : 0,
          sent_at_ms: sentAtMs,
          ends_at_ms: rest.ended?.atMs ?? rest.endsAtMs,
        })
        .execute();
      await dialect.insertRows(db, {
        into: 'message_groups',
        columns: { message_id: 'text', store_group_id: 'text', sent_at_ms: 'integer' },
        rows: [...new Set(storeGroupIds ?? [])].map((storeGroupId) => ({
          message_id: messageId,
          store_group_id: storeGroupId,
          sent_at_ms: sentAtMs,
        })),
      });
    },

    async message(messageId) {
      const row = await newestFirst().where('message_id', '=', messageId).executeTakeFirst();
      return row && messageOf(row);
    },

    async messages(messageIds) {
      const rows = await newestFirst().where(dialect.oneOf('message_id', messageIds)).execute();
      return rows.map(messageOf);
    },

    async inForce({ storeGroupId, placeId, nowMs, limit }) {
      const rows = await newestFirst()
        .leftJoin('message_paintings', (join) =>
          join
            .onRef('message_paintings.message_id', '=', 'messages.message_id')
            .on('message_paintings.place_id', '=', placeId),
        )
        .select('message_paintings.painted_at_ms')
        .where('messages.ends_at_ms', '>', nowMs)
        .where(forOneOf([storeGroupId]))
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...messageOf(row), paintedAtMs: row.painted_at_ms }));
    },

    async countInForce(nowMs) {
      await holdAdding(sql);
      const { count } = await db
        .selectFrom('messages')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('ends_at_ms', '>', nowMs)
        .executeTakeFirstOrThrow();
      return count;
    },

    async meantFor(storeGroupId, messageIds) {
      const rows = await newestFirst()
        .where(dialect.oneOf('messages.message_id', messageIds))
        .where(forOneOf([storeGroupId]))
        .execute();
      return rows.map(messageOf);
    },

    async newest(storeGroupIds, limit) {
      const all = newestFirst().limit(limit);
      const rows = await (storeGroupIds === null ? all : all.where(forOneOf(storeGroupIds))).execute();
      return rows.map(messageOf);
    },

    async end(messageId, ended) {
      const row = await db
        .selectFrom('messages')
        .select('body')
        .where('message_id', '=', messageId)
        .where('ends_at_ms', '>', ended.atMs)
        .modifyEnd(dialect.forUpdate)
        .executeTakeFirst();
      if (row === undefined) return false;
      await db
        .updateTable('messages')
        .set({ body: JSON.stringify({ ...parsedBody(row.body), ended }), ends_at_ms: ended.atMs })
        .where('message_id', '=', messageId)
        .execute();
      return true;
    },

    async keepPaintings(paintings) {
      const rows = paintings.map(({ messageId, placeId, paintedAtMs }) => ({
        message_id: messageId,
        place_id: placeId,
        painted_at_ms: paintedAtMs,
      }));
      await dialect.insertRows(db, {
        into: 'message_paintings',
        columns: { message_id: 'text', place_id: 'text', painted_at_ms: 'integer' },
        // In one order in all transactions, and none twice.
        rows: [...new Map(rows.map((row) => [`${row.message_id} ${row.place_id}`, row])).entries()]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([, row]) => row),
        key: ['message_id', 'place_id'],
      });
    },

    paintingsOf: (messageId) =>
      db
        .selectFrom('message_paintings')
        .select(['message_id as messageId', 'place_id as placeId', 'painted_at_ms as paintedAtMs'])
        .where('message_id', '=', messageId)
        .orderBy('painted_at_ms')
        .orderBy('place_id')
        .execute(),

    paintedCounts: (messageIds) =>
      db
        .selectFrom('message_paintings as p')
        .innerJoin('signs as s', 's.place_id', 'p.place_id')
        // Of the devices that were at a place, the last.
        .where('s.replaced_by', 'is', null)
        .where(dialect.oneOf('p.message_id', messageIds))
        .select(({ fn }) => [
          'p.message_id as messageId',
          's.store_group_id as storeGroupId',
          fn.countAll<number>().as('places'),
        ])
        .groupBy(['p.message_id', 's.store_group_id'])
        .execute(),
  };
};

/** A message that is yet to come has no row to lock: a row stands for all of them that is there from the start, and stays. */
async function holdAdding({ db, dialect }: Sql): Promise<void> {
  if (dialect.aloneInTransaction) return;
  const row = db.selectFrom('meta').select('name').where('name', '=', 'epoch');
  await row.modifyEnd(dialect.forUpdate).execute();
}

type Body = Omit<MessageRecord, 'messageId' | 'sentAtMs'>;

function parsedBody(column: string): Body {
  return JSON.parse(column);
}

const messageOf = (row: Selectable<Tables['messages']>): MessageRecord => ({
  messageId: row.message_id,
  sentAtMs: row.sent_at_ms,
  ...parsedBody(row.body),
});
