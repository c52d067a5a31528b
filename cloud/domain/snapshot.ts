import {
  MAX_SNAPSHOT_BYTES,
  type Proof,
  type ProofMessage,
  type Snapshot,
  type SnapshotContent,
} from '../contracts/snapshot.ts';
import { shownAlerts } from './alerts.ts';
import { leavePerMinute } from './leaving.ts';
import { mayEnter, shownCount } from './limits.ts';
import {
  type AlertState,
  type DoorState,
  type Flow,
  type Level,
  rawCountOf,
  type StoreState,
  type WatchedSensor,
  WHOLE_STORE,
  type ZoneState,
} from './store-state.ts';
import { todayOf } from './today.ts';
import { byTheHour, shownUsual } from './usual-day.ts';

/** As many as a sign has room for. */
const MAX_SHOWN_ALERTS = 3;
/** What the rest of a snapshot takes on a full day of 25 hours, and for each door. */
const REST_BYTES = 824;
const REST_BYTES_PER_DOOR = 12;
/** What a proof takes and what is around it, at the most, and for each door. */
const PROOF_BYTES = 190;
const PROOF_BYTES_PER_DOOR = 14;

type Certainty = SnapshotContent['certainty'];
/** What a snapshot shows besides the day's sums and curve. */
type Display = Omit<SnapshotContent, 'epoch' | 'revision' | 'today'> & { readonly day: string };

/** The store as a sign needs it. `flows` are those of `state.today`. */
export const snapshotOf = (
  state: StoreState,
  flows: readonly Flow[],
  epoch: number,
  nowMs: number,
): Snapshot => ({ content: contentOf(state, flows, epoch), proof: proofOf(state, flows, nowMs) });

/** `flows` as above; none where nobody waits, see `mayWait`. */
export const proofMessageOf = (
  state: StoreState,
  flows: readonly Flow[],
  epoch: number,
  nowMs: number,
): ProofMessage => ({
  storeId: state.storeId,
  epoch,
  revision: state.revision,
  proof: proofOf(state, flows, nowMs),
});

/** Everything that a sign shows of the state itself: two states that look alike have the same revision. */
export function displayOf(state: StoreState): Display {
  const count = shownCount(rawCountOf(state), state.limits.staff);
  const certainty = certaintyOf(state);
  const level = shownLevel(state, count);
  const calm = {
    store: { id: state.storeId, name: state.name, timeZone: state.timeZone },
    day: state.today.day,
    count,
    limits: { soft: state.limits.soft, hard: state.limits.hard },
    // While a full store waits to be called less than full, nobody is let in by a number beside the word.
    mayEnter: level === 'full' || level === 'over' ? 0 : mayEnter(count, state.limits),
    margin: state.limits.margin,
    state: certainty === 'none' ? 'unknown' : level,
    certainty,
    opening: state.opening && { open: state.opening.open, changesAtMs: state.opening.changesAtMs },
    doors: state.doors.map(({ id, name, silent }) => ({ id, name, silent })),
    zones: shownZones(state.zones),
  } as const;
  if (state.alerts.length === 0) return { ...calm, alerts: [], moreAlerts: 0 };
  const rest = REST_BYTES + REST_BYTES_PER_DOOR * state.doors.length;
  const alerts = state.alerts
    .filter((alert) => !isSaidByState(alert))
    .map((alert) => ({ ...alert, place: placeIn(state, alert.place) }));
  return { ...calm, ...fittingAlerts(alerts, MAX_SNAPSHOT_BYTES - rest - bytesOf(calm)) };
}

/** `over` accuses: it is not said of a count that is within the limit, however short a time ago it was not. */
const shownLevel = ({ levelState: { level }, limits }: StoreState, count: number): Level =>
  level === 'over' && count <= limits.hard ? 'full' : level;

/** That the store itself is full, or nearly, is what its state says. */
const isSaidByState = ({ type, source }: AlertState): boolean =>
  source === WHOLE_STORE && (type === 'full' || type === 'near-capacity');

