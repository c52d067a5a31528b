import type { Proof } from '../contracts/snapshot.ts';

/** live and ageing figures are drawn solid, stale ones hollow, unknown ones not at all. */
export type Freshness = 'live' | 'ageing' | 'stale' | 'unknown';

/** After this long without news a count says nothing about the store any more. */
export const UNKNOWN_AFTER_MS = 15 * 60_000;

/** `elapsedMs`: time since the proof arrived, by the clock of whoever shows it. */
export function freshnessAt(proof: Pick<Proof, 'ageMs' | 'liveForMs'>, elapsedMs: number): Freshness {
  const ageMs = ageAt(proof.ageMs, elapsedMs);
  if (ageMs === null || ageMs > Math.max(UNKNOWN_AFTER_MS, proof.liveForMs)) return 'unknown';
  if (ageMs > proof.liveForMs) return 'stale';
  return ageMs > proof.liveForMs / 2 ? 'ageing' : 'live';
}

/** An age as it is after some more time; what was never heard has none. */
export function ageAt(ageMs: number | null, elapsedMs: number): number | null {
  return ageMs === null ? null : ageMs + Math.max(0, elapsedMs);
}

/** What two clocks said: Unix ms that may be set either way, and ms that only run on but may stand while a machine sleeps. */
export type ClockReading = { readonly wallMs: number; readonly steadyMs: number };

/** Time that passed, in ms; `last`: when it was read. `from`: what the next readings are compared with. */
export type Passed = {
  readonly ms: number;
  readonly last: ClockReading;
  readonly from: ClockReading & { readonly passedMs: number };
};

/** Clocks that were read one after the other, and the wall clock in whole ms, part by so much though nobody set them. */
export const CLOCKS_APART_MS = 20;

export const nonePassed = (now: ClockReading): Passed => ({
  ms: 0,
  last: now,
  from: { ...now, passedMs: 0 },
});

/**
 * The clock that counted more since the last reading is believed: so neither sleep nor a clock that was set back makes
 * anything younger. What is both set back and asleep between two readings nobody can know: read it every second.
 */
export function passedAt({ ms, last, from }: Passed, now: ClockReading): Passed {
  const { wallMs, steadyMs } = moreThan(last, now);
  if (Math.abs(wallMs - steadyMs) > CLOCKS_APART_MS) {
    const passedMs = ms + Math.max(0, wallMs, steadyMs);
    return { ms: passedMs, last: now, from: { ...now, passedMs } };
  }
  // In step: by the whole stretch, or the odd ms of each reading would add up.
  const stretch = moreThan(from, now);
  const passedMs = from.passedMs + Math.max(stretch.wallMs, stretch.steadyMs);
  return { ms: Math.max(ms, passedMs), last: now, from };
}

const moreThan = (before: ClockReading, now: ClockReading): ClockReading => ({
  wallMs: now.wallMs - before.wallMs,
  steadyMs: now.steadyMs - before.steadyMs,
});
