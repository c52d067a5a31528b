import type { HistoryStep } from '../../../../cloud/contracts/history.ts';
import { dateOf, hourOf } from './as-counted.ts';

const WEEK_DAYS = 7;
const WEEKS = 8;
/** Of two days nobody can say which was the usual one: as the signs have it. */
const LEAST_DAYS = 3;
const DAY_MS = 24 * 3_600_000;

/** How many were inside at the end of each hour, by the median of the last same weekdays on which anybody came; as on the signs. */
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
  if (counted.length < LEAST_DAYS) return new Map();
  const byHour = Map.groupBy(counted.flat(), hourOf);
  return new Map([...byHour].map(([hour, ofHour]) => [hour, median(ofHour.map(({ count }) => count))]));
}

function median(counts: readonly number[]): number {
  const sorted = counts.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.round((upper + (sorted[Math.floor((sorted.length - 1) / 2)] ?? 0)) / 2);
}
