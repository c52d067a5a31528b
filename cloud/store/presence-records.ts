import type { Sql } from './engine.ts';
import type { PresenceRecords } from './port.ts';

/** A row is made by whichever news comes first. SignalR never uses a connection's id again, so what is closed stays closed. */
export const presenceRecords = ({ db, dialect }: Sql): PresenceRecords => ({
  async connected({ connectionId, signId, atMs }) {
    const known = { sign_id: signId, connected_at_ms: atMs };
    await db
      .insertInto('connections')
      .values({ id: connectionId, ...known, disconnected_at_ms: null })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(known).where('connections.connected_at_ms', 'is', null),
      )
      .execute();
  },

  async disconnected({ connectionId, atMs }) {
    await db
      .insertInto('connections')
      .values({ id: connectionId, sign_id: null, connected_at_ms: null, disconnected_at_ms: atMs })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ disconnected_at_ms: atMs })
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

  async forgetClosed(beforeMs) {
    await db.deleteFrom('connections').where('disconnected_at_ms', '<', beforeMs).execute();
  },
});
