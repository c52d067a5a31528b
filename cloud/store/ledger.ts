import type { Sql } from './engine.ts';
import { columnOf } from './free-text.ts';
import type { CountingRecords } from './port.ts';
import { rowsInOrder } from './rows-in-order.ts';
import type { Tables } from './tables.ts';

/** A row that is there stays there: it decides, once and for ever, that the reading was counted. */
export async function claimReadings(
  { db, dialect }: Sql,
  readings: Parameters<CountingRecords['claimReadings']>[0],
): Promise<readonly boolean[]> {
  const names: string[] = [];
  const first = new Map<string, Tables['ledger']>();
  for (const { sensorId, key, enqueuedAtMs } of readings) {
    const row = { sensor_id: sensorId, reading_key: columnOf(key), enqueued_at_ms: enqueuedAtMs };
    // A sensor id holds no space (IoT Hub allows none), so no two keys read alike.
    const name = `${sensorId} ${row.reading_key}`;
    names.push(name);
    if (!first.has(name)) first.set(name, row);
  }
  const inOrder = rowsInOrder(dialect, first);
  const isNew = await dialect.insertSoon(db, {
    into: 'ledger',
    columns: { sensor_id: 'text', reading_key: 'text', enqueued_at_ms: 'integer' },
    ...inOrder,
    key: ['sensor_id', 'reading_key'],
  });
  const unclaimed = new Set(inOrder.names.filter((_, index) => isNew[index]));
  return names.map((name) => unclaimed.delete(name));
}
