import { expect, test } from 'vitest';
import {
  CODE_LIFETIME_MS,
  guessingOdds,
  MAX_ALL_WRONG_TRIES,
  MAX_OWN_WRONG_TRIES,
  MAX_PENDING_CODES,
  TRIES_WITHIN_MS,
} from '../../../cloud/domain/pairing-odds.ts';

test.for([
  { waiting: 10, by: 'one person', oneIn: 40_000_000 },
  { waiting: 10, by: 'everyone', oneIn: 2_000_000 },
  { waiting: MAX_PENDING_CODES, by: 'one person', oneIn: 400_000 },
  { waiting: MAX_PENDING_CODES, by: 'everyone', oneIn: 20_000 },
] as const)(
  'of $waiting codes that wait, $by guesses one in its ten minutes less than once in $oneIn',
  ({ waiting, by, oneIn }) => {
    const odds = guessingOdds(waiting, by);
    expect(odds).toBeLessThan(1 / oneIn);
    // Close to what it says, so that a change of the limits is seen here.
    expect(odds).toBeGreaterThan(0.5 / oneIn);
  },
);

test('the odds are those of as many draws as the limits allow', () => {
  const codes = 20 ** 8;
  const tries = MAX_ALL_WRONG_TRIES * (CODE_LIFETIME_MS / TRIES_WITHIN_MS + 1);
  expect(guessingOdds(1, 'everyone')).toBeCloseTo(tries / codes, 12);
  expect(guessingOdds(0, 'everyone')).toBeCloseTo(0, 20);
  expect(MAX_OWN_WRONG_TRIES).toBeLessThan(MAX_ALL_WRONG_TRIES);
});
