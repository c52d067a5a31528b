import type { Sql } from './engine.ts';
import type { AlertPaintingRecords } from './fleet-port.ts';
import { columnOf, textOf } from './free-text.ts';

export const alertPaintingRecords = ({ db, dialect }: Sql): AlertPaintingRecords => ({
  async keep(paintings) {
    const rows = paintings.map(({ storeId, alertKey, placeId, paintedAtMs }) => ({
      store_id: storeId,
      alert_key: columnOf(alertKey),
      place_id: placeId,
      painted_at_ms: paintedAtMs,
    }));
    await dialect.insertRows(db, {
      into: 'alert_paintings',
      columns: { store_id: 'text', alert_key: 'text', place_id: 'text', painted_at_ms: 'integer' },
      // In one order in all transactions, and none twice.
      rows: [...new Map(rows.map((row) => [keyOf(row), row])).entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, row]) => row),
      key: ['store_id', 'alert_key', 'place_id'],
    });
  },

  async of(storeId, alertKeys) {
    const rows = await db
      .selectFrom('alert_paintings')
      .select(['alert_key', 'place_id', 'painted_at_ms'])
      .where('store_id', '=', storeId)
      .where(dialect.oneOf('alert_key', alertKeys.map(columnOf)))
      .orderBy('painted_at_ms')
      .orderBy('place_id')
      .execute();
    return rows.map((row) => ({
      storeId,
      alertKey: textOf(row.alert_key),
      placeId: row.place_id,
      paintedAtMs: row.painted_at_ms,
    }));
  },
});

type Key = { readonly store_id: string; readonly alert_key: string; readonly place_id: string };

const keyOf = ({ store_id, alert_key, place_id }: Key): string =>
  JSON.stringify([store_id, alert_key, place_id]);
