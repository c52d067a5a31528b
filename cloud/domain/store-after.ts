import { alertConditions, conditionsDueAtMs } from './alert-conditions.ts';
import { type AlertHappening, alertsAfter, alertsDueAtMs } from './alerts.ts';
import { nextResetMs } from './daily-reset.ts';
import { storeDayAt } from './day.ts';
import { levelAfter, levelDueAtMs, shownCount } from './limits.ts';
import { openingAfter } from './opening.ts';
import { displayOf } from './snapshot.ts';
import {
  type DoorState,
  rawCountOf,
  type StoreState,
  type WatchedSensor,
  type ZoneState,
} from './store-state.ts';
import { shownUsual, usualDueAtMs } from './usual-day.ts';

/** `happenings`: what its alerts did, for the record. */
export type Reviewed = { readonly state: StoreState; readonly happenings: readonly AlertHappening[] };

/** What a batch, a correction or a reset changed. */
export type Change = {
  readonly zones: readonly ZoneState[];
  /** With what their sensors have said since; left out where they said nothing. */
  readonly doors?: readonly DoorState[];
  /** Whether the sums or the curve of `state.today` have changed: a sign shows them too. */
  readonly today: boolean;
};

/** The store after some people passed. The revision rises by one if a sign would show anything else than before. */
export function storeAfter(before: StoreState, change: Change, nowMs: number): Reviewed {
  const { zones, doors = before.doors } = change;
  return looked({ ...before, zones, doors }, before, change.today, nowMs);
}

/** The store as it is when nobody passes: a day ends, a door falls silent or speaks again, a delay is over. */
export const reviewed = (before: StoreState, nowMs: number): Reviewed => looked(before, before, false, nowMs);

/** The store after `changed` was made of it by a person: an alert is answered for. */
export const changedStore = (before: StoreState, changed: StoreState, nowMs: number): Reviewed =>
  looked(changed, before, false, nowMs);

function looked(changed: StoreState, before: StoreState, todayChanged: boolean, nowMs: number): Reviewed {
  const timed = withTime(changed, nowMs);
  const count = shownCount(rawCountOf(timed), timed.limits.staff);
  const levelled = { ...timed, levelState: levelAfter(timed.levelState, count, timed.limits, nowMs) };
  const { alerts, happenings } = alertsAfter(levelled.alerts, alertConditions(levelled, nowMs), nowMs);
  const after = { ...levelled, alerts };
  // The day's curve is counted back from the raw sum, also where the figure does not show it.
  const isCurveNew = todayChanged || rawCountOf(before) !== rawCountOf(after);
  const looksNew = isCurveNew || !hasSameUsual(before, after) || !looksLike(before, after);
  const revision = looksNew ? before.revision + 1 : before.revision;
  return { state: { ...after, revision, reviewAtMs: reviewAtMs(before, dueAtMs(after, nowMs)) }, happenings };
}

/** A moment somewhat too early does no harm, and a busy store need not move on in an index with every batch. */
const REVIEW_STRIDE_MS = 5_000;

const reviewAtMs = ({ reviewAtMs: beforeMs }: StoreState, dueMs: number): number =>
  beforeMs <= dueMs && dueMs <= beforeMs + REVIEW_STRIDE_MS ? beforeMs : dueMs;

/** When the store may look different by time alone. */
function dueAtMs(state: StoreState, nowMs: number): number {
  let soonestMs = state.today.endsAtMs;
  // With every batch and for every sensor of its stores: no lists are made.
  for (const spots of [state.doors, state.zones]) {
    for (const { silent, sensors } of spots) {
      if (silent) continue;
      for (const { heardUntilMs } of sensors)
        soonestMs = Math.min(soonestMs, (heardUntilMs ?? 0) + state.liveForMs + 1);
    }
  }
  return Math.min(
    soonestMs,
    state.nextResetAtMs ?? Infinity,
    state.opening?.changesAtMs ?? Infinity,
    levelDueAtMs(state.levelState, state.limits) ?? Infinity,
    alertsDueAtMs(state.alerts) ?? Infinity,
    conditionsDueAtMs(state, nowMs) ?? Infinity,
    isJudged(state) ? Infinity : nowMs,
    usualDueAtMs(state, nowMs) ?? Infinity,
  );
}

/** Whether the balance of the day before was looked at. */
export const isJudged = ({ judgedDay, today }: StoreState): boolean => judgedDay === today.day;

/** It is looked at anew a few times a day: nobody who counts compares it. */
const hasSameUsual = (one: StoreState, other: StoreState): boolean =>
  one.usual === other.usual || JSON.stringify(shownUsual(one)) === JSON.stringify(shownUsual(other));

/** The same on every sign, to the byte. */
const looksLike = (one: StoreState, other: StoreState): boolean =>
  JSON.stringify(displayOf(one)) === JSON.stringify(displayOf(other));

function withTime(state: StoreState, nowMs: number): StoreState {
  const { hours, opening, timeZone } = state;
  const isToday = state.today.startsAtMs <= nowMs && nowMs < state.today.endsAtMs;
  const silence = <T extends { readonly silent: boolean; readonly sensors: readonly WatchedSensor[] }>(
    spot: T,
    isMute: boolean,
  ): T => {
    const silent = isMute || spot.sensors.some((sensor) => isSilent(sensor, state.liveForMs, nowMs));
    return silent === spot.silent ? spot : { ...spot, silent };
  };
  return {
    ...state,
    today: isToday ? state.today : storeDayAt(state.timeZone, nowMs),
    opening: openingAfter(opening, { hours, timeZone, isNewDay: !isToday }, nowMs),
    // A door that nothing looks at is one of which nothing is known; a zone without sensors is told by its doors.
    doors: state.doors.map((door) => silence(door, door.sensors.length === 0)),
    zones: state.zones.map((zone) => silence(zone, false)),
    nextResetAtMs:
      state.dailyReset === null
        ? null
        : (state.nextResetAtMs ?? nextResetMs(state.timeZone, state.dailyReset.at, nowMs)),
  };
}

const isSilent = ({ heardUntilMs }: WatchedSensor, liveForMs: number, nowMs: number): boolean =>
  heardUntilMs === null || nowMs - heardUntilMs > liveForMs;
