import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CloudError } from '../../../cloud/client/cloud-error.ts';
import { SnapshotPuller } from '../../../cloud/client/snapshot-puller.ts';
import { TIMINGS } from '../../../cloud/client/timings.ts';

const START_MS = Date.UTC(2026, 10, 21);
const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: START_MS }));
afterEach(() => void vi.useRealTimers());

/** With the product's own times, and every jitter at its middle. */
function pulling(pull: () => Promise<void> = async () => undefined) {
  const ending = new AbortController();
  const pulledAtMs: number[] = [];
  const puller = new SnapshotPuller({
    pull() {
      pulledAtMs.push(Date.now() - START_MS);
      return pull();
    },
    random: () => 0.5,
    now: () => ({ monotonicMs: Date.now(), wallMs: Date.now() }),
    timings: TIMINGS,
    signal: ending.signal,
  });
  return { puller, pulledAtMs, ending };
}

test('pushes that keep asking for a pull get one every few seconds at most', async () => {
  const { puller, pulledAtMs } = pulling();
  for (let ms = 0; ms < MINUTE_MS; ms += 100) {
    puller.wish('soon');
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(pulledAtMs.slice(0, 3)).toEqual([500, 6_000, 11_500]);
  expect(pulledAtMs.length).toBeLessThanOrEqual(MINUTE_MS / TIMINGS.pullSpacingMs);
});

test('a sign that was moved pulls at once, also right after another pull', async () => {
  const { puller, pulledAtMs } = pulling();
  puller.wish('soon');
  await vi.advanceTimersByTimeAsync(600);
  puller.wish('soon');
  puller.wish('at once');
  puller.wish('soon');
  await vi.advanceTimersByTimeAsync(0);
  expect(pulledAtMs).toEqual([500, 600]);
});

test('what is wished during a pull is answered by a later one, never by two at a time', async () => {
  const answers: (() => void)[] = [];
  const { puller, pulledAtMs } = pulling(() => new Promise((resolve) => answers.push(resolve)));
  puller.wish('at once');
  await vi.advanceTimersByTimeAsync(10);
  puller.wish('at once');
  puller.wish('at once');
  await vi.advanceTimersByTimeAsync(10);
  expect(pulledAtMs).toEqual([0]);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(10);
  expect(pulledAtMs).toEqual([0, 20]);
});

test('without any wish a sign pulls every one to two minutes', async () => {
  const { puller, pulledAtMs } = pulling();
  puller.wish('at once');
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  expect(pulledAtMs).toEqual([0, 90_000, 180_000, 270_000]);
});

test('a pull that failed is tried again ever more seldom, and not before the cloud said', async () => {
  const failures = [0, 0, 30_000].map((retryAfterMs) => new CloudError('unavailable', '', { retryAfterMs }));
  const { puller, pulledAtMs } = pulling(async () => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
  });
  puller.wish('at once');
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(pulledAtMs).toEqual([0, 1_000, 3_000, 37_000]);
});

test('nothing is pulled after the end, and no timer is left', async () => {
  const { puller, pulledAtMs, ending } = pulling();
  puller.wish('soon');
  ending.abort();
  puller.wish('at once');
  expect(vi.getTimerCount()).toBe(0);
  expect(pulledAtMs).toEqual([]);
});
