import { nonePassed, passedAt } from '../domain/freshness.ts';
import { whenAborted } from './child-controller.ts';

/** A point in time by both clocks of the device. */
export type Moment = { readonly monotonicMs: number; readonly wallMs: number };

export const thisMoment = (): Moment => ({ monotonicMs: performance.now(), wallMs: Date.now() });

const LOOK_EVERY_MS = 1_000;

/** Moments whose monotonic clock also counts while the machine sleeps. */
export function momentsAwake(clock: () => Moment): () => Moment {
  const readingOf = ({ monotonicMs, wallMs }: Moment) => ({ steadyMs: monotonicMs, wallMs });
  const first = clock();
  let passed = nonePassed(readingOf(first));
  return () => {
    const now = clock();
    passed = passedAt(passed, readingOf(now));
    return { monotonicMs: first.monotonicMs + passed.ms, wallMs: now.wallMs };
  };
}

/** The same by the clocks of this device, which are looked at every second until the signal. */
export function deviceMoments(signal: AbortSignal): () => Moment {
  const now = momentsAwake(thisMoment);
  const timer = setInterval(now, LOOK_EVERY_MS);
  whenAborted(signal, () => clearInterval(timer));
  return now;
}

/**
 * Whole milliseconds, rounded up, never negative. The longer of what the two clocks say: the monotonic one may
 * stand still while the machine sleeps, the other may be set back.
 */
export function elapsedMs(from: Moment, to: Moment): number {
  return Math.ceil(Math.max(0, to.monotonicMs - from.monotonicMs, to.wallMs - from.wallMs));
}
