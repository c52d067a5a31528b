import { type SensorState, unheardSensor } from '../domain/sensor-state.ts';
import type { WatchedSensor } from '../domain/store-state.ts';
import { watchedOf } from '../domain/watched-sensor.ts';
import type { Sql } from './engine.ts';
import type { SensorStateRow } from './tables.ts';

/** As the column keeps it. */
type KeptState = Omit<SensorState, 'sensorId' | 'heardUntilMs'>;

export async function sensorStates(sql: Sql, sensorIds: readonly string[]): Promise<SensorState[]> {
  return [...(await statesById(sql, sensorIds)).values()];
}

/** What their stores watch of them, also of those that were never heard. */
export async function watchedSensors(
  sql: Sql,
  sensorIds: readonly string[],
): Promise<(sensorId: string) => WatchedSensor> {
  const states = await statesById(sql, sensorIds);
  return (sensorId) => watchedOf(states.get(sensorId) ?? unheardSensor(sensorId));
}

const statesById = (
  { db, dialect }: Sql,
  sensorIds: readonly string[],
): Promise<ReadonlyMap<string, SensorState>> =>
  dialect.memories.sensorStates.recalled(sensorIds, async (unknown) => {
    const rows = await db
      .selectFrom('sensor_states')
      .selectAll()
      .where(dialect.oneOf('sensor_id', unknown))
      .execute();
    return new Map(rows.map((row) => [row.sensor_id, sensorStateOf(row)]));
  });

export function sensorStateOf({ sensor_id, heard_until_ms, state }: SensorStateRow): SensorState {
  const { clock, counters, implausibleAtMs, rejected }: KeptState = JSON.parse(state);
  return { sensorId: sensor_id, heardUntilMs: heard_until_ms, clock, counters, implausibleAtMs, rejected };
}

export async function saveSensorStates({ db, dialect }: Sql, states: readonly SensorState[]): Promise<void> {
  if (states.length === 0) return;
  const write = () =>
    dialect.insertRows(db, {
      into: 'sensor_states',
      columns: { sensor_id: 'text', heard_until_ms: 'integer', state: 'text' },
      rows: states.map(({ sensorId, heardUntilMs, ...state }) => ({
        sensor_id: sensorId,
        heard_until_ms: heardUntilMs,
        state: JSON.stringify(state),
      })),
      key: ['sensor_id'],
      replaces: ['heard_until_ms', 'state'],
    });
  await dialect.memories.sensorStates.written(write, new Map(states.map((state) => [state.sensorId, state])));
}
