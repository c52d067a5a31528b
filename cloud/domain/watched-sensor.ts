import type { SensorState } from './sensor-state.ts';
import type { WatchedSensor } from './store-state.ts';

/** What its store watches of a sensor. */
export const watchedOf = ({
  sensorId,
  heardUntilMs,
  clock,
  implausibleAtMs,
  rejected,
}: SensorState): WatchedSensor => ({
  id: sensorId,
  heardUntilMs,
  skewMs: clock.skewMs,
  implausibleAtMs,
  rejected,
});

type Spot = { readonly sensors: readonly WatchedSensor[] };

/** Doors or zones with what their sensors have just said; those that have nothing new are the same as before. */
export const withSensors = <S extends Spot>(
  spots: readonly S[],
  states: ReadonlyMap<string, SensorState>,
): readonly S[] => {
  // With every batch, for every store of it: where nothing is new, nothing is made.
  let after: S[] | undefined;
  for (const [index, spot] of spots.entries()) {
    const sensors = sensorsWith(spot.sensors, states);
    if (sensors === spot.sensors) continue;
    after ??= [...spots];
    after[index] = { ...spot, sensors };
  }
  return after ?? spots;
};

function sensorsWith(
  sensors: readonly WatchedSensor[],
  states: ReadonlyMap<string, SensorState>,
): readonly WatchedSensor[] {
  for (const { id } of sensors)
    if (states.has(id)) return sensors.map((sensor) => withState(sensor, states.get(sensor.id)));
  return sensors;
}

const withState = (sensor: WatchedSensor, state: SensorState | undefined): WatchedSensor =>
  state === undefined ? sensor : watchedOf(state);
