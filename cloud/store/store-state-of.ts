import { unheardSensor } from '../domain/sensor-state.ts';
import type { DoorState, StoreState, WatchedSensor, ZoneState } from '../domain/store-state.ts';
import { watchedOf } from '../domain/watched-sensor.ts';
import { liveZoneOf, parsedLive } from './live-state.ts';
import type { StoreShape } from './store-shape.ts';
import type { StoreRow } from './tables.ts';
import { parsedUsual } from './usual-days.ts';

/** The store as its owner describes it, as it counts now, with sensors of which nothing is known: see `withWatched`. */
export function storeStateOf(
  row: StoreRow,
  { name, timeZone, limits, liveForMs, hours, signDarkAlarmMs, zones, doors }: StoreShape,
): StoreState {
  const live = parsedLive(row.live);
  const sensorOf = (sensorId: string) => watchedOf(unheardSensor(sensorId));
  return {
    storeId: row.id,
    name,
    timeZone,
    limits,
    liveForMs,
    dailyReset: row.daily_reset === null ? null : JSON.parse(row.daily_reset),
    nextResetAtMs: live.nextResetAtMs,
    hours,
    opening: live.opening,
    signDarkAlarmMs,
    hasDarkSign: live.hasDarkSign,
    revision: row.revision,
    today: { day: row.day, startsAtMs: row.day_starts_at_ms, endsAtMs: row.day_ends_at_ms },
    push: { sentAtMs: row.sent_at_ms, proofSentAtMs: row.proof_sent_at_ms, due: row.push_due === 1 },
    zones: zones.map((zone) => {
      const { rawCount, baselineAtMs, silent } = liveZoneOf(live.zones, zone.id);
      const sensors = zone.sensorIds.map(sensorOf);
      return { id: zone.id, name: zone.name, limits: zone.limits, sensors, silent, rawCount, baselineAtMs };
    }),
    doors: doors.map(({ id, name: doorName, into, from, sensorIds }) => ({
      id,
      name: doorName,
      into,
      from,
      silent: live.silentDoors.includes(id),
      sensors: sensorIds.map(sensorOf),
    })),
    levelState: live.levelState,
    alerts: live.alerts,
    imbalancedDoors: live.imbalancedDoors,
    judgedDay: live.judgedDay,
    usual: parsedUsual(row.usual),
    reviewAtMs: row.review_at_ms,
  };
}

type SensorOf = (sensorId: string) => WatchedSensor;

/** The store with what is known of its sensors now; the same one where it has that already, as nearly always. */
export function withWatched(store: StoreState, sensorOf: SensorOf): StoreState {
  const doors = spotsWith(store.doors, sensorOf);
  const zones = spotsWith(store.zones, sensorOf);
  return doors === store.doors && zones === store.zones ? store : { ...store, doors, zones };
}

function spotsWith<S extends DoorState | ZoneState>(spots: readonly S[], sensorOf: SensorOf): readonly S[] {
  const isKnown = ({ sensors }: S) => sensors.every((sensor) => isSameSensor(sensor, sensorOf(sensor.id)));
  if (spots.every(isKnown)) return spots;
  return spots.map((spot) => ({ ...spot, sensors: spot.sensors.map(({ id }) => sensorOf(id)) }));
}

const isSameSensor = (one: WatchedSensor, other: WatchedSensor): boolean =>
  one === other ||
  (one.heardUntilMs === other.heardUntilMs &&
    one.skewMs === other.skewMs &&
    one.implausibleAtMs === other.implausibleAtMs &&
    one.rejected === other.rejected);

/** Whether two states of a store are of the same description, and of the same usual day: of all that no batch writes. */
export const isDescribedAlike = (one: StoreState, other: StoreState): boolean =>
  one.name === other.name &&
  one.timeZone === other.timeZone &&
  one.limits === other.limits &&
  one.liveForMs === other.liveForMs &&
  one.dailyReset === other.dailyReset &&
  one.hours === other.hours &&
  one.signDarkAlarmMs === other.signDarkAlarmMs &&
  one.usual === other.usual &&
  one.zones.length === other.zones.length &&
  one.zones.every((zone, index) => isSameZone(zone, other.zones[index])) &&
  one.doors.length === other.doors.length &&
  one.doors.every((door, index) => isSameDoor(door, other.doors[index]));

const isSameZone = (one: ZoneState, other: ZoneState | undefined): boolean =>
  one.id === other?.id &&
  one.name === other.name &&
  one.limits === other.limits &&
  areSameSensors(one.sensors, other.sensors);

const isSameDoor = (one: DoorState, other: DoorState | undefined): boolean =>
  one === other ||
  (one.id === other?.id &&
    one.name === other.name &&
    one.into === other.into &&
    one.from === other.from &&
    areSameSensors(one.sensors, other.sensors));

const areSameSensors = (one: readonly WatchedSensor[], other: readonly WatchedSensor[]): boolean =>
  one === other || (one.length === other.length && one.every(({ id }, index) => id === other[index]?.id));
