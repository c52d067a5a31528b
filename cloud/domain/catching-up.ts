import { type AlertState, MINUTE_MS, type StoreState } from './store-state.ts';

/** How long a count that may run ahead tells nobody that it is too high. A sensor has told its hours long before. */
export const COUNT_MAY_BE_AHEAD_MS = MINUTE_MS;
/** After a sensor fell silent or spoke again, others of its network are on their way as well. */
const OTHERS_FOLLOW_WITHIN_MS = 2 * MINUTE_MS;

/**
 * Whether the count lacks what some door has yet to tell: after a time offline one sensor is up to date before
 * another, and who came by its door has left by the other. What is away for long is not waited for.
 */
export function isCatchingUp({ doors, alerts, liveForMs }: StoreState, nowMs: number): boolean {
  const silences = new Map(
    alerts.filter(({ type }) => type === 'sensor-silent').map((alert) => [alert.source, alert]),
  );
  let [isAnySilent, hasAnyChanged] = [false, false];
  for (const { id, heardUntilMs } of doors.flatMap(({ sensors }) => sensors)) {
    // One that never said anything has no hours to tell of.
    if (heardUntilMs === null) continue;
    const isSilent = nowMs - heardUntilMs > liveForMs;
    isAnySilent ||= isSilent;
    hasAnyChanged ||= hasChanged(silences.get(id), isSilent, nowMs);
  }
  return isAnySilent && hasAnyChanged;
}

/** When nobody is waited for any more because of this alert; null: it is of something else. */
export const othersFollowedAtMs = ({ type, phaseSinceMs }: AlertState): number | null =>
  type === 'sensor-silent' ? phaseSinceMs + OTHERS_FOLLOW_WITHIN_MS : null;

/** The alert is as the last look left it. */
function hasChanged(silence: AlertState | undefined, isSilent: boolean, nowMs: number): boolean {
  if (silence === undefined) return isSilent;
  return (silence.phase === 'active') !== isSilent || nowMs - silence.phaseSinceMs < OTHERS_FOLLOW_WITHIN_MS;
}
