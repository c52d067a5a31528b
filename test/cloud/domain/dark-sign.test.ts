import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasDarkSign, unalarmedUntilMs } from '../../../cloud/domain/dark-sign.ts';
import { aStore, NOON_MS } from '../../support/builders.ts';
import { hoursOf, span } from '../../support/opening-hours.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const anyHours = fc.constantFrom(
  null,
  hoursOf(['mon-sun', span('09:00', '12:10'), span('12:30', '20:00')]),
  hoursOf(['mon-fri', span('20:00', '02:00')]),
);

test('a store whose signs do not alarm yet does not before it is looked at again', () => {
  fc.assert(
    fc.property(
      anyHours,
      fc.option(fc.integer({ min: MINUTE_MS, max: 60 * MINUTE_MS })),
      fc.integer({ min: -2 * DAY_MS, max: 5 * MINUTE_MS }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (hours, signDarkAlarmMs, darkForMs, share) => {
        const store = { ...aStore(), hours, signDarkAlarmMs, hasDarkSign: false, opening: null };
        const darkSinceMs = NOON_MS + darkForMs;
        if (hasDarkSign(store, darkSinceMs, NOON_MS)) return;
        const untilMs = unalarmedUntilMs(store, darkSinceMs, NOON_MS);
        expect(untilMs).toBeGreaterThan(NOON_MS);
        expect(untilMs).toBeLessThanOrEqual(NOON_MS + MINUTE_MS);
        const between = NOON_MS + Math.floor((untilMs - 1 - NOON_MS) * share);
        expect(hasDarkSign(store, darkSinceMs, between)).toBe(false);
      },
    ),
  );
});
