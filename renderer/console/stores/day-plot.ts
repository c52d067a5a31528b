import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { clockWords, numberWords } from '../view/words.ts';

const HOUR_S = 3_600;
const LEAST_HOURS = 6;

/** Columns as the chart takes them: Unix seconds, the count, and both limits. */
export type DayPlot = {
  readonly times: readonly number[];
  readonly counts: readonly number[];
  readonly from: number;
  readonly until: number;
  readonly top: number;
};

/** Today from the hour of the first person on. Null: nothing was counted. */
export function dayPlot({ today, limits }: Pick<SnapshotContent, 'today' | 'limits'>): DayPlot | null {
  const { curve } = today;
  const first = curve?.counts.findIndex((count) => count > 0) ?? -1;
  if (!curve || first < 0) return null;
  const start = Math.max(0, first - 1);
  const counts = curve.counts.slice(start);
  const stepS = curve.stepMs / 1_000;
  const times = counts.map((_, index) => Math.round(curve.startsAtMs / 1_000 + (start + index + 1) * stepS));
  const from = Math.floor((times[0] ?? 0) / HOUR_S) * HOUR_S;
  const last = times.at(-1) ?? from;
  const until = Math.max(from + LEAST_HOURS * HOUR_S, Math.ceil((last + HOUR_S / 2) / HOUR_S) * HOUR_S);
  return { times, counts, from, until, top: Math.max(limits.hard, ...counts) * 1.12 };
}

/** The same for who does not see it. */
export function dayWords({ today, store, count }: SnapshotContent): string {
  const { peak } = today;
  const most =
    peak === null
      ? ''
      : ` The most were ${numberWords(peak.count)} at ${clockWords(peak.atMs, store.timeZone)}.`;
  return `Today's curve: ${numberWords(count)} inside now, ${numberWords(today.in)} came in and ${numberWords(today.out)} went out.${most}`;
}
