import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { CommitQueue } from '../../../../cloud/local/iot-hub/commit-queue.ts';
import type { HubEvent } from '../../../../cloud/local/iot-hub/hub-event.ts';
import { aHubEvent } from '../../../support/functions-host.ts';

const COMMIT_WITHIN_MS = 20_000;
const COMMIT_TAKES_MS = 20;

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

test('a clock that is set ahead an hour while an event waits cuts nobody', async () => {
  const queue = new CommitQueue({
    deliver: () => delay(COMMIT_TAKES_MS),
    maxBatchEvents: 10,
    commitWithinMs: COMMIT_WITHIN_MS,
    log,
  });
  const stampedBefore = aHubEvent({ enqueuedAtMs: Date.now() - 3_600_000 });
  expect(await fateOf(queue, stampedBefore)).toBe('acknowledged');
  await queue.close();
});

test('an event that comes while the hub closes is not left without an answer', async () => {
  const deliver = vi.fn(async () => undefined);
  const queue = new CommitQueue({ deliver, maxBatchEvents: 10, commitWithinMs: COMMIT_WITHIN_MS, log });
  await queue.close();
  expect(await fateOf(queue, aHubEvent())).toBe('cut');
  expect(deliver).not.toHaveBeenCalled();
});
