import type { SensorState } from './sensor-state.ts';
import type { StoreState, WatchedSensor } from './store-state.ts';

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

/** The store with what its sensors have just said. */
export function withSensors(store: StoreState, states: ReadonlyMap<string, SensorState>): StoreState {
  const watched = (sensor: WatchedSensor): WatchedSensor => {
    const state = states.get(sensor.id);
    return state === undefined ? sensor : watchedOf(state);
  };
  return {
    ...store,
    doors: store.doors.map((door) => ({ ...door, sensors: door.sensors.map(watched) })),
    zones: store.zones.map((zone) => ({ ...zone, sensors: zone.sensors.map(watched) })),
  };
}
