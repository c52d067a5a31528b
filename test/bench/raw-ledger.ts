import { DatabaseSync } from 'node:sqlite';
import { openTimer, type Timed } from './counted-round.ts';
import { nobodyYet, type Traffic, trafficOf } from './passers-by.ts';

/** The same ledger rows in the same batches, and nothing else: as fast as this file can be told what was counted. */
export async function rawRound(file: string, traffic: Traffic, schema: readonly string[]): Promise<Timed> {
  using database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;');
  for (const statement of schema) database.exec(statement);
  const insert = database.prepare(
    'insert into ledger (sensor_id, reading_key, enqueued_at_ms) values (?, ?, ?) on conflict do nothing',
  );
  const expected = nobodyYet();
  const timer = openTimer();
  for (const messages of trafficOf(traffic, Date.now, expected)) {
    const rows = messages.map(
      ({ sensorId, sequence, enqueuedAtMs }) => [sensorId, `s:b1:${sequence}`, enqueuedAtMs] as const,
    );
    await timer.over(rows.length, () => {
      database.exec('begin immediate');
      for (const row of rows) insert.run(...row);
      database.exec('commit');
    });
  }
  const found = database.prepare('select count(*) as rows from ledger').get()?.rows;
  if (found !== expected.messages)
    throw new Error(`ledger: expected ${expected.messages} rows, found ${found}`);
  return timer.total();
}

/** The ledger as the store makes it, with its indexes. */
export function ledgerSchemaIn(file: string): readonly string[] {
  using database = new DatabaseSync(file, { readOnly: true });
  return database
    .prepare("select sql from sqlite_master where tbl_name = 'ledger' and sql is not null order by type desc")
    .all()
    .map(({ sql }) => String(sql));
}
