import { sensorModelSchema } from '../contracts/sensor-model.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import { keptOfSensors } from './kept-of-sensors.ts';
import type { PlaceRow } from './memories.ts';
import type { PlacedSensor, SensorRecords } from './sensor-port.ts';

export const sensorRecords = (sql: Sql): SensorRecords => ({
  async places(storeIds) {
    const rows = await sql.db
      .selectFrom('sensor_places')
      .selectAll()
      .where('until_ms', 'is', null)
      .$if(storeIds !== null, (query) => query.where(sql.dialect.oneOf('store_id', storeIds ?? [])))
      .orderBy('sensor_id')
      .orderBy('line')
      .execute();
    return rows.map(placedSensor);
  },

  kept: (sensorIds) => keptOfSensors(sql, sensorIds),

  async withIngestKey(sensorIds) {
    const rows = await sql.db
      .selectFrom('ingest_keys')
      .select('sensor_id')
      .where(sql.dialect.oneOf('sensor_id', sensorIds))
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
