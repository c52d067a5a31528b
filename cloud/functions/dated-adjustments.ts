import type { Adjustment } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';

/** `causedAtMs`: when that happened which it makes good; before `atMs` where it cancels what came late. */
export type CausedAdjustment = Adjustment & { readonly causedAtMs: number };

/**
 * What is told late of a time before a zone was set is cancelled where the zone was set: at the first time after it, or
 * the history between that and the newest would have people in it who were no longer there.
 */
export async function datedAdjustments(
  tx: Transaction,
  adjustments: readonly CausedAdjustment[],
): Promise<Adjustment[]> {
  const late = adjustments.filter(({ atMs, causedAtMs }) => causedAtMs < atMs);
  const sets = new Map<string, Awaited<ReturnType<Transaction['history']['setsSince']>>>();
  for (const [storeId, ofStore] of Map.groupBy(late, (adjustment) => adjustment.storeId)) {
    // Not `Math.min(...)`: a batch may hold more than a call takes arguments.
    const sinceMs = ofStore.reduce((leastMs, { causedAtMs }) => Math.min(leastMs, causedAtMs), Infinity);
    sets.set(storeId, await tx.history.setsSince(storeId, sinceMs));
  }
  return adjustments.map(({ causedAtMs, ...adjustment }) => {
    if (causedAtMs >= adjustment.atMs) return adjustment;
    const first = sets
      .get(adjustment.storeId)
      ?.find((set) => set.zoneId === adjustment.zoneId && set.atMs > causedAtMs);
    return { ...adjustment, atMs: first?.atMs ?? adjustment.atMs };
  });
}
