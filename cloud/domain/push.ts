import type { PushState, StoreState } from './store-state.ts';

/** A proof older than this is renewed although nothing changed. */
export const PROOF_RENEWED_AFTER_MS = 30_000;

/**
 * Whether the signs are told now, or by the next flush because they were told a moment ago.
 * The answer is kept with the store, never in a function's memory: what dies with a process is then sent by the next.
 */
export function toldOf(
  state: StoreState,
  nowMs: number,
  minimumIntervalMs: number,
): { readonly tellNow: boolean; readonly state: StoreState } {
  const { sentAtMs } = state.push;
  const tellNow = sentAtMs === null || nowMs - sentAtMs >= minimumIntervalMs || sentAtMs > nowMs;
  return { tellNow, state: { ...state, push: tellNow ? sent(nowMs) : { ...state.push, due: true } } };
}

export const sent = (nowMs: number): PushState => ({ sentAtMs: nowMs, proofSentAtMs: nowMs, due: false });

export const proofSent = (push: PushState, nowMs: number): PushState => ({ ...push, proofSentAtMs: nowMs });
