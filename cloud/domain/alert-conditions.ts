import type { AlertSeverity, AlertType } from '../contracts/alert.ts';
import { COUNT_MAY_BE_AHEAD_MS, isCatchingUp, othersFollowedAtMs } from './catching-up.ts';
import { levelOf, shownCount } from './limits.ts';
import { RIGHT_WITHIN_MS } from './reading-time.ts';
import { REJECTED_WINDOW_MS } from './rejections.ts';
import {
  type AlertState,
  type DoorState,
  type Level,
  type StoreState,
  type WatchedSensor,
  WHOLE_STORE,
  type ZoneState,
} from './store-state.ts';

/** Something that is true of a store now and that somebody should know. */
export type AlertCondition = {
  readonly type: AlertType;
  readonly source: string;
  readonly severity: AlertSeverity;
  readonly place: AlertState['place'];
  /** See `AlertState`. */
  readonly waitsMs?: number;
  readonly lastsMs?: number;
};

type Place = AlertState['place'];

const NONE: readonly never[] = [];

/** How long after a rate that cannot be a sensor is still held for faulty. */
const IMPLAUSIBLE_FOR_MS = 15 * 60_000;
/** So many refused messages in the window are no accident. */
const REJECTED_IN_WINDOW = 10;

const OF_LEVEL: Readonly<Record<Level, Pick<AlertCondition, 'type' | 'severity'> | null>> = {
  open: null,
  nearly: { type: 'near-capacity', severity: 'warn' },
  full: { type: 'full', severity: 'warn' },
  over: { type: 'over-capacity', severity: 'alarm' },
};

const DARK_SIGN: AlertCondition = { type: 'sign-offline', source: 'signs', severity: 'warn', place: {} };
/** Signs speak to the fleet, not to their store: while one is dark, the store looks again and again whether it still is. */
const DARK_SIGN_LOOKED_AT_EVERY_MS = 5_000;

/** All that is true now, one a type and source. The silence of doors and zones, and the level, are those of the same moment. */
export function alertConditions(state: StoreState, nowMs: number): readonly AlertCondition[] {
  const { doors, zones, liveForMs } = state;
  // With every batch, for every store of it, and nearly all are well: no list is made of what is not.
  const ofPeople: AlertCondition[] = [];
  ofCapacity(state, ofPeople);
  const conditions = ofPeople.length > 0 ? waitingWhileAhead(ofPeople, state, nowMs) : ofPeople;
  for (const door of doors) ofSensors(door, () => ({ door: door.id }), { liveForMs, nowMs }, conditions);
  for (const zone of zones) ofSensors(zone, () => placeOf(zone, zones), { liveForMs, nowMs }, conditions);
  for (const { id } of doors) if (state.imbalancedDoors.includes(id)) conditions.push(ofImbalance(id));
  if (state.hasDarkSign) conditions.push(DARK_SIGN);
  return oncePerSource(conditions);
}

/** When one of them may come or go by time alone; null: none will. */
export function conditionsDueAtMs(state: StoreState, nowMs: number): number | null {
  let soonestMs: number | null = null;
  const mayChange = (atMs: number) => {
    if (atMs > nowMs && (soonestMs === null || atMs < soonestMs)) soonestMs = atMs;
  };
  if (state.hasDarkSign) mayChange(nowMs + DARK_SIGN_LOOKED_AT_EVERY_MS);
  for (const alert of state.alerts) mayChange(othersFollowedAtMs(alert) ?? nowMs);
  for (const spots of [state.doors, state.zones]) {
    for (const { sensors } of spots) {
      for (const sensor of sensors) {
        const { heardUntilMs, implausibleAtMs } = sensor;
        if (heardUntilMs !== null) mayChange(heardUntilMs + state.liveForMs + 1);
        if (implausibleAtMs !== null) mayChange(implausibleAtMs + IMPLAUSIBLE_FOR_MS);
        if (isOftenRejected(sensor)) mayChange(sensor.rejected.sinceMs + REJECTED_WINDOW_MS);
      }
    }
  }
  return soonestMs;
}

/** Where nothing speaks that would tell of the count, nobody is told that it is too high: they are told of the silence. */
function ofCapacity({ levelState, zones, doors }: StoreState, conditions: AlertCondition[]): void {
  const ofStore = OF_LEVEL[levelState.level];
  if (ofStore !== null && (doors.some(({ silent }) => !silent) || zones.some(isMeasuredNow)))
    conditions.push({ ...ofStore, source: WHOLE_STORE, place: {} });
  for (const zone of zones) {
    const ofZone = OF_LEVEL[zoneLevelOf(zone)];
    if (ofZone !== null && isZoneKnown(zone, doors))
      conditions.push({ ...ofZone, source: zone.id, place: placeOf(zone, zones) });
  }
}

