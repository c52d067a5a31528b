import type { Sql } from './engine.ts';
import type { IngestKeyRecords } from './port.ts';

export const ingestKeyRecords = ({ db, dialect }: Sql): IngestKeyRecords => ({
  async put(sensorId, sha256, atMs) {
    const made = { sha256, made_at_ms: atMs };
    await db
      .insertInto('ingest_keys')
      .values({ sensor_id: sensorId, ...made })
      .onConflict((conflict) => conflict.column('sensor_id').doUpdateSet(made))
      .execute();
  },

  async sha256Of(sensorId) {
    const row = await db
      .selectFrom('ingest_keys')
      .select('sha256')
      .where('sensor_id', '=', sensorId)
      .executeTakeFirst();
    return row?.sha256;
  },

  async remove(sensorIds) {
    if (sensorIds.length === 0) return;
    await db.deleteFrom('ingest_keys').where(dialect.oneOf('sensor_id', sensorIds)).execute();
  },
});
