import { expect, test } from 'vitest';
import { asksAnew, isUnanswered } from '../../../renderer/sign/view/asking.ts';

const NOBODY = { sinceMs: 1_000, acknowledgedBy: null };
const MARA = { sinceMs: 1_000, acknowledgedBy: 'Mara' };

test('an alarm asks anew when its answer holds no more, or when it was raised again', () => {
  expect(asksAnew(MARA, NOBODY)).toBe(true);
  expect(asksAnew(NOBODY, { ...NOBODY, sinceMs: 2_000 })).toBe(true);
});

test('an alarm that is answered, that begins or that ends does not ask anew', () => {
  expect(asksAnew(NOBODY, MARA)).toBe(false);
  expect(asksAnew(NOBODY, NOBODY)).toBe(false);
  expect(asksAnew(null, NOBODY)).toBe(false);
  expect(asksAnew(NOBODY, null)).toBe(false);
});

test('only what is known to be unanswered asks again and again', () => {
  expect([NOBODY, MARA, null].map(isUnanswered)).toEqual([true, false, false]);
});
