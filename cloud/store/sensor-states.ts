import type { SensorState } from '../domain/sensor-state.ts';
import type { Sql } from './engine.ts';
import { columnOf, textOf } from './free-text.ts';
import type { SensorStateRow } from './tables.ts';

export async function sensorStates(
  { db, dialect }: Sql,
  sensorIds: readonly string[],
): Promise<SensorState[]> {
  const rows = await db
    .selectFrom('sensor_states')
    .selectAll()
    .where(dialect.oneOf('sensor_id', sensorIds))
    .execute();
  return rows.map((row) => ({
    sensorId: row.sensor_id,
    boot: row.boot === null ? null : textOf(row.boot),
    previousBoot: row.previous_boot === null ? null : textOf(row.previous_boot),
    sequence: row.sequence,
    totalIn: row.total_in,
    totalOut: row.total_out,
    heardUntilMs: row.heard_until_ms,
  }));
}

const COLUMNS = {
  sensor_id: 'text',
  boot: 'text',
  previous_boot: 'text',
  sequence: 'integer',
  total_in: 'integer',
  total_out: 'integer',
  heard_until_ms: 'integer',
} as const;

export async function saveSensorStates({ db, dialect }: Sql, states: readonly SensorState[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(
    (state): SensorStateRow => ({
      sensor_id: state.sensorId,
      boot: state.boot === null ? null : columnOf(state.boot),
      previous_boot: state.previousBoot === null ? null : columnOf(state.previousBoot),
      sequence: state.sequence,
      total_in: state.totalIn,
      total_out: state.totalOut,
      heard_until_ms: state.heardUntilMs,
    }),
  );
  await db
    .insertInto('sensor_states')
    .columns(['sensor_id', 'boot', 'previous_boot', 'sequence', 'total_in', 'total_out', 'heard_until_ms'])
    .expression((from) =>
      from
        .selectFrom(dialect.boundRows<SensorStateRow>(COLUMNS, rows))
        .select([
          'r.sensor_id',
          'r.boot',
          'r.previous_boot',
          'r.sequence',
          'r.total_in',
          'r.total_out',
          'r.heard_until_ms',
        ])
        .where(from.lit(true)),
    )
    .onConflict((conflict) =>
      conflict.column('sensor_id').doUpdateSet(({ ref }) => ({
        boot: ref('excluded.boot'),
        previous_boot: ref('excluded.previous_boot'),
        sequence: ref('excluded.sequence'),
        total_in: ref('excluded.total_in'),
        total_out: ref('excluded.total_out'),
        heard_until_ms: ref('excluded.heard_until_ms'),
      })),
    )
    .execute();
}