/** Without a door or a zone that is gone: an alert may outlive the place that it speaks of. */
function placeIn({ doors, zones }: StoreState, { door, zone }: AlertState['place']): AlertState['place'] {
  return {
    ...(door !== undefined && doors.some(({ id }) => id === door) ? { door } : {}),
    ...(zone !== undefined && zones.some(({ id }) => id === zone) ? { zone } : {}),
  };
}

/** The worst ones that the snapshot has room for: a store with many long names has less. */
function fittingAlerts(alerts: StoreState['alerts'], maxBytes: number) {
  for (let maximum = MAX_SHOWN_ALERTS; ; maximum -= 1) {
    const { alerts: shown, more } = shownAlerts(alerts, maximum);
    if (maximum === 0 || bytesOf(shown) <= maxBytes) return { alerts: [...shown], moreAlerts: more };
  }
}

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

function contentOf(state: StoreState, flows: readonly Flow[], epoch: number): SnapshotContent {
  const { day: _, ...display } = displayOf(state);
  const today = todayOf(
    { today: state.today, rawCount: rawCountOf(state), staff: state.limits.staff },
    flows,
  );
  return withUsual({ epoch, revision: state.revision, ...display, today }, shownUsual(state));
}

/** As finely as there is room for whatever the proof says, so that the same revision is the same bytes. It is the first to go. */
function withUsual(content: SnapshotContent, usual: ReturnType<typeof shownUsual>): SnapshotContent {
  if (usual === null) return content;
  const room =
    MAX_SNAPSHOT_BYTES - PROOF_BYTES - PROOF_BYTES_PER_DOOR * content.doors.length - bytesOf(content);
  const fitting = [usual, byTheHour(usual)].find((curve) => bytesOf({ usual: curve }) < room);
  return fitting === undefined ? content : { ...content, today: { ...content.today, usual: fitting } };
}

function shownZones(zones: readonly ZoneState[]): SnapshotContent['zones'] {
  if (zones.length === 1 && zones[0]?.id === WHOLE_STORE) return [];
  return zones.map(({ id, name, rawCount, limits }) => ({ id, name, count: shownCount(rawCount), limits }));
}

/** Doors, and zones that are measured: what the count stands on. */
function spotsOf({ doors, zones }: StoreState): readonly (DoorState | ZoneState)[] {
  return [...doors, ...zones.filter((zone) => zone.sensors.length > 0)];
}

function certaintyOf(state: StoreState): Certainty {
  const spots = spotsOf(state);
  const silent = spots.filter((spot) => spot.silent).length;
  if (silent === spots.length) return 'none';
  return silent > 0 ? 'partial' : 'whole';
}

/** A silent door is named in the content; the age is that of those that still speak, or of the last to fall silent. */
function proofOf(state: StoreState, flows: readonly Flow[], nowMs: number): Proof {
  const rate = certaintyOf(state) === 'whole' ? leavePerMinute(state, flows, nowMs) : null;
  const ageAt = (heardUntilMs: number | null) =>
    heardUntilMs === null ? null : Math.max(0, nowMs - heardUntilMs);
  return {
    sentAtMs: nowMs,
    ageMs: ageAt(trueAtMs(spotsOf(state))),
    liveForMs: state.liveForMs,
    doorAgesMs: state.doors.map((door) => ageAt(heardUntilOf(door.sensors))),
    // Left out where it is not known: a full day leaves little room.
    ...(rate === null ? {} : { leavePerMinute: rate }),
  };
}

/** The least of what the sensors have been heard until; null while one was never heard. */
function heardUntilOf(sensors: readonly WatchedSensor[]): number | null {
  const heard = sensors.map(({ heardUntilMs }) => heardUntilMs);
  const known = heard.filter((atMs) => atMs !== null);
  return known.length < Math.max(1, heard.length) ? null : Math.min(...known);
}

function trueAtMs(spots: readonly (DoorState | ZoneState)[]): number | null {
  const speaking = spots.filter((spot) => !spot.silent);
  const heard = (speaking.length > 0 ? speaking : spots).map((spot) => heardUntilOf(spot.sensors));
  const known = heard.filter((atMs) => atMs !== null);
  if (speaking.length > 0) return known.length < heard.length ? null : Math.min(...known);
  return known.length > 0 ? Math.max(...known) : null;
}
