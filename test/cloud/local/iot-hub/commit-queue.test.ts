import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { CommitQueue } from '../../../../cloud/local/iot-hub/commit-queue.ts';
import type { HubEvent } from '../../../../cloud/local/iot-hub/hub-event.ts';
import { aHubEvent } from '../../../support/functions-host.ts';
import { becomes, holdClock } from './held-clock.ts';

const COMMIT_WITHIN_MS = 20_000;

afterEach(() => void vi.useRealTimers());

/** What became of one event that is put into a queue. */
function fateOf(queue: CommitQueue, event: HubEvent): Promise<'acknowledged' | 'cut'> {
  return new Promise((resolve) => {
    const sender = {
      acknowledge: () => resolve('acknowledged'),
      flush: () => undefined,
      abandon: () => resolve('cut'),
      resume: () => undefined,
    };
    queue.add(event, sender, 1);
  });
}

const log = pino({ level: 'silent' });
const AT_ONCE = { maxEvents: 10, minEvents: 1, maxWaitMs: 0 };

test('a clock that is set ahead an hour while an event waits cuts nobody before the time to commit is over', async () => {
  holdClock();
  const begun: PromiseWithResolvers<void>[] = [];
  const queue = new CommitQueue({
    deliver: () => {
      const commit = Promise.withResolvers<void>();
      begun.push(commit);
      return commit.promise;
    },
    batches: AT_ONCE,
    commitWithinMs: COMMIT_WITHIN_MS,
    log,
  });
  const stampedBefore = aHubEvent({ enqueuedAtMs: Date.now() - 3_600_000 });
  const fates: string[] = [];
  const first = fateOf(queue, stampedBefore).then((fate) => fates.push(`first ${fate}`));
  await becomes(() => begun.length, 1);
  vi.advanceTimersByTime(COMMIT_WITHIN_MS - 1);
  begun[0]?.resolve();
  await first;
  const second = fateOf(queue, stampedBefore).then((fate) => fates.push(`second ${fate}`));
  await becomes(() => begun.length, 2);
  vi.advanceTimersByTime(COMMIT_WITHIN_MS);
  await second;
  expect(fates).toEqual(['first acknowledged', 'second cut']);
  begun[1]?.resolve();
  await queue.close();
});

test('an event that comes while the hub closes is not left without an answer', async () => {
  const deliver = vi.fn(async () => undefined);
  const queue = new CommitQueue({ deliver, batches: AT_ONCE, commitWithinMs: COMMIT_WITHIN_MS, log });
  await queue.close();
  expect(await fateOf(queue, aHubEvent())).toBe('cut');
  expect(deliver).not.toHaveBeenCalled();
});

test('a batch that may be no smaller waits for its events, and no longer than it may', async () => {
  const sizes: number[] = [];
  const deliver = async (batch: readonly HubEvent[]) => void sizes.push(batch.length);
  const batches = { maxEvents: 10, minEvents: 3, maxWaitMs: 60_000 };
  const patient = new CommitQueue({ deliver, batches, commitWithinMs: COMMIT_WITHIN_MS, log });
  const together = [fateOf(patient, aHubEvent()), fateOf(patient, aHubEvent()), fateOf(patient, aHubEvent())];
  expect(await Promise.all(together)).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
  expect(sizes).toEqual([3]);
  await patient.close();

  const hasty = new CommitQueue({
    deliver,
    batches: { ...batches, maxWaitMs: 1 },
    commitWithinMs: COMMIT_WITHIN_MS,
    log,
  });
  expect(await fateOf(hasty, aHubEvent())).toBe('acknowledged');
  expect(sizes).toEqual([3, 1]);
  await hasty.close();
});

test('an event that waits for others is not forgotten when the hub closes', async () => {
  const deliver = vi.fn(async () => undefined);
  const batches = { maxEvents: 10, minEvents: 3, maxWaitMs: 60_000 };
  const queue = new CommitQueue({ deliver, batches, commitWithinMs: COMMIT_WITHIN_MS, log });
  const fate = fateOf(queue, aHubEvent());
  await queue.close();
  expect(await fate).toBe('acknowledged');
});
