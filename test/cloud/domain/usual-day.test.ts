import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepBounds, storeDayAt } from '../../../cloud/domain/day.ts';
import { historySteps } from '../../../cloud/domain/history.ts';
import type { StoreDay } from '../../../cloud/domain/store-state.ts';
import {
  byTheHour,
  type Change,
  type DaysLike,
  daysLike,
  isUsualDue,
  usualCurve,
} from '../../../cloud/domain/usual-day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const MADRID = 'Europe/Madrid';
const SATURDAY = storeDayAt(MADRID, Date.parse('2026-11-21T12:00:00+01:00'));

type Passage = { readonly atMs: number } & Partial<Change>;

/** What the database would sum, from one cut up to the next. */
const summed = ({ cutsMs }: DaysLike, passages: readonly Passage[]): readonly Change[] =>
  cutsMs.map((cutMs, index) => {
    const of = passages.filter(({ atMs }) => atMs >= cutMs && atMs < (cutsMs[index + 1] ?? Infinity));
    const sum = (kind: keyof Change) => of.reduce((total, passage) => total + (passage[kind] ?? 0), 0);
    return { in: sum('in'), out: sum('out'), adjusted: sum('adjusted') };
  });

const usualOf = (
  passages: readonly Passage[],
  { today = SATURDAY, timeZone = MADRID, staff = 0, isMeasured = false } = {},
) => {
  const like = daysLike(timeZone, today);
  const rawCount = passages.reduce(
    (sum, passage) => sum + (passage.in ?? 0) - (passage.out ?? 0) + (passage.adjusted ?? 0),
    0,
  );
  return usualCurve({ like, changes: summed(like, passages), rawCount, staff, isMeasured });
};

/** By the clock on the wall of that date in Madrid. */
const wall = (date: string, clock: string): number => {
  const atMs = Date.parse(`${date}T${clock}:00Z`);
  const { startsAt = '' } = stepBounds('minute', MADRID, atMs, atMs + 1)[0] ?? {};
  return Date.parse(`${date}T${clock}:00${startsAt.slice(19)}`);
};
/** So many come at ten past ten and leave at ten to eight. */
const visitOf = (date: string, people: number): readonly Passage[] => [
  { atMs: wall(date, '10:10'), in: people },
  { atMs: wall(date, '19:50'), out: people },
];
const SATURDAYS = [
  ...['2026-11-14', '2026-11-07', '2026-10-31', '2026-10-24'],
  ...['2026-10-17', '2026-10-10', '2026-10-03', '2026-09-26'],
] as const;

test('the usual day is the median of the same weekday, by the clock on the wall, whatever the clocks did since', () => {
  const passages = SATURDAYS.flatMap((date, index) => visitOf(date, 10 * (index + 1)));
  const usual = usualOf(passages);
  expect(usual?.startsAtMs).toBe(wall('2026-11-21', '10:00'));
  expect(usual?.stepMs).toBe(HOUR_MS / 2);
  // From ten to eight: who left ten minutes before is gone at its end.
  expect(usual?.counts).toEqual([...Array(19).fill(45), 0]);
  expect(usual && byTheHour(usual)).toEqual({
    startsAtMs: wall('2026-11-21', '10:00'),
    stepMs: HOUR_MS,
    counts: [...Array(9).fill(45), 0],
  });
});

test('one day that was like no other changes nothing, and other weekdays have no say', () => {
  const passages = SATURDAYS.slice(0, 3).flatMap((date, index) => visitOf(date, index === 1 ? 900 : 30));
  const fridays = ['2026-11-20', '2026-11-13', '2026-11-06'].flatMap((date) => visitOf(date, 500));
  expect(usualOf([...passages, ...fridays])?.counts[0]).toBe(30);
});

test('days on which nobody came are left out, also where the night before was put right on them', () => {
  const closed = ['2026-11-14', '2026-11-07'].map((date) => ({ atMs: wall(date, '05:00'), adjusted: 4 }));
  const open = SATURDAYS.slice(2, 5).flatMap((date) => visitOf(date, 20));
  expect(usualOf([...closed, ...open])?.counts[0]).toBe(20);
});

test('two days are too few, and a ninth week is too long ago', () => {
  const two = SATURDAYS.slice(0, 2).flatMap((date) => visitOf(date, 20));
  expect(usualOf(two)).toBeNull();
  expect(usualOf([...two, ...visitOf('2026-09-19', 20)])).toBeNull();
});

test('staff are left out of it, and a count below nobody is nobody', () => {
  const passages = SATURDAYS.flatMap((date) => visitOf(date, 20));
  expect(usualOf(passages, { staff: 5 })?.counts[0]).toBe(15);
  expect(usualOf(passages, { staff: 25 })).toBeNull();
});

test('what was left over at night is no part of the day', () => {
  const passages = SATURDAYS.flatMap((date) => [
    ...visitOf(date, 20),
    // Two were not seen to leave, and are forgotten in the morning.
    { atMs: wall(date, '12:00'), in: 2 },
    { atMs: wall(date, '23:10') + 6 * HOUR_MS, adjusted: -2 },
  ]);
  const usual = usualOf(passages);
  expect(usual?.startsAtMs).toBe(wall('2026-11-21', '10:00'));
  expect(usual?.counts.at(-1)).toBe(2);
  expect(usual?.counts).toHaveLength(20);
});

