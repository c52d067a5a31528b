import { DOORS, type DoorId, type Passage } from './day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OPENS_AT_HOUR = 9;
const AT_LEAST_HOURS = 3;

/** So few that no door is far ahead of another: those who came by the one would fill the store before any left by the other. */
export const DOOR_MINUTES_AT_ONCE = 6;

/** People through one door within one minute, `atMs` when the last of them passed. */
export type DoorMinute = {
  readonly doorId: DoorId;
  readonly atMs: number;
  readonly in: number;
  readonly out: number;
};

/** Where the day starts for counters that were offline until now: in the morning, and not less than some hours ago. */
export function startOfBacklog(nowMs: number): number {
  const opening = new Date(nowMs).setHours(OPENS_AT_HOUR, 0, 0, 0);
  return Math.min(opening, nowMs - AT_LEAST_HOURS * HOUR_MS);
}

/** What counters that count by the minute have to say of these passages, in order of time. */
export function doorMinutes(passages: readonly Passage[]): readonly DoorMinute[] {
  const minutes = new Map<string, DoorMinute>();
  for (const { atMs, doorId, direction } of passages) {
    const key = `${Math.floor(atMs / MINUTE_MS)} ${doorId}`;
    const before = minutes.get(key) ?? { doorId, atMs, in: 0, out: 0 };
    minutes.set(key, { ...before, atMs, [direction]: before[direction] + 1 });
  }
  return [...minutes.values()].sort((one, other) => one.atMs - other.atMs);
}

/** Messages' worth of door minutes: each of one door, none longer than `most`, the doors in turn as the day goes on. */
export function batchesOf(
  minutes: readonly DoorMinute[],
  most: number,
): readonly { readonly doorId: DoorId; readonly minutes: readonly DoorMinute[] }[] {
  const stretches = Array.from({ length: Math.ceil(minutes.length / most) }, (_, index) =>
    minutes.slice(index * most, (index + 1) * most),
  );
  return stretches.flatMap((stretch) =>
    DOORS.map(({ id }) => ({ doorId: id, minutes: stretch.filter(({ doorId }) => doorId === id) })),
  );
}
