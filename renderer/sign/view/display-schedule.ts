import type { Opening } from '../../../cloud/contracts/opening-hours.ts';
import type { DisplaySchedule } from '../../../cloud/contracts/sign-report.ts';

/** There is a picture for so long before a store opens, and after it has closed. */
const AROUND_OPENING_MS = 30 * 60_000;
const DAY_MINUTES = 24 * 60;

/** A store's opening as it was last told. */
export type KnownOpening = {
  readonly opening: Opening | null;
  /** Cloud time since when it is closed, as far as the sign has seen; null while it is open. */
  readonly closedSinceMs: number | null;
};

/** Whether there is a picture at this moment of the cloud's time. `minuteOfDay`: by the clock of the store. */
export function isOnDisplay(
  schedule: DisplaySchedule,
  stores: readonly KnownOpening[],
  cloudNowMs: number,
  minuteOfDay: number,
): boolean {
  if (schedule === 'always') return true;
  if (schedule === 'opening-hours')
    return stores.length === 0 || stores.some((one) => isAround(one, cloudNowMs));
  const [on, off] = [minutesOf(schedule.on), minutesOf(schedule.off)];
  if (on === off) return true;
  return (minuteOfDay - on + DAY_MINUTES) % DAY_MINUTES < (off - on + DAY_MINUTES) % DAY_MINUTES;
}

/** Without opening hours nobody can say when to be dark. */
function isAround({ opening, closedSinceMs }: KnownOpening, cloudNowMs: number): boolean {
  if (opening === null || opening.open) return true;
  if (closedSinceMs !== null && cloudNowMs < closedSinceMs + AROUND_OPENING_MS) return true;
  return opening.changesAtMs !== null && cloudNowMs >= opening.changesAtMs - AROUND_OPENING_MS;
}

function minutesOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return hours * 60 + minutes;
}
