import { sensorModelSchema } from '../contracts/sensor-model.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import type { PlaceRow } from './memories.ts';
import type { PlacedSensor, SensorRecords } from './sensor-port.ts';

export const sensorRecords = ({ db, dialect }: Sql): SensorRecords => ({
  async places(storeIds) {
    const rows = await db
      .selectFrom('sensor_places')
      .selectAll()
      .where('until_ms', 'is', null)
      .$if(storeIds !== null, (query) => query.where(dialect.oneOf('store_id', storeIds ?? [])))
      .orderBy('sensor_id')
      .orderBy('line')
      .execute();
    return rows.map(placedSensor);
  },

  async kept(sensorIds) {
    const counts = await db
      .selectFrom('rejected_messages')
      .select(({ fn }) => ['sensor_id', fn.count<number>('message_key').distinct().as('messages')])
      .$if(sensorIds !== null, (query) => query.where(dialect.oneOf('sensor_id', sensorIds ?? [])))
      .groupBy('sensor_id')
      .orderBy('sensor_id')
      .execute();
    const ranked = db
      .selectFrom('rejected')
      .select(({ fn }) => [
        'sensor_id',
        'detail',
        'last_seen_at_ms',
        fn
          .agg<number>('row_number')
          .over((over) => over.partitionBy('sensor_id').orderBy('last_seen_at_ms', 'desc').orderBy('reason'))
          .as('place'),
      ])
      .where(
        dialect.oneOf(
          'sensor_id',
          counts.map((row) => row.sensor_id),
        ),
      )
      .as('ranked');
    const rows = await db.selectFrom(ranked).selectAll().where('place', '=', 1).execute();
    const newest = new Map(rows.map((row) => [row.sensor_id, row]));
    return counts.flatMap(({ sensor_id, messages }) => {
      const row = newest.get(sensor_id);
      if (row === undefined) return [];
      const detail = textOf(row.detail);
      return [{ sensorId: sensor_id, kept: Number(messages), detail, lastSeenAtMs: row.last_seen_at_ms }];
    });
  },

  async withIngestKey(sensorIds) {
    const rows = await db
      .selectFrom('ingest_keys')
      .select('sensor_id')
      .where(dialect.oneOf('sensor_id', sensorIds))
      .execute();
    return rows.map((row) => row.sensor_id);
  },
});

const placedSensor = (row: PlaceRow): PlacedSensor => ({
  sensorId: row.sensor_id,
  storeId: row.store_id,
  doorId: row.door_id,
  zoneId: row.zone_id,
  line: textOf(row.line) || null,
  model: sensorModelSchema.parse(row.model),
  flipped: row.flipped === 1,
});
