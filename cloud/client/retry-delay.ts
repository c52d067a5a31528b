import type { Timings } from './timings.ts';

/**
 * Milliseconds until the next attempt, with full jitter: a whole chain of signs loses its cloud in the same instant.
 * `attempt` 0 is the first after a drop. What the cloud asked for with Retry-After comes on top.
 */
export function retryDelayMs(
  attempt: number,
  retryAfterMs: number,
  random: () => number,
  timings: Timings,
): number {
  const longest =
    attempt === 0
      ? timings.firstRetryWithinMs
      : Math.min(timings.retryCapMs, timings.retryBaseMs * 2 ** attempt);
  return Math.min(retryAfterMs, timings.retryAfterAtMostMs) + random() * longest;
}