test('a store that is measured and has no doors has a usual day too', () => {
  const passages = SATURDAYS.flatMap((date) => [
    { atMs: wall(date, '10:10'), adjusted: 12 },
    { atMs: wall(date, '19:50'), adjusted: -12 },
  ]);
  expect(usualOf(passages, { isMeasured: true })?.counts).toEqual([...Array(19).fill(12), 0]);
  expect(usualOf(passages)).toBeNull();
});

test.each([
  ['has an hour twice', '2026-10-25', 25],
  ['misses an hour', '2026-03-29', 23],
])('a day that %s still shows ten o’clock at ten o’clock', (_, date, hours) => {
  const today = storeDayAt(MADRID, Date.parse(`${date}T12:00:00Z`));
  expect((today.endsAtMs - today.startsAtMs) / HOUR_MS).toBe(hours);
  const weeksAgo = (weeks: number) => new Date(Date.parse(date) - weeks * WEEK_MS).toISOString().slice(0, 10);
  const passages = [1, 2, 3, 4].flatMap((weeks) => visitOf(weeksAgo(weeks), 40));
  const usual = usualOf(passages, { today });
  expect(usual?.startsAtMs).toBe(wall(date, '10:00'));
  expect(usual?.counts).toEqual([...Array(19).fill(40), 0]);
});

test('is looked at once a day, and each hour while there is none', () => {
  const due = (usual: Parameters<typeof isUsualDue>[0]['usual'], afterMs: number) =>
    isUsualDue({ usual, today: SATURDAY }, SATURDAY.startsAtMs + afterMs);
  const lookedAtMs = SATURDAY.startsAtMs;
  const curve = { startsAtMs: lookedAtMs, stepMs: HOUR_MS / 2, counts: [1, 2] };
  expect(due(null, 0)).toBe(true);
  expect(due({ day: '2026-11-20', lookedAtMs, curve }, 0)).toBe(true);
  expect(due({ day: '2026-11-21', lookedAtMs, curve }, 23 * HOUR_MS)).toBe(false);
  expect(due({ day: '2026-11-21', lookedAtMs, curve: null }, HOUR_MS - 1)).toBe(false);
  expect(due({ day: '2026-11-21', lookedAtMs, curve: null }, HOUR_MS)).toBe(true);
});

const zones = fc.constantFrom(
  ...[MADRID, 'America/Santiago', 'Asia/Kathmandu', 'Africa/Cairo', 'America/Havana', 'Asia/Tokyo'],
);
const moments = fc.integer({
  min: Date.parse('2024-06-01T00:00:00Z'),
  max: Date.parse('2027-01-01T00:00:00Z'),
});
/** Most come within the same few hours of each day, because else nothing is usual. */
const walks = fc.array(
  fc.record({ day: fc.nat(56), quarter: fc.nat(11), in: fc.integer({ min: 1, max: 20 }), out: fc.nat(15) }),
  { minLength: 300, maxLength: 500 },
);

test('at each hour it is the median of what the history says of that hour, in every time zone', () => {
  let compared = 0;
  fc.assert(
    fc.property(zones, moments, walks, fc.nat(3), (timeZone, nowMs, walk, staff) => {
      const today: StoreDay = storeDayAt(timeZone, nowMs);
      const fromMs = today.startsAtMs - 57 * 24 * HOUR_MS;
      const passages = walk
        .map((passage) => ({
          in: passage.in,
          out: passage.out,
          atMs: fromMs + passage.day * 24 * HOUR_MS + (40 + passage.quarter) * 15 * MINUTE_MS,
        }))
        .filter(({ atMs }) => atMs < today.startsAtMs);
      const usual = usualOf(passages, { timeZone, today, staff });
      if (usual === null) return;
      const rawCount = passages.reduce((sum, passage) => sum + passage.in - passage.out, 0);
      const steps = historySteps({
        step: 'hour',
        timeZone,
        fromMs,
        untilMs: today.endsAtMs,
        scope: { kind: 'store' },
        doors: [{ id: 'street', into: 'store', from: null }],
        zones: [{ id: 'store', rawCount }],
        staff,
        doorMinutes: passages.map(({ atMs, ...people }) => ({ doorId: 'street', minuteMs: atMs, ...people })),
        zoneMinutes: [],
      });
      const dates = Array.from({ length: 8 }, (_, week) =>
        new Date(Date.parse(today.day) - (week + 1) * WEEK_MS).toISOString().slice(0, 10),
      );
      const days = dates
        .map((date) => steps.filter(({ startsAt }) => startsAt.startsWith(date)))
        .filter((ofDay) => ofDay.some((step) => step.in > 0));
      const ofToday = steps.filter(({ startsAt }) => startsAt.startsWith(today.day));
      const { startsAtMs, counts } = byTheHour(usual);
      for (const [index, count] of counts.entries()) {
        const atMs = startsAtMs + index * HOUR_MS;
        const hour = ofToday.find((step) => step.startsAtMs === atMs)?.startsAt.slice(11, 13);
        const same = days.flatMap((ofDay) =>
          ofDay.filter(({ startsAt }) => startsAt.slice(11, 13) === hour).map((step) => step.count),
        );
        // Where a clock was changed an hour may be missing on some day, or be there twice.
        if (hour === undefined || same.length !== days.length) continue;
        compared += 1;
        const sorted = same.toSorted((a, b) => a - b);
        const middle = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
        expect(count).toBe(Math.round(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2));
      }
    }),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(60);
});
