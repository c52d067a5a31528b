import { openForMs, wasOpenFor } from './opening.ts';
import { HEARD_WITHIN_MS, HEARD_WITHOUT_CONNECTION_WITHIN_MS } from './sign-state.ts';
import { MINUTE_MS, type StoreState } from './store-state.ts';

/** Whoever reported later than so long ago is silent for less than the shortest time after which anybody is alarmed. */
export const SILENT_FOR_MS = HEARD_WITHOUT_CONNECTION_WITHIN_MS + MINUTE_MS;

/** Nobody can report to a cloud that was off: signs get the time that they always have, once it is back. */
export const darkSince = (sinceMs: number, cloudRunsSinceMs: number): number =>
  Math.max(sinceMs, cloudRunsSinceMs + HEARD_WITHIN_MS);

/**
 * Whether a store alarms because of its signs. `darkSinceMs`: of the one that is dark for longest; undefined: none is.
 * Only time in which the store is open counts, and only then it begins; it ends when no sign is dark any more.
 */
export function hasDarkSign(
  { hasDarkSign: before, signDarkAlarmMs, opening, hours, timeZone }: StoreState,
  darkSinceMs: number | undefined,
  nowMs: number,
): boolean {
  if (darkSinceMs === undefined || signDarkAlarmMs === null) return false;
  if (before) return true;
  if (opening?.open === false) return false;
  return wasOpenFor(signDarkAlarmMs, { hours, timeZone }, darkSinceMs, nowMs);
}

/** Whatever else happens to a store in between, a review of it tells. */
const LOOKED_AT_AGAIN_AFTER_MS = MINUTE_MS;

/** Until when `hasDarkSign` comes to nothing else if neither the store nor its sign changes. */
export function unalarmedUntilMs(
  { hasDarkSign: before, signDarkAlarmMs, hours, timeZone }: StoreState,
  darkSinceMs: number,
  nowMs: number,
): number {
  const latestMs = nowMs + LOOKED_AT_AGAIN_AFTER_MS;
  if (before || signDarkAlarmMs === null) return latestMs;
  const openMs = openForMs(signDarkAlarmMs, { hours, timeZone }, darkSinceMs, nowMs);
  return Math.min(latestMs, nowMs + signDarkAlarmMs - openMs);
}
