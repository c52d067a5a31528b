/** A point in time by both clocks of the device. */
export type Moment = { readonly monotonicMs: number; readonly wallMs: number };

export const thisMoment = (): Moment => ({ monotonicMs: performance.now(), wallMs: Date.now() });

/**
 * Whole milliseconds, rounded up, never negative. The longer of what the two clocks say: the monotonic one may
 * stand still while the machine sleeps, the other may be set back.
 */
export function elapsedMs(from: Moment, to: Moment): number {
  return Math.ceil(Math.max(0, to.monotonicMs - from.monotonicMs, to.wallMs - from.wallMs));
}
