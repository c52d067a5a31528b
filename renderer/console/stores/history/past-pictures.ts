import type { HistoryStep } from '../../../../cloud/contracts/history.ts';
import { asCounted, byPeople, dateOf, hourOf } from './as-counted.ts';
import type { Line, Picture } from './picture.ts';
import type { Told } from './today-picture.ts';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const NOON = 12;
export const WEEK_DAYS = 7;
export const WEEKS_DAYS = 56;

/** The last seven days by the hour. Null: not read so far, or nothing in it. */
export function weekPicture({ content, hours, corrections, gaps, nowMs }: Told): Picture | null {
  const steps = lastDays(hours ?? [], content.today.day, WEEK_DAYS);
  if (steps.every((step) => step.in === 0 && step.count === 0)) return null;
  const now = Math.floor(nowMs / 1_000);
  const from = (steps[0]?.startsAtMs ?? 0) / 1_000;
  const times = steps.map(({ startsAtMs }) => Math.min(startsAtMs / 1_000 + HOUR_S, now));
  const raw = asCounted(steps, corrections);
  const marks = byPeople(corrections)
    .map(({ atMs, before, after }) => ({ at: atMs / 1_000, people: after - before }))
    .filter(({ at }) => at >= from && at <= now);
  const isCorrected = steps.some(({ count }, index) => count !== raw[index]);
  const lines: Line[] = [
    {
      look: 'main',
      word: isCorrected ? 'with corrections' : 'inside',
      values: steps.map(({ count }) => count),
    },
    ...(isCorrected ? [{ look: 'raw', word: 'as counted', values: raw } as const] : []),
  ];
  const { limits, store } = content;
  const most = Math.max(limits.hard, ...steps.map(({ count }) => count), ...raw);
  return {
    ...{ span: 'week', times, lines, limits, marks, from, until: now, now, top: most * 1.12 },
    gaps: gaps.filter((gap) => gap.until > from && gap.from < now),
    timeZone: store.timeZone,
    ticks: steps
      .filter((step) => hourOf(step) === NOON)
      .map(({ startsAtMs, startsAt }) => ({ at: startsAtMs / 1_000, words: dayWords(startsAt, 'short') })),
  };
}

/** The last eight weeks by the day: how many came, and the most that were inside. */
export function weeksPicture({ content, hours, nowMs }: Told): Picture | null {
  const days = daySums(lastDays(hours ?? [], content.today.day, WEEKS_DAYS));
  const first = days.findIndex((day) => day.in > 0 || day.peak > 0);
  if (first < 0) return null;
  const told = days.slice(first);
  const times = told.map(({ startsAtMs }) => startsAtMs / 1_000 + DAY_S / 2);
  const { limits, store } = content;
  const last = times.at(-1) ?? 0;
  const from = (told[0]?.startsAtMs ?? 0) / 1_000;
  return {
    ...{ span: 'weeks', times, limits, marks: [], gaps: [], now: null, timeZone: store.timeZone },
    lines: [
      { look: 'bars', word: 'came in', values: told.map((day) => day.in) },
      {
        look: 'main',
        word: 'most inside',
        values: told.map((day) => (day.in > 0 || day.peak > 0 ? day.peak : null)),
      },
    ],
    from,
    until: Math.max(last + DAY_S / 2, from + WEEK_DAYS * DAY_S, nowMs / 1_000),
    top: Math.max(limits.hard, ...told.map(({ peak }) => peak)) * 1.12,
    ticks: told
      .filter(({ date }) => told.length < 2 * WEEK_DAYS || new Date(date).getUTCDay() === 1)
      .map(({ startsAtMs, date }) => ({ at: startsAtMs / 1_000 + DAY_S / 2, words: dayWords(date, 'date') })),
  };
}

export type DaySum = {
  readonly date: string;
  readonly startsAtMs: number;
  readonly in: number;
  readonly out: number;
  readonly corrected: number;
  readonly peak: number;
};

export const daySums = (steps: readonly HistoryStep[]): readonly DaySum[] =>
  [...Map.groupBy(steps, dateOf)].map(([date, ofDay]) => ({
    date,
    startsAtMs: ofDay[0]?.startsAtMs ?? 0,
    in: sumOf(ofDay, 'in'),
    out: sumOf(ofDay, 'out'),
    corrected: sumOf(ofDay, 'corrected'),
    peak: Math.max(...ofDay.map(({ peak }) => peak)),
  }));

const sumOf = (steps: readonly HistoryStep[], of: 'in' | 'out' | 'corrected'): number =>
  steps.reduce((sum, step) => sum + step[of], 0);

/** The steps of so many days by the store's own calendar, today among them. */
export function lastDays(steps: readonly HistoryStep[], today: string, days: number): readonly HistoryStep[] {
  const oldest = new Date(Date.parse(today) - (days - 1) * DAY_S * 1_000).toISOString().slice(0, 10);
  return steps.filter((step) => dateOf(step) >= oldest);
}

const FORMATS = {
  short: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' }),
  date: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  long: new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }),
};

/** A date of the store's calendar in words; a date has no time zone. */
export const dayWords = (date: string, how: keyof typeof FORMATS): string =>
  FORMATS[how].format(Date.parse(date.slice(0, 10)));
