import type { SensorState } from './sensor-state.ts';

export const REJECTED_WINDOW_MS = 15 * 60_000;

/** A sensor of which so many messages were refused just now. The window begins with the first of them. */
export function withRejected(state: SensorState, times: number, nowMs: number): SensorState {
  const { rejected } = state;
  const running =
    rejected !== null && nowMs - rejected.sinceMs < REJECTED_WINDOW_MS && rejected.sinceMs <= nowMs;
  return {
    ...state,
    rejected: running
      ? { sinceMs: rejected.sinceMs, times: rejected.times + times }
      : { sinceMs: nowMs, times },
  };
}
