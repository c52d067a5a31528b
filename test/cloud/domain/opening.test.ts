import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type DayHours, type OpeningHours, WEEKDAYS } from '../../../cloud/contracts/opening-hours.ts';
import { openingAfter, openingAt, wasOpenFor } from '../../../cloud/domain/opening.ts';
import { NOON_MS } from '../../support/builders.ts';
import { hoursOf, span } from '../../support/opening-hours.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MADRID = 'Europe/Madrid';

const told = (hours: OpeningHours, timeZone: string, now: string) => {
  const { open, changesAtMs } = openingAt(hours, timeZone, Date.parse(now));
  return [open ? 'open' : 'closed', changesAtMs === null ? null : new Date(changesAtMs).toISOString()];
};
const until = (word: string, time: string | null) => [
  word,
  time === null ? null : new Date(time).toISOString(),
];

const SHOP = hoursOf(['mon-sat', span('09:00', '14:00'), span('16:00', '20:30')]);
const BAR = hoursOf(['fri-sat', span('22:00', '03:30')]);
const KIOSK = hoursOf(['mon-sun', span('00:00', '24:00')]);
const TOUCHING = hoursOf(['mon-sun', span('09:00', '14:00'), span('14:00', '20:00')]);

test.each([
  ['in the morning', SHOP, '2026-11-21T08:59:59.999+01:00', 'closed', '2026-11-21T09:00:00+01:00'],
  ['when it opens', SHOP, '2026-11-21T09:00:00+01:00', 'open', '2026-11-21T14:00:00+01:00'],
  ['when it closes', SHOP, '2026-11-21T14:00:00+01:00', 'closed', '2026-11-21T16:00:00+01:00'],
  ['on Saturday night', SHOP, '2026-11-21T20:30:00+01:00', 'closed', '2026-11-23T09:00:00+01:00'],
  ['before midnight', BAR, '2026-11-21T23:00:00+01:00', 'open', '2026-11-22T03:30:00+01:00'],
  ['after midnight', BAR, '2026-11-22T03:29:00+01:00', 'open', '2026-11-22T03:30:00+01:00'],
  ['until next week', BAR, '2026-11-22T03:30:00+01:00', 'closed', '2026-11-27T22:00:00+01:00'],
  ['in the night of a leap', BAR, '2026-03-28T23:00:00+01:00', 'open', '2026-03-29T03:30:00+02:00'],
  ['in the night of a long hour', BAR, '2026-10-24T23:00:00+02:00', 'open', '2026-10-25T03:30:00+01:00'],
  ['where openings touch', TOUCHING, '2026-11-21T10:00:00+01:00', 'open', '2026-11-21T20:00:00+01:00'],
  ['where it never closes', KIOSK, '2026-11-21T10:00:00+01:00', 'open', null],
  ['where it never opens', hoursOf(), '2026-11-21T10:00:00+01:00', 'closed', null],
])('%s', (_, hours, now, word, time) => {
  expect(told(hours, MADRID, now)).toEqual(until(word, time));
});

describe('a time of the night that the clock', () => {
  const NIGHT = hoursOf(['mon-sun', span('02:15', '02:45')]);

  test('leaps over is no opening', () => {
    expect(told(NIGHT, MADRID, '2026-03-28T12:00:00+01:00')).toEqual(
      until('closed', '2026-03-30T02:15:00+02:00'),
    );
  });

  test('passes twice is one opening, the first', () => {
    expect(told(NIGHT, MADRID, '2026-10-25T02:20:00+02:00')).toEqual(
      until('open', '2026-10-25T02:45:00+02:00'),
    );
    expect(told(NIGHT, MADRID, '2026-10-25T02:20:00+01:00')).toEqual(
      until('closed', '2026-10-26T02:15:00+01:00'),
    );
  });
});

