import type { AlertEvent } from '../contracts/alert.ts';
import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';
import type { HistoryRecords } from './port.ts';

export async function addAlertEvents(
  { db, dialect }: Sql,
  events: Parameters<HistoryRecords['addAlertEvents']>[0],
): Promise<void> {
  await dialect.insertRows(db, {
    into: 'alert_events',
    columns: {
      store_id: 'text',
      type: 'text',
      source: 'text',
      event: 'text',
      at_ms: 'integer',
      made_by: 'text',
    },
    rows: events.map((happened) => ({
      store_id: happened.storeId,
      type: happened.type,
      source: happened.source,
      event: happened.event,
      at_ms: happened.atMs,
      made_by: happened.by === null ? null : columnOf(happened.by),
    })),
  });
}

export async function alertEvents(
  { db }: Sql,
  storeId: string,
  limit: number,
): Promise<readonly AlertEvent[]> {
  const rows = await db
    .selectFrom('alert_events')
    .select(({ ref }) => [
      ref('type').$castTo<AlertEvent['type']>().as('type'),
      'source',
      ref('event').$castTo<AlertEvent['event']>().as('event'),
      'at_ms as atMs',
      'made_by',
    ])
    .where('store_id', '=', storeId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ made_by, ...happened }) => ({
    ...happened,
    by: made_by === null ? null : textOf(made_by),
  }));
}
