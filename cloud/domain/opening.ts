import type { Temporal } from 'temporal-polyfill';
import { type DayHours, type Opening, type OpeningHours, WEEKDAYS } from '../contracts/opening-hours.ts';
import { clockTimeMs, dateAt } from './clock-time.ts';
import type { StoreState } from './store-state.ts';

const DAY_MS = 24 * 3_600_000;
/** What is further away is of no use to anybody who stands before a door. */
const LOOKS_AHEAD_MS = 14 * DAY_MS;
/** What opens at 24:00 and closes a day later is still open two days after the date that it is named by; one may be skipped. */
const LOOKS_BACK_DAYS = 3;

type Hours = Pick<StoreState, 'hours' | 'timeZone'>;
type Span = { readonly opensAtMs: number; readonly closesAtMs: number };

/** Whether a store is open at a moment, and when that changes next. Openings that touch are one. */
export function openingAt(hours: OpeningHours, timeZone: string, nowMs: number): Opening {
  const untilMs = nowMs + LOOKS_AHEAD_MS;
  const within = (atMs: number | null) => (atMs === null || atMs > untilMs ? null : atMs);
  const last = dateAt(timeZone, untilMs).add({ days: 1 });
  let closesAtMs: number | null = null;
  for (
    let date = dateAt(timeZone, nowMs).subtract({ days: LOOKS_BACK_DAYS });
    date.until(last).days >= 0;
    date = date.add({ days: 1 })
  ) {
    for (const span of spansOn(hoursOn(hours, date), timeZone, date)) {
      if (span.closesAtMs <= nowMs) continue;
      if (span.opensAtMs > (closesAtMs ?? nowMs))
        return { open: closesAtMs !== null, changesAtMs: within(closesAtMs ?? span.opensAtMs) };
      closesAtMs = Math.max(closesAtMs ?? span.closesAtMs, span.closesAtMs);
    }
    if (closesAtMs !== null && closesAtMs > untilMs) break;
  }
  return { open: closesAtMs !== null, changesAtMs: within(closesAtMs) };
}

/** What is kept of a store's opening. It holds from `lookedAtMs` until it changes, and no longer than its day. */
export function openingAfter(
  before: StoreState['opening'],
  { hours, timeZone, isNewDay }: Hours & { readonly isNewDay: boolean },
  nowMs: number,
): StoreState['opening'] {
  if (hours === null) return null;
  const isAsItWas =
    before !== null &&
    !isNewDay &&
    before.lookedAtMs <= nowMs &&
    (before.changesAtMs === null || nowMs < before.changesAtMs);
  return isAsItWas ? before : { ...openingAt(hours, timeZone, nowMs), lookedAtMs: nowMs };
}

/** Whether a store was open for so long, all in all, between two moments; one that told no hours always is. */
export const wasOpenFor = (enoughMs: number, hours: Hours, fromMs: number, untilMs: number): boolean =>
  untilMs - fromMs >= enoughMs && openForMs(enoughMs, hours, fromMs, untilMs) >= enoughMs;

/** For how long, as far as it matters: it is looked at no further than that `enoughMs` are found. */
export function openForMs(
  enoughMs: number,
  { hours, timeZone }: Hours,
  fromMs: number,
  untilMs: number,
): number {
  if (hours === null) return Math.max(0, untilMs - fromMs);
  let openMs = 0;
  for (let atMs = fromMs; atMs < untilMs && openMs < enoughMs; ) {
    const { open, changesAtMs } = openingAt(hours, timeZone, atMs);
    const endsAtMs = Math.min(untilMs, changesAtMs ?? atMs + LOOKS_AHEAD_MS);
    if (open) openMs += endsAtMs - atMs;
    atMs = endsAtMs;
  }
  return openMs;
}

function hoursOn({ week, dates }: OpeningHours, date: Temporal.PlainDate): DayHours {
  if (dates.length > 0) {
    const name = date.toString();
    const named = dates.find((one) => one.date === name);
    if (named !== undefined) return named.hours;
  }
  return week[WEEKDAYS[date.dayOfWeek - 1] ?? 'mon'];
}

/** In order of time. */
function spansOn(hours: DayHours, timeZone: string, date: Temporal.PlainDate): readonly Span[] {
  return hours
    .toSorted((one, other) => (one.opens < other.opens ? -1 : 1))
    .flatMap(({ opens, closes }) => {
      const opensAtMs = timeOn(timeZone, opens, date);
      // A date that the place skipped has no opening.
      if (opensAtMs === null) return [];
      const closesOn = closes <= opens ? date.add({ days: 1 }) : date;
      const closesAtMs = timeOn(timeZone, closes, closesOn) ?? startOf(timeZone, closesOn);
      // One that the clock leaped over as a whole is none.
      return closesAtMs > opensAtMs ? [{ opensAtMs, closesAtMs }] : [];
    });
}

function timeOn(timeZone: string, at: string, date: Temporal.PlainDate): number | null {
  if (at !== '24:00') return clockTimeMs(timeZone, at, date);
  const next = date.add({ days: 1 });
  return clockTimeMs(timeZone, '00:00', next) ?? startOf(timeZone, next);
}

const startOf = (timeZone: string, date: Temporal.PlainDate): number =>
  date.toZonedDateTime(timeZone).epochMilliseconds;