describe('a date that is named', () => {
  const withDates = (week: OpeningHours, dates: Record<string, DayHours>): OpeningHours => ({
    ...week,
    dates: Object.entries(dates).map(([date, hours]) => ({ date, hours })),
  });

  test('has its own hours, or none', () => {
    const christmas = withDates(SHOP, { '2026-12-24': [span('09:00', '13:00')], '2026-12-25': [] });
    expect(told(christmas, MADRID, '2026-12-24T12:00:00+01:00')).toEqual(
      until('open', '2026-12-24T13:00:00+01:00'),
    );
    expect(told(christmas, MADRID, '2026-12-24T13:00:00+01:00')).toEqual(
      until('closed', '2026-12-26T09:00:00+01:00'),
    );
  });

  test('does not end the evening before', () => {
    const sunday = withDates(BAR, { '2026-11-22': [] });
    expect(told(sunday, MADRID, '2026-11-22T02:00:00+01:00')).toEqual(
      until('open', '2026-11-22T03:30:00+01:00'),
    );
  });

  test('further away than a fortnight is not told of yet', () => {
    const once = withDates(hoursOf(), { '2026-12-24': [span('09:00', '13:00')] });
    expect(told(once, MADRID, '2026-12-10T08:00:00+01:00')).toEqual(['closed', null]);
    expect(told(once, MADRID, '2026-12-10T09:00:00+01:00')).toEqual(
      until('closed', '2026-12-24T09:00:00+01:00'),
    );
  });
});

test('a day that the place skipped has no opening, and ends what ran into it', () => {
  const thursday = hoursOf(['thu', span('22:00', '02:00')], ['fri', span('09:00', '20:00')]);
  expect(told(thursday, 'Pacific/Apia', '2011-12-29T23:00:00-10:00')).toEqual(
    until('open', '2011-12-31T00:00:00+14:00'),
  );
  expect(told(thursday, 'Pacific/Apia', '2011-12-31T00:00:00+14:00')).toEqual(
    until('closed', '2012-01-05T22:00:00+14:00'),
  );
});

const times = fc
  .oneof(fc.integer({ min: 0, max: 24 * 4 }), fc.integer({ min: 0, max: 4 * 4 }), fc.constantFrom(0, 24 * 4))
  .map((quarter) => `${twoDigits(Math.floor(quarter / 4))}:${twoDigits((quarter % 4) * 15)}`);
const twoDigits = (value: number) => String(value).padStart(2, '0');
const days = fc.array(fc.record({ opens: times, closes: times }), { maxLength: 3 });
const weeks = fc
  .tuple(days, days, days, days, days, days, days)
  .map(([mon, tue, wed, thu, fri, sat, sun]) => ({ mon, tue, wed, thu, fri, sat, sun }));

/** Half of them close to a change of the clock, if the zone still has one. */
const moments = fc
  .record({
    timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    aroundMs: fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2037-01-01') }),
    nearChange: fc.boolean(),
    offMinutes: fc.integer({ min: -36 * 60, max: 36 * 60 }),
  })
  .map(({ timeZone, aroundMs, nearChange, offMinutes }) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(aroundMs).toZonedDateTimeISO(timeZone);
    const change = nearChange ? zoned.getTimeZoneTransition('next') : null;
    const nowMs = Math.floor((change?.epochMilliseconds ?? aroundMs) / MINUTE_MS + offMinutes) * MINUTE_MS;
    return { timeZone, nowMs };
  });

