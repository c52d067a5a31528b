import { expect, test } from 'vitest';
import { retryPolicyFrom, withRetries } from '../../../../cloud/local/functions-host/retry-policy.ts';

const exponential = {
  retryStrategy: 'exponentialBackoff',
  maxRetryCount: -1,
  minimumInterval: { seconds: 1 },
  maximumInterval: { seconds: 60 },
};
const delays = (random: () => number) => {
  const policy = retryPolicyFrom(exponential, random);
  return [1, 2, 3, 6, 7, 100_000].map(policy.delayMs);
};

test('exponential waits double from the least to the most, stretched a little, and never pass the most', () => {
  expect(delays(() => 0)).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
  expect(delays(() => 1)).toEqual([1_200, 2_400, 4_800, 38_400, 60_000, 60_000]);
});

test('a policy of -1 tries until it succeeds', async () => {
  const policy = { maxRetryCount: -1, delayMs: () => 0 };
  const tries: number[] = [];
  await withRetries(policy, new AbortController().signal, async ({ retryCount }) => {
    tries.push(retryCount);
    if (retryCount < 50) throw new Error('not yet');
  });
  expect(tries).toHaveLength(51);
});
