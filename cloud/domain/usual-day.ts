import type { SnapshotContent } from '../contracts/snapshot.ts';
import { stepBounds, storeDayAt } from './day.ts';
import { shownCount } from './limits.ts';
import { MINUTE_MS, type StoreDay, type StoreState } from './store-state.ts';

type Curve = NonNullable<SnapshotContent['today']['curve']>;

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEP_MS = 30 * MINUTE_MS;
const WEEK_DAYS = 7;
/** As far back as its owner's picture of a usual day goes. */
const WEEKS = 8;
/** Of two days nobody can say which was the usual one. */
const LEAST_DAYS = 3;
/** A store without one may get its history late: what its sensors kept while they were offline. */
const LOOKS_AGAIN_AFTER_MS = HOUR_MS;

/** Half an hour of a day; `clock`: where it starts by the store's clock, `09:30`. */
type Step = { readonly clock: string; readonly startsAtMs: number; readonly endsAtMs: number };

/** A day of a store, and those that are compared with it. */
export type DaysLike = {
  readonly today: readonly Step[];
  /** The same weekday of the last weeks, the newest first. */
  readonly days: readonly (readonly Step[])[];
  /** Where a step of any of those days starts or ends, in order. */
  readonly cutsMs: readonly number[];
};

/** What changed a store's count from one of the cuts up to the next; the last: from then on. */
export type Change = { readonly in: number; readonly out: number; readonly adjusted: number };

/** Whether what is usual on the day of a store was not looked at so far, or is to be looked at again. */
export const isUsualDue = (state: Pick<StoreState, 'usual' | 'today'>, nowMs: number): boolean =>
  usualDueAtMs(state, nowMs) <= nowMs;

export function usualDueAtMs({ usual, today }: Pick<StoreState, 'usual' | 'today'>, nowMs: number): number {
  if (usual === null || usual.day !== today.day) return nowMs;
  return usual.curve === null ? usual.lookedAtMs + LOOKS_AGAIN_AFTER_MS : today.endsAtMs;
}

/** Of today; null: not known. */
export const shownUsual = ({ usual, today }: Pick<StoreState, 'usual' | 'today'>): Curve | null =>
  usual?.day === today.day ? usual.curve : null;

export function daysLike(timeZone: string, today: StoreDay): DaysLike {
  const days = Array.from({ length: WEEKS }, (_, week) =>
    // From the middle of a day, because no change of the clock is long enough to make another one of it.
    storeDayAt(timeZone, today.startsAtMs + DAY_MS / 2 - (week + 1) * WEEK_DAYS * DAY_MS),
  )
    // Where a date was skipped, so many days back is another weekday.
    .filter(({ day }) => ((Date.parse(today.day) - Date.parse(day)) / DAY_MS) % WEEK_DAYS === 0)
    .map((day) => stepsOf(timeZone, day));
  const cutsMs = new Set(days.flat().flatMap(({ startsAtMs, endsAtMs }) => [startsAtMs, endsAtMs]));
  return { today: stepsOf(timeZone, today), days, cutsMs: [...cutsMs].sort((a, b) => a - b) };
}

/** By the clock of the store. An hour that a change of the clock cuts is as many steps as it has pieces. */
const stepsOf = (timeZone: string, { startsAtMs, endsAtMs }: StoreDay): readonly Step[] =>
  stepBounds('hour', timeZone, startsAtMs, endsAtMs).flatMap(({ startsAt, ...bound }): Step[] => {
    const clock = startsAt.slice(11, 16);
    if (bound.endsAtMs - bound.startsAtMs < HOUR_MS) return [{ clock, ...bound }];
    const halfMs = bound.startsAtMs + STEP_MS;
    return [
      { clock, startsAtMs: bound.startsAtMs, endsAtMs: halfMs },
      { clock: `${clock.slice(0, 2)}:30`, startsAtMs: halfMs, endsAtMs: bound.endsAtMs },
    ];
  });

