import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from '../../../cloud/client/retry-delay.ts';
import { TIMINGS } from '../../../cloud/client/timings.ts';

const longest = (attempt: number, retryAfterMs = 0) => retryDelayMs(attempt, retryAfterMs, () => 1, TIMINGS);

test('a sign tries again within a second, then ever more seldom, but at least every fifteen seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 10_000].map((attempt) => longest(attempt))).toEqual([
    1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
});

test('every delay is finite and spread over its whole range, so that signs do not come back together', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      expect(retryDelayMs(attempt, 0, () => random, TIMINGS)).toBe(random * longest(attempt));
    }),
  );
});

test('what the cloud asks for comes before the spread, up to a limit', () => {
  expect(retryDelayMs(0, 30_000, () => 0, TIMINGS)).toBe(30_000);
  expect(longest(0, 30_000)).toBe(31_000);
  expect(longest(0, 864_000_000)).toBe(TIMINGS.retryAfterAtMostMs + 1_000);
});
