import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storeDayAt } from '../../../cloud/domain/day.ts';

const HOUR_MS = 3_600_000;

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
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const moments = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2037-12-31') });
  fc.assert(
    fc.property(zones, moments, (timeZone, atMs) => {
      const today = storeDayAt(timeZone, atMs);
      expect(today.startsAtMs).toBeLessThanOrEqual(atMs);
      expect(today.endsAtMs).toBeGreaterThan(atMs);
      expect(storeDayAt(timeZone, today.endsAtMs).startsAtMs).toBe(today.endsAtMs);
    }),
  );
});
