import type { Sql } from './engine.ts';
import type { PresenceRecords } from './port.ts';

/** A row is made by whichever news comes first. SignalR never uses a connection's id again, so what is closed stays closed. */
export const presenceRecords = ({ db, dialect }: Sql): PresenceRecords => ({
  async connected({ connectionId, signId, atMs }) {
    const known = { sign_id: signId, connected_at_ms: atMs };
    await db
      .insertInto('connections')
      .values({ id: connectionId, ...known, disconnected_at_ms: null, ended: null })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(known).where('connections.connected_at_ms', 'is', null),
      )
      .execute();
  },

  async disconnected({ connectionId, atMs, ended = null }) {
    await db
      .insertInto('connections')
      .values({ id: connectionId, sign_id: null, connected_at_ms: null, disconnected_at_ms: atMs, ended })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ disconnected_at_ms: atMs, ended })
          .where('connections.disconnected_at_ms', 'is', null),
      )
      .execute();
  },

  openConnections: (signId) =>
    db
      .selectFrom('connections')
      .select(({ ref }) => ['id as connectionId', ref('connected_at_ms').$notNull().as('atMs')])
      .where('sign_id', '=', signId)
      .where('disconnected_at_ms', 'is', null)
      .orderBy('connected_at_ms')
      .orderBy('id')
      .execute(),

  openCounts: (signIds) =>
    db
      .selectFrom('connections')
      .select(({ fn, ref }) => [
        ref('sign_id').$notNull().as('signId'),
        fn.countAll<number>().as('connections'),
      ])
      .where(dialect.oneOf('sign_id', signIds))
      .where('disconnected_at_ms', 'is', null)
      .groupBy('sign_id')
      .execute(),

  async lastEnds(signIds) {
    const signs = signIds.map((signId) => ({ sign_id: signId }));
    // Of each sign one row is read: a bad network leaves thousands a day.
    const rows = await db
      .selectFrom(dialect.boundRows<{ sign_id: string }>({ sign_id: 'text' }, signs))
      .innerJoin('connections', (join) =>
        join.on('connections.id', '=', (of) =>
          of
            .selectFrom('connections as ended')
            .select('ended.id')
            .whereRef('ended.sign_id', '=', 'r.sign_id')
            .where('ended.disconnected_at_ms', 'is not', null)
            .orderBy('ended.disconnected_at_ms', 'desc')
            .orderBy('ended.id', 'desc')
            .limit(1),
        ),
      )
      .select(({ ref }) => [
        'r.sign_id as signId',
        ref('disconnected_at_ms').$notNull().as('atMs'),
        'ended as how',
      ])
      .execute();
    return rows;
  },

  async forgetClosed(beforeMs) {
    await db.deleteFrom('connections').where('disconnected_at_ms', '<', beforeMs).execute();
  },
});
