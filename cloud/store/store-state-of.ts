import type { StoreState, WatchedSensor } from '../domain/store-state.ts';
import { liveZoneOf } from './live-state.ts';
import type { KnownStore } from './memories.ts';
import type { StoreShape } from './store-shape.ts';

/** The store as its owner describes it, as it counts now, with what is known of its sensors. */
export function storeStateOf(
  row: KnownStore,
  { name, timeZone, limits, liveForMs, hours, signDarkAlarmMs, zones, doors }: StoreShape,
  sensorOf: (sensorId: string) => WatchedSensor,
): StoreState {
  const { live } = row;
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
    reviewAtMs: row.review_at_ms,
  };
}
