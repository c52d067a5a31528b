import { expect, test } from 'vitest';
import { createBackOff } from '../../main/back-off.ts';

test('what dies again and again is waited for longer and longer, up to a bound; what ran well begins anew', () => {
  let nowMs = 0;
  const backOff = createBackOff({ firstMs: 250, capMs: 3_000, steadyAfterMs: 60_000, now: () => nowMs });
  const waits = Array.from({ length: 6 }, () => {
    backOff.started();
    nowMs += 59_999;
    return backOff.nextDelayMs();
  });
  expect(waits).toEqual([250, 500, 1_000, 2_000, 3_000, 3_000]);
  backOff.started();
  nowMs += 60_000;
  expect(backOff.nextDelayMs()).toBe(250);
});