/** The level follows a count that falls after a delay: while it does, one that was only ahead is not told either. */
function waitingWhileAhead(conditions: AlertCondition[], state: StoreState, nowMs: number): AlertCondition[] {
  const isAhead = isCatchingUp(state, nowMs);
  const isLevelBehind = state.levelState.next !== null;
  return conditions.map((condition) =>
    isAhead || (isLevelBehind && condition.source === WHOLE_STORE)
      ? { ...condition, waitsMs: COUNT_MAY_BE_AHEAD_MS }
      : condition,
  );
}

const isMeasuredNow = ({ sensors, silent }: ZoneState): boolean => sensors.length > 0 && !silent;

const isZoneKnown = (zone: ZoneState, doors: readonly DoorState[]): boolean =>
  zone.sensors.length > 0
    ? !zone.silent
    : doors.some(({ silent, into, from }) => !silent && (into === zone.id || from === zone.id));

/** One without limits is never full. */
const zoneLevelOf = ({ limits, rawCount }: ZoneState): Level =>
  limits === null ? 'open' : levelOf(shownCount(rawCount), { ...limits, margin: 0 });

function ofSensors(
  { sensors }: Pick<DoorState, 'sensors'>,
  placeOfThem: () => Place,
  { liveForMs, nowMs }: { readonly liveForMs: number; readonly nowMs: number },
  conditions: AlertCondition[],
): void {
  let place: Place | undefined;
  for (const sensor of sensors) {
    const faults = faultsOf(sensor, liveForMs, nowMs);
    if (faults === NONE) continue;
    place ??= placeOfThem();
    for (const fault of faults) conditions.push({ ...fault, source: sensor.id, place });
  }
}

type Fault = Omit<AlertCondition, 'source' | 'place'>;

function faultsOf(sensor: WatchedSensor, liveForMs: number, nowMs: number): readonly Fault[] {
  const { heardUntilMs, skewMs, implausibleAtMs } = sensor;
  const isSilent = heardUntilMs === null || nowMs - heardUntilMs > liveForMs;
  const isImplausible = implausibleAtMs !== null && nowMs - implausibleAtMs < IMPLAUSIBLE_FOR_MS;
  const isRejected = isOftenRejected(sensor) && nowMs - sensor.rejected.sinceMs < REJECTED_WINDOW_MS;
  const isOffTime = Math.abs(skewMs) > RIGHT_WITHIN_MS;
  if (!(isSilent || isImplausible || isRejected || isOffTime)) return NONE;
  const faults: Fault[] = [];
  if (isSilent) {
    faults.push({
      type: 'sensor-silent',
      severity: 'warn',
      // A sensor that is new has as long to say its first word as it may be silent afterwards.
      ...(heardUntilMs === null ? { waitsMs: liveForMs } : {}),
      // And one that speaks a little too seldom is one alert, not one each time.
      lastsMs: 2 * liveForMs,
    });
  }
  if (isImplausible) faults.push({ type: 'implausible-rate', severity: 'warn' });
  if (isRejected) faults.push({ type: 'rejected-rising', severity: 'warn' });
  if (isOffTime) faults.push({ type: 'sensor-clock', severity: 'note' });
  return faults;
}

const ofImbalance = (door: string): AlertCondition => ({
  type: 'door-imbalance',
  source: door,
  severity: 'note',
  place: { door },
});

type OftenRejected = { readonly rejected: NonNullable<WatchedSensor['rejected']> };

const isOftenRejected = (sensor: WatchedSensor): sensor is WatchedSensor & OftenRejected =>
  sensor.rejected !== null && sensor.rejected.times >= REJECTED_IN_WINDOW;

/** A sign lists no zones where the store is one: there is none that an alert could name. */
const placeOf = (zone: ZoneState, zones: readonly ZoneState[]): Place =>
  zones.length === 1 && zone.id === WHOLE_STORE ? {} : { zone: zone.id };

/** A sensor with lines at two doors is one source: the first of its places is named. */
function oncePerSource(conditions: readonly AlertCondition[]): readonly AlertCondition[] {
  if (conditions.length < 2) return conditions;
  const bySource = new Map<string, AlertCondition>();
  for (const condition of conditions) {
    const key = `${condition.type} ${condition.source}`;
    if (!bySource.has(key)) bySource.set(key, condition);
  }
  return [...bySource.values()];
}
