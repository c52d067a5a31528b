import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { LocalTime } from './local-time.ts';

type Curve = NonNullable<SnapshotContent['today']['curve']>;

const HOUR_MS = 3_600_000;
/** Whole hours between the figures. A young day on a shorter axis would fill the glass with its first half hour. */
const LENGTHS = [
  { hours: 12, intervals: 4 },
  { hours: 15, intervals: 5 },
  { hours: 16, intervals: 4 },
  { hours: 20, intervals: 4 },
  { hours: 24, intervals: 4 },
  { hours: 28, intervals: 4 },
] as const;
/** The longest local day has 25 hours; a sign whose clock is wrong must not stretch it. */
const MAX_DAY_MS = 26 * HOUR_MS;

export type DayAxis = {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** Where today's line ends. */
  readonly untilMs: number;
  /** At even distances, from start to end. */
  readonly hours: readonly string[];
};

/** From the hour in which the first person came, for twelve hours or as many as the day has had; around what is usual. */
export function dayAxis(
  curve: Curve | null,
  heardAtMs: number,
  time: LocalTime,
  usual: Curve | null = null,
): DayAxis {
  const untilMs = curve === null ? heardAtMs : endOfLine(curve, heardAtMs);
  const firstAtMs = curve === null ? untilMs : firstPersonAt(curve, untilMs);
  const startsAtMs = time.startOfHour(Math.min(firstAtMs, usual?.startsAtMs ?? firstAtMs));
  const usualEndMs = usual === null ? untilMs : usual.startsAtMs + usual.counts.length * usual.stepMs;
  const hoursLong = (Math.max(untilMs, usualEndMs) - startsAtMs) / HOUR_MS;
  const length = LENGTHS.find(({ hours }) => hours >= hoursLong) ?? LENGTHS[5];
  const hours = Array.from({ length: length.intervals + 1 }, (_, index) =>
    time.hour(startsAtMs + (index * length.hours * HOUR_MS) / length.intervals),
  );
  return { startsAtMs, endsAtMs: startsAtMs + length.hours * HOUR_MS, untilMs, hours };
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
