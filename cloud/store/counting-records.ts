import { addFlows, flowsOf } from './day-flows.ts';
import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';
import type { CountingRecords } from './port.ts';
import { saveSensorStates, sensorStates } from './sensor-states.ts';
import { holdStores, lockStores, readStores, saveStoreStates } from './store-states.ts';

export const countingRecords = (sql: Sql): CountingRecords => ({
  readStores: (storeIds) => readStores(sql, storeIds),
  holdStores: (storeIds) => holdStores(sql, storeIds),
  lockStores: (storeIds) => lockStores(sql, storeIds),
  claimReadings: (readings) => claimReadings(sql, readings),
  sensorStates: (sensorIds) => sensorStates(sql, sensorIds),
  saveSensorStates: (states) => saveSensorStates(sql, states),
  saveStoreStates: (states) => saveStoreStates(sql, states),
  addFlows: (flows) => addFlows(sql, flows),
  flowsOf: (storeId, fromMs, untilMs) => flowsOf(sql, storeId, fromMs, untilMs),
});

async function claimReadings(
  { db, dialect }: Sql,
  readings: Parameters<CountingRecords['claimReadings']>[0],
): Promise<readonly boolean[]> {
  const rows = readings.map((reading) => ({
    sensor_id: reading.sensorId,
    reading_key: columnOf(reading.key),
    at_ms: reading.atMs,
  }));
  // A sensor id holds no space (IoT Hub allows none), so no two keys read alike.
  const nameOf = (row: { sensor_id: string; reading_key: string }) => `${row.sensor_id} ${row.reading_key}`;
  const first = new Map(rows.toReversed().map((row) => [nameOf(row), row]));
  // In one order for all, so that two batches with the same readings wait for each other but not in a circle.
  const inOrder = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const bound = dialect.boundRows<(typeof rows)[number]>(
    { sensor_id: 'text', reading_key: 'text', at_ms: 'integer' },
    inOrder,
  );
  const inserted = await db
    .insertInto('ledger')
    .columns(['sensor_id', 'reading_key', 'at_ms'])
    .expression((from) =>
      from.selectFrom(bound).select(['r.sensor_id', 'r.reading_key', 'r.at_ms']).where(from.lit(true)),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['sensor_id', 'reading_key'])
    .execute();
  const unclaimed = new Set(inserted.map(nameOf));
  return rows.map((row) => unclaimed.delete(nameOf(row)));
}