type Counted = {
  readonly like: DaysLike;
  /** One for each cut. */
  readonly changes: readonly Change[];
  /** As they are now. */
  readonly rawCount: number;
  readonly staff: number;
  /** Nobody is counted at a door: who came and went is what its zones were measured to hold. */
  readonly isMeasured: boolean;
};

/**
 * How many are inside at the end of each half hour of today, going by the median of the same weekday in the last eight
 * weeks on which anybody came. Compared by the time of the clock on the wall, and counted back from now as the day's own
 * curve is. From the hour in which people usually come first to the one in which they usually are the last to go.
 */
export function usualCurve({ like, changes, rawCount, staff, isMeasured }: Counted): Curve | null {
  const rawAt = countsBack(like.cutsMs, changes, rawCount);
  const changeAt = new Map(like.cutsMs.map((atMs, index) => [atMs, changes[index]]));
  const days = like.days
    .map((steps) =>
      steps.map(({ clock, startsAtMs, endsAtMs }): CountedStep => {
        const { in: came = 0, out = 0, adjusted = 0 } = changeAt.get(startsAtMs) ?? {};
        return {
          clock,
          count: shownCount(rawAt(endsAtMs), staff),
          came: isMeasured ? Math.max(0, adjusted) : came,
          passed: isMeasured ? Math.abs(adjusted) : came + out,
        };
      }),
    )
    .filter((steps) => steps.some(({ came }) => came > 0));
  if (days.length < LEAST_DAYS) return null;
  const byClock = Map.groupBy(days.flat(), ({ clock }) => clock);
  const usual = like.today.map(({ startsAtMs, clock }) => {
    const same = byClock.get(clock) ?? [];
    return {
      startsAtMs,
      count: median(same.map(({ count }) => count)),
      passed: median(same.map(({ passed }) => passed)),
    };
  });
  return trimmed(usual);
}

type CountedStep = {
  readonly clock: string;
  readonly count: number;
  readonly came: number;
  readonly passed: number;
};

/** The raw count at each cut. */
function countsBack(cutsMs: readonly number[], changes: readonly Change[], rawCount: number) {
  const counts = new Map<number, number>();
  let raw = rawCount;
  for (let index = cutsMs.length - 1; index >= 0; index -= 1) {
    const change = changes[index];
    if (change !== undefined) raw -= change.in - change.out + change.adjusted;
    counts.set(cutsMs[index] ?? 0, raw);
  }
  return (atMs: number): number => counts.get(atMs) ?? raw;
}

type UsualStep = {
  readonly startsAtMs: number;
  readonly count: number | null;
  readonly passed: number | null;
};

/** In steps of one length, from a whole hour to a whole hour; null where nobody usually comes. */
function trimmed(steps: readonly UsualStep[]): Curve | null {
  const isBusy = ({ passed }: UsualStep) => (passed ?? 0) > 0;
  const first = steps.findIndex((step) => isBusy(step) && (step.count ?? 0) > 0);
  const last = steps.findLastIndex(isBusy);
  const start = steps[0];
  if (first === -1 || start === undefined) return null;
  const stepAfter = (index: number) => ((steps[index]?.startsAtMs ?? 0) - start.startsAtMs) / STEP_MS;
  const from = 2 * Math.floor(stepAfter(first) / 2);
  const until = 2 * Math.ceil((stepAfter(last) + 1) / 2);
  const counts: number[] = [];
  let at = 0;
  let known = 0;
  for (let step = 0; step < until; step += 1) {
    // A piece of an hour that was cut is part of the step around it.
    while (at < steps.length && stepAfter(at) < step + 1) {
      known = steps[at]?.count ?? known;
      at += 1;
    }
    if (step >= from) counts.push(step < stepAfter(first) ? 0 : known);
  }
  return { startsAtMs: start.startsAtMs + from * STEP_MS, stepMs: STEP_MS, counts };
}

/** Null of none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : Math.round((upper + lower) / 2);
}

/** The same by the hour: about half as long. */
export function byTheHour({ startsAtMs, counts }: Curve): Curve {
  return { startsAtMs, stepMs: HOUR_MS, counts: counts.filter((_, index) => index % 2 === 1) };
}
