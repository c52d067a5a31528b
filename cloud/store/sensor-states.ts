import { type SensorClock, type SensorState, unheardSensor } from '../domain/sensor-state.ts';
import type { WatchedSensor } from '../domain/store-state.ts';
import { watchedOf } from '../domain/watched-sensor.ts';
import type { Sql } from './engine.ts';
import type { KnownSensor } from './memories.ts';
import type { RowOfKey } from './row-memory.ts';
import type { SensorStateRow } from './tables.ts';

/** As the column keeps it: without what is as it is of a sensor that was never heard. Most are, and it is written with each batch. */
type KeptState = Partial<Omit<SensorState, 'sensorId' | 'heardUntilMs' | 'clock'>> & {
  readonly clock?: Partial<SensorClock>;
};

const stateColumnOf = ({ clock, counters, implausibleAtMs, rejected }: SensorState): string =>
  JSON.stringify({
    clock: {
      skewMs: clock.skewMs || undefined,
      newestMs: clock.newestMs ?? undefined,
      lagging: clock.lagging ?? undefined,
    },
    counters: counters.length === 0 ? undefined : counters,
    implausibleAtMs: implausibleAtMs ?? undefined,
    rejected: rejected ?? undefined,
  });

export async function sensorStates(sql: Sql, sensorIds: readonly string[]): Promise<SensorState[]> {
  const sensorOf = await knownSensors(sql, sensorIds);
  const states: SensorState[] = [];
  for (const sensorId of new Set(sensorIds)) {
    const known = sensorOf(sensorId);
    if (known !== undefined) states.push(known.state);
  }
  return states;
}

/** What their stores watch of them, also of those that were never heard. */
export async function watchedSensors(
  sql: Sql,
  sensorIds: readonly string[],
): Promise<(sensorId: string) => WatchedSensor> {
  const sensorOf = await knownSensors(sql, sensorIds);
  return (sensorId) => sensorOf(sensorId)?.watched ?? watchedOf(unheardSensor(sensorId));
}

const knownSensors = ({ db, dialect }: Sql, sensorIds: readonly string[]): Promise<RowOfKey<KnownSensor>> =>
  dialect.memories.sensorStates.recalled(sensorIds, async (unknown) => {
    const rows = await db
      .selectFrom('sensor_states')
      .selectAll()
      .where(dialect.oneOf('sensor_id', unknown))
      .execute();
    return new Map(rows.map((row) => [row.sensor_id, knownSensor(sensorStateOf(row))]));
  });

const knownSensor = (state: SensorState): KnownSensor => ({ state, watched: watchedOf(state) });

export function sensorStateOf({ sensor_id, heard_until_ms, state }: SensorStateRow): SensorState {
  const unheard = unheardSensor(sensor_id);
  const { clock, counters, implausibleAtMs, rejected }: KeptState = JSON.parse(state);
  return {
    ...unheard,
    heardUntilMs: heard_until_ms,
    clock: { ...unheard.clock, ...clock },
    counters: counters ?? unheard.counters,
    implausibleAtMs: implausibleAtMs ?? null,
    rejected: rejected ?? null,
  };
}

export async function saveSensorStates({ db, dialect }: Sql, states: readonly SensorState[]): Promise<void> {
  if (states.length === 0) return;
  const write = () =>
    dialect.insertSoon(db, {
      into: 'sensor_states',
      columns: { sensor_id: 'text', heard_until_ms: 'integer', state: 'text' },
      rows: states.map((state) => ({
        sensor_id: state.sensorId,
        heard_until_ms: state.heardUntilMs,
        state: stateColumnOf(state),
      })),
      key: ['sensor_id'],
      replaces: ['heard_until_ms', 'state'],
    });
  await dialect.memories.sensorStates.written(
    write,
    new Map(states.map((state) => [state.sensorId, knownSensor(state)])),
  );
}
