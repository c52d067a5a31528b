import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { lastResetMs, nextResetMs } from '../../../cloud/domain/daily-reset.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

test.each([
  ['an ordinary day', 'Europe/Madrid', '05:00', '2026-11-21T12:00:00+01:00', '2026-11-22T05:00:00+01:00'],
  ['early the same day', 'Europe/Madrid', '05:00', '2026-11-21T04:59:00+01:00', '2026-11-21T05:00:00+01:00'],
  ['that very moment', 'Europe/Madrid', '05:00', '2026-11-21T05:00:00+01:00', '2026-11-22T05:00:00+01:00'],
  ['a leap over it', 'Europe/Madrid', '02:30', '2026-03-28T12:00:00+01:00', '2026-03-29T03:00:00+02:00'],
  [
    'the day after a leap',
    'Europe/Madrid',
    '02:30',
    '2026-03-29T03:00:00+02:00',
    '2026-03-30T02:30:00+02:00',
  ],
  ['an hour twice', 'Europe/Madrid', '02:30', '2026-10-24T12:00:00+02:00', '2026-10-25T02:30:00+02:00'],
  ['its second time', 'Europe/Madrid', '02:30', '2026-10-25T02:30:00+02:00', '2026-10-26T02:30:00+01:00'],
  ['no midnight', 'Africa/Cairo', '00:00', '2026-04-23T12:00:00+02:00', '2026-04-24T01:00:00+03:00'],
  ['no midnight', 'Asia/Beirut', '00:15', '2026-03-28T12:00:00+02:00', '2026-03-29T01:00:00+03:00'],
  ['no midnight', 'America/Sao_Paulo', '00:30', '2018-11-03T12:00:00-03:00', '2018-11-04T01:00:00-02:00'],
  ['midnight twice', 'Atlantic/Azores', '00:00', '2026-10-24T12:00:00Z', '2026-10-25T00:00:00Z'],
  ['midnight twice, once', 'Atlantic/Azores', '00:00', '2026-10-25T00:00:00Z', '2026-10-26T00:00:00-01:00'],
  ['a leap to midnight', 'America/Nuuk', '23:30', '2026-03-28T12:00:00-02:00', '2026-03-29T00:00:00-01:00'],
  ['and its next', 'America/Nuuk', '23:30', '2026-03-29T00:00:00-01:00', '2026-03-29T23:30:00-01:00'],
  ['a skipped day', 'Pacific/Apia', '05:00', '2011-12-29T05:00:00-10:00', '2011-12-31T05:00:00+14:00'],
  ['half an hour', 'Australia/Lord_Howe', '02:15', '2026-10-03T12:00:00+10:30', '2026-10-04T02:30:00+11:00'],
  ['an odd offset', 'Africa/Monrovia', '05:00', '1960-05-01T12:00:00Z', '1960-05-02T05:44:00Z'],
])('after %s in %s, the reset at %s that follows %s is %s', (_, timeZone, at, after, expected) => {
  const resetMs = nextResetMs(timeZone, at, Date.parse(after));
  expect(new Date(resetMs).toISOString()).toBe(new Date(expected).toISOString());
});

test('the latest reset is the one at that very moment, else the one before', () => {
  const last = (now: string) => lastResetMs('Europe/Madrid', '05:00', Date.parse(now));
  expect(last('2026-11-21T05:00:00+01:00')).toBe(Date.parse('2026-11-21T05:00:00+01:00'));
  expect(last('2026-11-21T04:59:59.999+01:00')).toBe(Date.parse('2026-11-20T05:00:00+01:00'));
  const apia = lastResetMs('Pacific/Apia', '05:00', Date.parse('2011-12-31T04:00:00+14:00'));
  expect(apia).toBe(Date.parse('2011-12-29T05:00:00-10:00'));
});

const timeZones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const times = fc
  .oneof(fc.integer({ min: 0, max: 24 * 60 - 1 }), fc.integer({ min: 0, max: 4 * 60 }))
  .map((minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`);
const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Half of them close to a change of the clock, if the zone still has one. */
const momentsIn = (timeZone: string) =>
  fc
    .record({
      aroundMs: fc.integer({
        min: Date.parse('1990-01-01'),
        max: Date.parse('2037-01-01'),
      }),
      nearChange: fc.boolean(),
      offMinutes: fc.integer({ min: -36 * 60, max: 36 * 60 }),
    })
    .map(({ aroundMs, nearChange, offMinutes }) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(aroundMs).toZonedDateTimeISO(timeZone);
      const change = nearChange ? zoned.getTimeZoneTransition('next') : null;
      return Math.floor((change?.epochMilliseconds ?? aroundMs) / MINUTE_MS + offMinutes) * MINUTE_MS;
    });
const cases = fc
  .tuple(timeZones, times)
  .chain(([timeZone, at]) => fc.tuple(fc.constant(timeZone), fc.constant(at), momentsIn(timeZone)));

test('in every zone each day that exists has one reset, at the first minute whose clock has come to its time', () => {
  fc.assert(
    fc.property(cases, ([timeZone, at, atMs]) => {
      const fromMs = atMs - 2 * DAY_MS;
      const untilMs = atMs + 2 * DAY_MS;
      const resets: number[] = [];
      for (let ms = nextResetMs(timeZone, at, fromMs); ms < untilMs; ms = nextResetMs(timeZone, at, ms)) {
        resets.push(ms);
      }
      expect(resets).toEqual(resetsByTheClock(timeZone, at, fromMs, untilMs));
    }),
    { numRuns: 60 },
  );
});

test('between the latest reset and the next one there is none', () => {
  fc.assert(
    fc.property(cases, ([timeZone, at, atMs]) => {
      const last = lastResetMs(timeZone, at, atMs);
      const next = nextResetMs(timeZone, at, atMs);
      expect(last).toBeLessThanOrEqual(atMs);
      expect(next).toBeGreaterThan(atMs);
      expect(nextResetMs(timeZone, at, last)).toBe(next);
      expect(lastResetMs(timeZone, at, next)).toBe(next);
      expect(next % MINUTE_MS).toBe(0);
    }),
  );
});

/** Looks at the clock of the place once a minute, as a person would. */
function resetsByTheClock(timeZone: string, at: string, fromMs: number, untilMs: number): number[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const clocks: { ms: number; clock: string }[] = [];
  for (let ms = fromMs - 2 * DAY_MS; ms <= untilMs; ms += MINUTE_MS) {
    clocks.push({ ms, clock: format.format(ms) });
  }
  const days = new Set(clocks.map(({ clock }) => clock.slice(0, 10)));
  const firsts = [...days].map((day) => clocks.find(({ clock }) => clock >= `${day} ${at}`)?.ms ?? untilMs);
  return firsts.filter((ms) => fromMs < ms && ms < untilMs).sort((a, b) => a - b);
}
