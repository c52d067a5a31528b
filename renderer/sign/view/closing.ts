import type { Opening } from '../../../cloud/contracts/opening-hours.ts';

/** Closed, and when it opens again, Unix ms; null: that is not known. */
export type Closed = { readonly opensAtMs: number | null };

/**
 * Whether the store is closed at `cloudNowMs`; null while it is open or nobody told. Once the time to open has passed
 * without news, it may be open: then the count has to say what is true.
 */
export function closedAt(opening: Opening | null | undefined, cloudNowMs: number | null): Closed | null {
  if (opening == null || opening.open || cloudNowMs === null) return null;
  if (opening.changesAtMs !== null && cloudNowMs >= opening.changesAtMs) return null;
  return { opensAtMs: opening.changesAtMs };
}

/** Since when a store is closed, by what was told of it so far: before that nobody says it. */
export function closedSince(
  before: { readonly opening: Opening | null; readonly sinceMs: number | null },
  opening: Opening | null,
  cloudNowMs: number,
): number | null {
  if (opening === null || opening.open) return null;
  if (before.opening?.open === false) return before.sinceMs;
  return Math.min(before.opening?.changesAtMs ?? cloudNowMs, cloudNowMs);
}
