import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { DayAxis } from './day-axis.ts';

export type DayInput = Pick<SnapshotContent, 'count' | 'today'> & { readonly limit: number };

/** On a field of 1000 x 100, y downwards. */
export type Point = { readonly x: number; readonly y: number };

export type DayLine = {
  /** Empty until the day has a curve. */
  readonly path: string;
  readonly area: string;
  readonly end: Point | null;
  /** Null where there is none, or where it is the end of the line. */
  readonly peak: Point | null;
  readonly limitY: number;
  readonly usual: UsualLine | null;
};

type UsualLine = {
  readonly path: string;
  readonly points: readonly Point[];
  /** Null where it is over. */
  readonly peak: (Point & { readonly count: number; readonly atMs: number }) | null;
};

/** Air above the limit, so that a full store does not touch the top. */
const HEADROOM = 1.1;
/** A peak this close to the end of the line is the end. */
const SAME_AS_END_MS = 5 * 60_000;

export function dayLine({ count, limit, today }: DayInput, axis: DayAxis): DayLine {
  const usualCounts = today.usual?.counts ?? [];
  const highest = Math.max(count, today.peak?.count ?? 0, ...(today.curve?.counts ?? []), ...usualCounts);
  const top = Math.max(limit, highest) * HEADROOM;
  const toPoint = ({ atMs, people }: Moment): Point => ({
    x: Math.min(Math.max((atMs - axis.startsAtMs) / (axis.endsAtMs - axis.startsAtMs), 0), 1) * 1_000,
    y: 100 - (people / top) * 100,
  });
  const limitY = 100 - (limit / top) * 100;
  const usual = today.usual ? usualLine(today.usual, axis, toPoint) : null;
  const moments = momentsOf({ count, limit, today }, axis);
  if (moments.length === 0) return { path: '', area: '', end: null, peak: null, limitY, usual };
  const points = moments.map(toPoint);
  const path = pathOf(points);
  const first = points[0]?.x ?? 0;
  const end = toPoint({ atMs: axis.untilMs, people: count });
  const peak = isPeakNow(today.peak, count, axis.untilMs) ? null : today.peak;
  return {
    path,
    area: `${path}L${end.x.toFixed(1)} 100L${first.toFixed(1)} 100Z`,
    end,
    peak: peak === null ? null : toPoint({ atMs: peak.atMs, people: peak.count }),
    limitY,
    usual,
  };
}

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(2)}`).join('');

function usualLine(
  { startsAtMs, stepMs, counts }: Curve,
  axis: DayAxis,
  toPoint: (moment: Moment) => Point,
): UsualLine {
  const moments = counts.map((people, index) => ({ atMs: startsAtMs + (index + 1) * stepMs, people }));
  const most = Math.max(0, ...counts);
  const peak = moments.find(({ people }) => people === most);
  const points = [{ atMs: startsAtMs, people: 0 }, ...moments].map(toPoint);
  const isAhead = peak !== undefined && most > 0 && peak.atMs > axis.untilMs;
  return {
    path: pathOf(points),
    points,
    peak: isAhead ? { ...toPoint(peak), count: most, atMs: peak.atMs } : null,
  };
}

export function isPeakNow(peak: SnapshotContent['today']['peak'], count: number, untilMs: number): boolean {
  return peak !== null && count >= peak.count && untilMs - peak.atMs < SAME_AS_END_MS;
}

type Curve = NonNullable<SnapshotContent['today']['curve']>;
type Moment = { readonly atMs: number; readonly people: number };

/** The ends of the finished steps from the first person on, the peak where it truly was, and the count of now. */
function momentsOf({ count, today: { curve, peak } }: DayInput, axis: DayAxis): readonly Moment[] {
  if (curve === null) return [];
  const moments: Moment[] = [];
  for (const [index, people] of curve.counts.entries()) {
    const endsAtMs = curve.startsAtMs + (index + 1) * curve.stepMs;
    if (endsAtMs <= axis.startsAtMs || endsAtMs >= axis.untilMs) continue;
    if (moments.length === 0) {
      moments.push({ atMs: endsAtMs - curve.stepMs, people: curve.counts[index - 1] ?? 0 });
    }
    moments.push({ atMs: endsAtMs, people });
  }
  if (moments.length === 0) moments.push({ atMs: axis.startsAtMs, people: 0 });
  if (peak !== null && peak.atMs > axis.startsAtMs && peak.atMs < axis.untilMs) {
    moments.push({ atMs: peak.atMs, people: peak.count });
  }
  return [...moments.toSorted((a, b) => a.atMs - b.atMs), { atMs: axis.untilMs, people: count }];
}
