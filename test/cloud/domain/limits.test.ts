import { expect, test } from 'vitest';
import { mayEnter, shownCount, stateByLimits } from '../../../cloud/domain/limits.ts';

const limits = { soft: 52, hard: 60 };

test.each([
  [0, 'open', 60],
  [51, 'open', 9],
  [52, 'nearly', 8],
  [59, 'nearly', 1],
  [60, 'full', 0],
  [64, 'over', 0],
])('a store with limits 52 and 60 and %i people is %s, and %i more may enter', (count, state, more) => {
  expect(stateByLimits(count, limits)).toBe(state);
  expect(mayEnter(count, limits)).toBe(more);
});

test('nobody is shown fewer than no people, however far the sum has drifted', () => {
  expect(shownCount(-7)).toBe(0);
});
