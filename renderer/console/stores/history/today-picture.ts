import type { CorrectionRecord } from '../../../../cloud/contracts/correction.ts';
import type { HistoryStep } from '../../../../cloud/contracts/history.ts';
import type { SnapshotContent } from '../../../../cloud/contracts/snapshot.ts';
import { clockSecondsWords, clockWords, numberWords } from '../../view/words.ts';
import { byPeople, dateOf } from './as-counted.ts';
import type { Gap, Line, Picture } from './picture.ts';
import { usualDay } from './usual-day.ts';

const HOUR_S = 3_600;
const LEAST_HOURS = 6;

export type Told = {
  readonly content: SnapshotContent;
  /** By the hour, of the last eight weeks; null: not read so far. */
  readonly hours: readonly HistoryStep[] | null;
  readonly corrections: readonly CorrectionRecord[];
  readonly gaps: readonly Gap[];
  readonly nowMs: number;
};

/** Today's curve beside what it would be without corrections, and what is usual. Null: nothing is known of today. */
export function todayPicture({ content, hours, corrections, gaps, nowMs }: Told): Picture | null {
  const { today, limits, store } = content;
  const startsAtMs =
    hours?.find((step) => dateOf(step) === today.day)?.startsAtMs ?? midnightMs(nowMs, store.timeZone);
  const dayStart = startsAtMs / 1_000;
  const now = Math.floor(nowMs / 1_000);
  const counted = curvePoints(content, now);
  const usual = [...usualDay(hours ?? [], today.day)]
    .map(([hour, count]) => ({ at: dayStart + (hour + 1) * HOUR_S, count }))
    .toSorted((one, other) => one.at - other.at);
  const busy = [...counted, ...usual].filter(({ count }) => count > 0).map(({ at }) => at);
  if (busy.length === 0) return null;
  const from = Math.max(dayStart, Math.floor((Math.min(...busy) - 1) / HOUR_S) * HOUR_S);
  const until = Math.max(
    from + LEAST_HOURS * HOUR_S,
    Math.ceil((Math.max(...busy, now) + HOUR_S / 4) / HOUR_S) * HOUR_S,
  );
  const marks = byPeople(corrections)
    .filter(({ atMs }) => atMs >= startsAtMs && atMs <= nowMs)
    .map(({ atMs, before, after }) => ({ at: atMs / 1_000, people: after - before }));
  const times = [...new Set([...counted, ...usual].map(({ at }) => at))].toSorted((a, b) => a - b);
  const along = (points: readonly Point[]) => {
    const at = new Map(points.map((point) => [point.at, point.count]));
    return times.map((time) => at.get(time) ?? null);
  };
  const raw = counted.map(({ at, count }) => ({
    at,
    count: Math.max(
      0,
      count - marks.filter((mark) => mark.at <= at).reduce((sum, { people }) => sum + people, 0),
    ),
  }));
  const lines: Line[] = [
    { look: 'main', word: marks.length === 0 ? 'inside' : 'with corrections', values: along(counted) },
    ...(marks.length === 0 ? [] : [{ look: 'raw', word: 'as counted', values: along(raw) } as const]),
    ...(usual.length === 0
      ? []
      : [{ look: 'usual', word: usualWord(today.day), values: along(usual) } as const]),
  ];
  const most = Math.max(limits.hard, ...[...counted, ...raw, ...usual].map(({ count }) => count));
  return {
    ...{ span: 'today', times, lines, limits, marks, from, until, now, top: most * 1.12 },
    gaps: gaps.filter((gap) => gap.until > from && gap.from < until),
    timeZone: store.timeZone,
    ticks: null,
  };
}

/** By the clock on the wall: an hour off where it was changed since, until the history tells it exactly. */
function midnightMs(nowMs: number, timeZone: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clockSecondsWords(nowMs, timeZone).split(':').map(Number);
  return Math.floor(nowMs / 1_000) * 1_000 - ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

type Point = { readonly at: number; readonly count: number };

/** The last step is not over yet: its count is that of now. */
function curvePoints({ today: { curve }, count }: SnapshotContent, now: number): readonly Point[] {
  if (curve === null) return [];
  const points = curve.counts.map((each, index) => ({
    at: Math.round((curve.startsAtMs + (index + 1) * curve.stepMs) / 1_000),
    count: each,
  }));
  return [...points.filter(({ at }) => at < now), { at: now, count }];
}

const usualWord = (day: string): string =>
  `usual ${new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(day))}`;

/** Today for who does not see it. */
export function todayWords({ today, store, count }: SnapshotContent): string {
  const { peak } = today;
  const most =
    peak === null
      ? ''
      : ` The most were ${numberWords(peak.count)} at ${clockWords(peak.atMs, store.timeZone)}.`;
  return `Today: ${numberWords(count)} inside now, ${numberWords(today.in)} came in and ${numberWords(today.out)} went out.${most}`;
}
