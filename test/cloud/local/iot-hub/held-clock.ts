import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, vi } from 'vitest';

const FACT_WITHIN_MS = 15_000;

/** Stops the clock that limits and rates go by; sockets and the wall clock go on. */
export const holdClock = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'], now: 0 });

/** Waits for a fact, as `expect.poll` does, and leaves a clock that is held where it is. */
export async function becomes(fact: () => unknown, expected: unknown): Promise<void> {
  const giveUpAt = process.hrtime.bigint() + BigInt(FACT_WITHIN_MS) * 1_000_000n;
  for (;;) {
    try {
      expect(fact()).toEqual(expected);
      return;
    } catch (error) {
      if (process.hrtime.bigint() > giveUpAt) throw error;
    }
    await turnOfTheLoop();
  }
}
