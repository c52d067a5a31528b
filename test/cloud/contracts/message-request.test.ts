import { afterEach, expect, test, vi } from 'vitest';
import { lettersIn } from '../../../cloud/contracts/message-request.ts';

afterEach(() => vi.unstubAllGlobals());

test('letters are counted as a person counts them', () => {
  expect(['', 'abc', 'e\u0301a', '🧯', '👩‍🚒', 'क्षि', '\ud800'].map(lettersIn)).toEqual([
    0, 3, 2, 1, 1, 1, 1,
  ]);
});

test('letters are code points where the platform cannot tell them apart', () => {
  vi.stubGlobal('Intl', {});
  expect(['abc', 'e\u0301a', '🧯', '👩‍🚒'].map(lettersIn)).toEqual([3, 3, 1, 3]);
});
