import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { LocalTime } from './local-time.ts';

type Curve = NonNullable<SnapshotContent['today']['curve']>;

const HOUR_MS = 3_600_000;
/** A young day on a short axis would fill the glass with its first half hour. */
const MIN_HOURS = 12;
const INTERVALS = 4;
/** The longest local day has 25 hours; a sign whose clock is wrong must not stretch it. */
const MAX_DAY_MS = 26 * HOUR_MS;

export type DayAxis = {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** Where today's line ends. */
  readonly untilMs: number;
  /** Five, from start to end. */
  readonly hours: readonly string[];
};

/** From the hour in which the first person came, for twelve hours or as many as the day has had. */
export function dayAxis(curve: Curve | null, heardAtMs: number, time: LocalTime): DayAxis {
  const untilMs = curve === null ? heardAtMs : endOfLine(curve, heardAtMs);
  const startsAtMs = time.startOfHour(curve === null ? untilMs : firstPersonAt(curve, untilMs));
  const hoursSoFar = (untilMs - startsAtMs) / HOUR_MS;
  const length = Math.max(MIN_HOURS, Math.ceil(hoursSoFar / INTERVALS) * INTERVALS);
  const hours = Array.from({ length: INTERVALS + 1 }, (_, index) =>
    time.hour(startsAtMs + (index * length * HOUR_MS) / INTERVALS),
  );
  return { startsAtMs, endsAtMs: startsAtMs + length * HOUR_MS, untilMs, hours };
}

/** Within the curve's last step or after it, but never days away. */
function endOfLine(curve: Curve, heardAtMs: number): number {
  const lastStepAt = curve.startsAtMs + Math.max(0, curve.counts.length - 1) * curve.stepMs;
  return Math.min(Math.max(heardAtMs, lastStepAt), curve.startsAtMs + MAX_DAY_MS);
}

function firstPersonAt(curve: Curve, otherwiseMs: number): number {
  const first = curve.counts.findIndex((count) => count > 0);
  return first === -1 ? otherwiseMs : curve.startsAtMs + first * curve.stepMs;
}
