import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  daysBefore,
  previousDay,
  type StepLength,
  stepBounds,
  stepStartMs,
  storeDayAt,
} from '../../../cloud/domain/day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const moments = fc.integer({ min: Date.parse('2005-01-01'), max: Date.parse('2037-12-31') });

test.each([
  ['Europe/Madrid', '2026-03-29', 23],
  ['Europe/Madrid', '2026-10-25', 25],
  ['Europe/Madrid', '2026-11-21', 24],
  // Clocks go forward at midnight: the day starts at 01:00.
  ['America/Santiago', '2026-09-06', 23],
])('in %s the day %s is %i hours long', (timeZone, day, hours) => {
  const around = storeDayAt(timeZone, Date.parse(`${day}T15:00:00Z`));
  expect(around.day).toBe(day);
  expect(around.endsAtMs - around.startsAtMs).toBe(hours * HOUR_MS);
});

test('every moment lies in its day, and where a day ends the next one starts', () => {
  fc.assert(
    fc.property(zones, moments, (timeZone, atMs) => {
      const today = storeDayAt(timeZone, atMs);
      expect(today.startsAtMs).toBeLessThanOrEqual(atMs);
      expect(today.endsAtMs).toBeGreaterThan(atMs);
      expect(storeDayAt(timeZone, today.endsAtMs).startsAtMs).toBe(today.endsAtMs);
    }),
  );
});

test('a day that has begun goes on where the clock goes back over midnight', () => {
  // St John's, 7 November 2010: at 00:01 it was 23:01 of the 6th again.
  const secondEveningMs = Date.parse('2010-11-06T23:30:00-03:30');
  expect(storeDayAt('America/St_Johns', secondEveningMs).day).toBe('2010-11-07');
});

test('the day before is the one that ended where this one starts, even where a date was skipped', () => {
  const newYearsEve = storeDayAt('Pacific/Apia', Date.parse('2011-12-31T12:00:00+14:00'));
  const before = previousDay('Pacific/Apia', newYearsEve);
  expect(before.day).toBe('2011-12-29');
  expect(before.endsAtMs).toBe(newYearsEve.startsAtMs);
});

test('the days before a day come newest first and without the day itself', () => {
  const monday = storeDayAt('Europe/Madrid', Date.parse('2026-10-26T12:00:00+01:00'));
  const days = daysBefore('Europe/Madrid', monday, 3);
  expect(days.map(({ day }) => day)).toEqual(['2026-10-25', '2026-10-24', '2026-10-23']);
  expect(days.map(({ startsAtMs, endsAtMs }) => (endsAtMs - startsAtMs) / HOUR_MS)).toEqual([25, 24, 24]);
  expect(daysBefore('Europe/Madrid', monday, 0)).toEqual([]);
});

const startsOf = (step: StepLength, timeZone: string, from: string, until: string) =>
  stepBounds(step, timeZone, Date.parse(from), Date.parse(until)).map(({ startsAt }) => startsAt);

test('an hour that the clock passes twice is two steps, each with its own offset', () => {
  expect(startsOf('hour', 'Europe/Madrid', '2026-10-25T01:00:00+02:00', '2026-10-25T04:00:00+01:00')).toEqual(
    [
      '2026-10-25T01:00:00+02:00',
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T03:00:00+01:00',
    ],
  );
});

test('an hour that the clock leaps over is no step', () => {
  expect(startsOf('hour', 'Europe/Madrid', '2026-03-29T01:00:00+01:00', '2026-03-29T04:00:00+02:00')).toEqual(
    ['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00'],
  );
});

test('where the clock shifts by half an hour, hours stay those of the clock', () => {
  expect(
    startsOf('hour', 'Australia/Lord_Howe', '2026-04-05T01:00:00+11:00', '2026-04-05T03:00:00+10:30'),
  ).toEqual(['2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+10:30', '2026-04-05T02:00:00+10:30']);
  expect(
    startsOf('hour', 'Australia/Lord_Howe', '2026-10-04T01:00:00+10:30', '2026-10-04T04:00:00+11:00'),
  ).toEqual(['2026-10-04T01:00:00+10:30', '2026-10-04T02:30:00+11:00', '2026-10-04T03:00:00+11:00']);
});

test('west of Greenwich the offset has its minus', () => {
  expect(
    startsOf('day', 'America/St_Johns', '2026-07-01T00:00:00-02:30', '2026-07-02T12:00:00-02:30'),
  ).toEqual(['2026-07-01T00:00:00-02:30', '2026-07-02T00:00:00-02:30']);
});

test('steps without any time between are none', () => {
  expect(startsOf('hour', 'Europe/Madrid', '2026-07-01T00:00:00Z', '2026-07-01T00:00:00Z')).toEqual([]);
});

const steps = fc.constantFrom<StepLength>('minute', 'hour', 'day');
const lengths = { minute: 3 * HOUR_MS, hour: 3 * DAY_MS, day: 200 * DAY_MS };
const longest = { minute: MINUTE_MS, hour: HOUR_MS, day: 28 * HOUR_MS };

test('steps follow each other without a gap, tell the time of the store and are never longer than they should be', () => {
  fc.assert(
    fc.property(zones, moments, steps, (timeZone, atMs, step) => {
      const untilMs = Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;
      const fromMs = untilMs - lengths[step];
      const bounds = stepBounds(step, timeZone, fromMs, untilMs);
      expect(bounds[0]?.startsAtMs).toBe(fromMs);
      expect(bounds.at(-1)?.endsAtMs).toBe(untilMs);
      for (const [index, { startsAtMs, endsAtMs, startsAt }] of bounds.entries()) {
        expect(endsAtMs - startsAtMs).toBeGreaterThan(0);
        // The Antarctic stations move their clocks by up to three hours.
        expect(endsAtMs - startsAtMs).toBeLessThanOrEqual(longest[step]);
        expect(bounds[index + 1]?.startsAtMs ?? untilMs).toBe(endsAtMs);
        expect(Date.parse(startsAt)).toBe(startsAtMs);
      }
      const last = bounds.at(-1);
      expect(last?.startsAt.slice(0, 16)).toBe(clockOf(timeZone, last?.startsAtMs ?? 0));
    }),
  );
});

test('a step starts where the steps of a longer time have it', () => {
  fc.assert(
    fc.property(zones, moments, steps, (timeZone, atMs, step) => {
      const startMs = stepStartMs(step, timeZone, atMs);
      expect(startMs).toBeLessThanOrEqual(atMs);
      expect(stepStartMs(step, timeZone, startMs)).toBe(startMs);
      const around = stepBounds(step, timeZone, atMs - 2 * longest[step], atMs + 1);
      expect(around.at(-1)?.startsAtMs).toBe(startMs);
    }),
  );
});

const clockOf = (timeZone: string, atMs: number) =>
  new Date(atMs).toLocaleString('sv-SE', { timeZone }).slice(0, 16).replace(' ', 'T');
