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
