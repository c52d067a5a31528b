import { forgottenTotals } from '../domain/occupancy.ts';
import type { CounterState, SensorState } from '../domain/sensor-state.ts';
import type { Sql } from './engine.ts';
import { textOf } from './free-text.ts';
import type { AskedPlace } from './place-sensors.ts';
import { saveSensorStates, sensorStates } from './sensor-states.ts';

type Placing = {
  /** Of the sensors that are placed: where they were until now. */
  readonly before: readonly AskedPlace[];
  readonly placed: readonly AskedPlace[];
  /** Over zones that are measured anew. */
  readonly remeasuring: readonly AskedPlace[];
  /** All places that the sensors of both lists have now. */
  readonly now: readonly AskedPlace[];
};

/**
 * Who passed a sensor, or a line of it, that had no place was nobody's customer: what it counted until now is where
 * counting starts. Those that measure a zone anew start at nobody.
 */
export async function forgetTotals(sql: Sql, { before, placed, remeasuring, now }: Placing): Promise<void> {
  const placedIds = new Set(placed.map((place) => place.sensor_id));
  const linesBefore = linesBySensor(before);
  const linesNow = linesBySensor(now);
  const remeasured = linesBySensor(remeasuring);
  const states = await sensorStates(sql, [...new Set([...placedIds, ...remeasured.keys()])]);
  const changed = states.flatMap((state) => {
    const { sensorId } = state;
    const known = placedIds.has(sensorId) ? withoutUnplaced(state, linesBefore.get(sensorId) ?? []) : state;
    const after = withoutPeople(known, linesNow.get(sensorId) ?? [], remeasured.get(sensorId) ?? []);
    return after === state ? [] : [after];
  });
  await saveSensorStates(sql, changed);
}

const linesBySensor = (places: readonly AskedPlace[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(places, (place) => place.sensor_id)].map(([sensorId, its]) => [
      sensorId,
      its.map((place) => textOf(place.line)),
    ]),
  );

function withoutUnplaced(state: SensorState, lines: readonly string[]): SensorState {
  if (lines.includes('')) return state;
  if (lines.length === 0) return forgottenTotals(state);
  return { ...state, counters: state.counters.filter((counter) => lines.includes(counter.line)) };
}

function withoutPeople(
  state: SensorState,
  lines: readonly string[],
  remeasured: readonly string[],
): SensorState {
  if (remeasured.length === 0) return state;
  // A line without a place of its own counts where all of them do.
  const isRemeasured = ({ line }: CounterState) => remeasured.includes(lines.includes(line) ? line : '');
  const counters = state.counters.map((counter) =>
    isRemeasured(counter) ? { ...counter, people: 0 } : counter,
  );
  return { ...state, counters };
}
