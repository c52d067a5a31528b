import type { SignCause } from '../contracts/fleet.ts';

/** Sensors and signs are heard each minute: one that was not for so long after another fell silent is missed too. */
export const NEARBY_MISSED_AFTER_MS = 75_000;
/** What was silent for longer before says nothing of the network. A connection is found dead half a minute late. */
export const NEARBY_HEARD_WITHIN_MS = 150_000;

/** Why nothing is heard of a sign that did not say goodbye. */
export type SilenceCause = Extract<SignCause, 'silent' | 'unplugged' | 'network'>;

/**
 * A machine that does not answer says nothing of the reason; what stands beside it may. What is heard after the sign
 * fell silent came over the network of its store; what was heard until then, and is missed since, was cut off with it.
 * `heardNearbyAtMs`: when anything else of the same place was last heard; null: there is nothing to compare with.
 */
export function silenceCauseOf(
  fellSilentAtMs: number,
  heardNearbyAtMs: number | null | undefined,
  nowMs: number,
): SilenceCause {
  if (heardNearbyAtMs == null) return 'silent';
  if (heardNearbyAtMs > fellSilentAtMs) return 'unplugged';
  const wasHeard = heardNearbyAtMs > fellSilentAtMs - NEARBY_HEARD_WITHIN_MS;
  return wasHeard && nowMs >= fellSilentAtMs + NEARBY_MISSED_AFTER_MS ? 'network' : 'silent';
}
