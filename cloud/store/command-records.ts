import { sql as raw, type Selectable } from 'kysely';
import type { Sql } from './engine.ts';
import type { CommandRecord, CommandRecords } from './fleet-port.ts';
import { columnOf, textOf } from './free-text.ts';
import type { Tables } from './tables.ts';

export const commandRecords = ({ db, dialect }: Sql): CommandRecords => ({
  async add(commands) {
    await dialect.insertRows(db, {
      into: 'commands',
      columns: {
        command_id: 'text',
        place_id: 'text',
        kind: 'text',
        made_by: 'text',
        asked_at_ms: 'integer',
        expires_at_ms: 'integer',
        status: 'text',
        status_at_ms: 'integer',
        why: 'text',
      },
      rows: commands.map((command) => ({
        command_id: columnOf(command.commandId),
        place_id: command.placeId,
        kind: command.kind,
        made_by: columnOf(command.by),
        asked_at_ms: command.askedAtMs,
        expires_at_ms: command.expiresAtMs,
        status: command.status,
        status_at_ms: command.statusAtMs,
        why: columnOf(command.why),
      })),
    });
  },

  async waiting(placeId, nowMs, limit) {
    const rows = await db
      .selectFrom('commands')
      .selectAll()
      .where('place_id', '=', placeId)
      // In words, because an index on a part of the rows is not found by a bound value.
      .where(raw<boolean>`status = 'waiting'`)
      .where('expires_at_ms', '>', nowMs)
      .orderBy('number')
      .limit(limit)
      .execute();
    return rows.map(commandOf);
  },

  async newestOf(placeIds, limit) {
    const places = [...new Set(placeIds)].map((placeId) => ({ place_id: placeId }));
    // Of each place only these are read, by its index: a year of nightly reloads is no reason to be slow.
    const firstOfNewest = db
      .selectFrom('commands as newer')
      .select('newer.number')
      .where(raw<boolean>`newer.place_id = r.place_id`)
      .orderBy('newer.number', 'desc')
      .limit(1)
      .offset(limit - 1);
    const rows = await db
      .selectFrom(dialect.boundRows<{ place_id: string }>({ place_id: 'text' }, places))
      .innerJoin('commands', (join) =>
        join
          .onRef('commands.place_id', '=', 'r.place_id')
          .on('commands.number', '>=', ({ fn, val }) => fn.coalesce(firstOfNewest, val(0))),
      )
      .selectAll('commands')
      .orderBy('commands.number', 'desc')
      .execute();
    return rows.map(commandOf);
  },

  async open(placeId, commandId) {
    const row = await db
      .selectFrom('commands')
      .selectAll()
      .where('command_id', '=', columnOf(commandId))
      .where('place_id', '=', placeId)
      .where('status', 'in', ['waiting', 'received'])
      .modifyEnd(dialect.forUpdate)
      .executeTakeFirst();
    return row === undefined ? undefined : commandOf(row);
  },

  async answer({ commandId, placeId, status, atMs, why }) {
    const { numUpdatedRows } = await db
      .updateTable('commands')
      .set({ status, status_at_ms: atMs, why: columnOf(why) })
      .where('command_id', '=', columnOf(commandId))
      .where('place_id', '=', placeId)
      .where('status', 'in', ['waiting', 'received'])
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  async takeBack({ placeId, kind, atMs, why }) {
    await db
      .updateTable('commands')
      .set({ status: 'failed', status_at_ms: atMs, why: columnOf(why) })
      .where('place_id', '=', placeId)
      .where('kind', '=', kind)
      .where('status', 'in', ['waiting', 'received'])
      .execute();
  },
});

const commandOf = (row: Selectable<Tables['commands']>): CommandRecord => ({
  commandId: textOf(row.command_id),
  placeId: row.place_id,
  kind: row.kind,
  by: textOf(row.made_by),
  askedAtMs: row.asked_at_ms,
  expiresAtMs: row.expires_at_ms,
  status: row.status,
  statusAtMs: row.status_at_ms,
  why: textOf(row.why),
});
