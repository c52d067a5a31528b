import { nonePassed, passedAt } from '../../cloud/domain/freshness.ts';

/** Unix ms that may jump either way, and ms that only run on but may stand still while the machine sleeps. */
export type Clocks = { readonly wall: () => number; readonly steady: () => number };

export const systemClocks: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/** What arrived at one moment and grows old from then on. */
export type Stopwatch = {
  /** ms since the start: the larger of the two clocks' words, and never less than it said before. */
  elapsedMs(): number;
  /** Unix ms on the wall clock as it is set now of what was `ageMs` old at the start; steady while the clock is. */
  momentOf(ageMs: number): number;
};

/** Two clocks disagree by this much only if one was set, or the machine slept. */
const CLOCK_WAS_SET_MS = 2_000;

/**
 * A machine that slept must not show an old number as live, nor one whose clock was set back:
 * so the clock that counted more is believed.
 */
export function startStopwatch({ wall, steady }: Clocks): Stopwatch {
  const startedWall = wall();
  let passed = nonePassed({ wallMs: startedWall, steadyMs: steady() });
  const elapsedMs = () => {
    passed = passedAt(passed, { wallMs: wall(), steadyMs: steady() });
    return passed.ms;
  };
  return {
    elapsedMs,
    momentOf(ageMs) {
      const elapsed = elapsedMs();
      const setBy = wall() - startedWall - elapsed;
      return (Math.abs(setBy) < CLOCK_WAS_SET_MS ? startedWall : wall() - elapsed) - ageMs;
    },
  };
}
