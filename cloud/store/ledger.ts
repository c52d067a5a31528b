import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';
import type { CountingRecords } from './port.ts';

/** A row that is there stays there: it decides, once and for ever, that the reading was counted. */
export async function claimReadings(
  { db, dialect }: Sql,
  readings: Parameters<CountingRecords['claimReadings']>[0],
): Promise<readonly boolean[]> {
  const rows = readings.map((reading) => ({
    sensor_id: reading.sensorId,
    reading_key: columnOf(reading.key),
    enqueued_at_ms: reading.enqueuedAtMs,
  }));
  // A sensor id holds no space (IoT Hub allows none), so no two keys read alike.
  const names = rows.map((row) => `${row.sensor_id} ${row.reading_key}`);
  const first = new Map<string, (typeof rows)[number]>();
  for (const [index, row] of rows.entries()) {
    const name = names[index] ?? '';
    if (!first.has(name)) first.set(name, row);
  }
  // In one order for all, so that two batches with the same readings wait for each other but not in a circle.
  const inOrder = dialect.aloneInTransaction ? [...first] : [...first].sort(([a], [b]) => (a < b ? -1 : 1));
  const isNew = await dialect.insertSoon(db, {
    into: 'ledger',
    columns: { sensor_id: 'text', reading_key: 'text', enqueued_at_ms: 'integer' },
    rows: inOrder.map(([, row]) => row),
    key: ['sensor_id', 'reading_key'],
  });
  const unclaimed = new Set(inOrder.flatMap(([name], index) => (isNew[index] ? [name] : [])));
  return names.map((name) => unclaimed.delete(name));
}
