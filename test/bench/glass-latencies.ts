import { quantileOf } from './bench.ts';

/** `counts[n]` people were inside at `atMs[n]`, on a glass or at a sign's socket; both only rise. */
export type Seen = { readonly count: number; readonly atMs: number };

/**
 * How long after each publication the glass showed it: every message is one person who comes, so the n-th message of a
 * store is on the glass with the first count that is n more than before. Throws where one never was.
 */
export function latenciesOf(publishedMs: readonly number[], before: number, seen: readonly Seen[]): number[] {
  const latencies: number[] = [];
  for (const { count, atMs } of seen) {
    while (latencies.length < Math.min(count - before, publishedMs.length)) {
      latencies.push(atMs - (publishedMs[latencies.length] ?? Number.NaN));
    }
  }
  if (latencies.length === publishedMs.length) return latencies;
  throw new Error(`of ${publishedMs.length} messages a sign saw ${latencies.length}`);
}

export type Quantiles = { readonly p50Ms: number; readonly p99Ms: number };

export const quantilesOf = (latencies: readonly number[]): Quantiles => ({
  p50Ms: quantileOf(latencies, 0.5),
  p99Ms: quantileOf(latencies, 0.99),
});

/** Of one machine's processes and pages alike: Unix ms, finer than the clock's own milliseconds. */
export const finelyNow = (): number => performance.timeOrigin + performance.now();