test('in every zone a store is open as whoever looks at its clock each minute would say, until they say otherwise', () => {
  const cases = fc.record({
    moment: moments,
    week: weeks,
    named: days,
    namedAfterDays: fc.integer({ min: -2, max: 3 }),
  });
  fc.assert(
    fc.property(cases, ({ moment: { timeZone, nowMs }, week, named, namedAfterDays }) => {
      const date = Temporal.Instant.fromEpochMilliseconds(nowMs + namedAfterDays * DAY_MS)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .toString();
      const hours = { week, dates: [{ date, hours: named }] };
      const isOpenAt = byTheClock(hours, timeZone, nowMs);
      for (let atMs = nowMs - DAY_MS; atMs < nowMs + DAY_MS; atMs += 97 * MINUTE_MS) {
        const { open, changesAtMs } = openingAt(hours, timeZone, atMs);
        expect([atMs, open]).toEqual([atMs, isOpenAt(atMs)]);
        const lookedUntilMs = Math.min(changesAtMs ?? Infinity, nowMs + 2 * DAY_MS);
        for (let ms = atMs; ms < lookedUntilMs; ms += MINUTE_MS)
          if (isOpenAt(ms) !== open) expect.fail(`it changes at ${ms} and not at ${changesAtMs}`);
        if (changesAtMs !== null && changesAtMs <= nowMs + 2 * DAY_MS)
          expect([changesAtMs, isOpenAt(changesAtMs)]).toEqual([changesAtMs, !open]);
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);

/** Looks at the clock of the place once a minute, as a person would. */
function byTheClock(hours: OpeningHours, timeZone: string, nowMs: number): (atMs: number) => boolean {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const clocks: { ms: number; clock: string }[] = [];
  for (let ms = nowMs - 5 * DAY_MS; ms <= nowMs + 4 * DAY_MS; ms += MINUTE_MS)
    clocks.push({ ms, clock: format.format(ms) });
  const first = (date: Temporal.PlainDate, time: string) => {
    const isNext = time === '24:00';
    const wanted = `${isNext ? date.add({ days: 1 }) : date} ${isNext ? '00:00' : time}`;
    return clocks.find(({ clock }) => clock >= wanted)?.ms ?? Infinity;
  };
  const dates = [...new Set(clocks.map(({ clock }) => clock.slice(0, 10)))].sort();
  const spans = dates.flatMap((name) => {
    const date = Temporal.PlainDate.from(name);
    const named = hours.dates.find((one) => one.date === name);
    const ofDay = named?.hours ?? hours.week[WEEKDAYS[date.dayOfWeek - 1] ?? 'mon'];
    return ofDay.map(({ opens, closes }) => {
      const closesOn = closes <= opens ? date.add({ days: 1 }) : date;
      return { fromMs: first(date, opens), untilMs: first(closesOn, closes) };
    });
  });
  return (atMs) => spans.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
}

describe('what is kept of an opening', () => {
  const at = (nowMs: number, before = kept, isNewDay = false) =>
    openingAfter(before, { hours: SHOP, timeZone: MADRID, isNewDay }, nowMs);
  const kept = openingAfter(null, { hours: SHOP, timeZone: MADRID, isNewDay: false }, NOON_MS);

  test('is the same thing until it changes', () => {
    expect(kept).toEqual({ open: true, changesAtMs: NOON_MS + 2 * HOUR_MS, lookedAtMs: NOON_MS });
    expect(at(NOON_MS + 2 * HOUR_MS - 1)).toBe(kept);
    expect(at(NOON_MS + 2 * HOUR_MS)).toMatchObject({ open: false, changesAtMs: NOON_MS + 4 * HOUR_MS });
  });

  test('is looked at anew on a new day, and by a clock that was set back', () => {
    expect(at(NOON_MS + 1, kept, true)).not.toBe(kept);
    expect(at(NOON_MS - 4 * HOUR_MS)).toMatchObject({ open: false, changesAtMs: NOON_MS - 3 * HOUR_MS });
  });

  test('is nothing where nobody told hours', () => {
    expect(openingAfter(kept, { hours: null, timeZone: MADRID, isNewDay: false }, NOON_MS)).toBeNull();
  });
});

describe('the time that a store was open between two moments', () => {
  const wasOpen = (hours: OpeningHours | null, minutes: number, from: string, untilTime: string) =>
    wasOpenFor(minutes * MINUTE_MS, { hours, timeZone: MADRID }, Date.parse(from), Date.parse(untilTime));

  test('is what it was open, all in all: the time between does not count', () => {
    const [from, later] = ['2026-11-21T13:55:00+01:00', '2026-11-21T16:05:00+01:00'];
    expect(wasOpen(SHOP, 10, from, later)).toBe(true);
    expect(wasOpen(SHOP, 11, from, later)).toBe(false);
  });

  test('is none in the night, and all of it where nobody told hours', () => {
    const [from, later] = ['2026-11-21T21:00:00+01:00', '2026-11-23T08:00:00+01:00'];
    expect(wasOpen(SHOP, 1, from, later)).toBe(false);
    expect(wasOpen(null, 35 * 60, from, later)).toBe(true);
    expect(wasOpen(null, 35 * 60 + 1, from, later)).toBe(false);
  });

  test('is found after months in which it was closed', () => {
    const summer = { ...hoursOf(), dates: [{ date: '2026-11-21', hours: [span('09:00', '10:00')] }] };
    const from = '2026-06-01T00:00:00+02:00';
    expect(wasOpen(summer, 10, from, '2026-11-21T09:10:00+01:00')).toBe(true);
    expect(wasOpen(summer, 10, from, '2026-11-21T09:09:00+01:00')).toBe(false);
  });
});
