import type { HistoryStep } from '../../../../cloud/contracts/history.ts';
import { dateOf, hourOf } from './as-counted.ts';

const WEEK_DAYS = 7;
const WEEKS = 8;
const DAY_MS = 24 * 3_600_000;

/** How many were inside at the end of each hour, on average of the last same weekdays on which anybody came. */
export function usualDay(steps: readonly HistoryStep[], day: string): ReadonlyMap<number, number> {
  const dates = new Set(
    Array.from({ length: WEEKS }, (_, week) =>
      new Date(Date.parse(day) - (week + 1) * WEEK_DAYS * DAY_MS).toISOString().slice(0, 10),
    ),
  );
  const same = Map.groupBy(
    steps.filter((step) => dates.has(dateOf(step))),
    dateOf,
  );
  const counted = [...same.values()].filter((ofDay) => ofDay.some((step) => step.in > 0));
  const sums = Map.groupBy(counted.flat(), hourOf);
  return new Map(
    [...sums].map(([hour, ofHour]) => [
      hour,
      Math.round(ofHour.reduce((sum, { count }) => sum + count, 0) / ofHour.length),
    ]),
  );
}
