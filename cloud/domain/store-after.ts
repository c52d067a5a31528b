import { storeDayAt } from './day.ts';
import type { Passage } from './occupancy.ts';
import type { DoorState, StoreState } from './store-state.ts';

/** The store after some people passed. The revision rises by one if a sign would show anything else than before. */
export function storeAfter(before: StoreState, passages: readonly Passage[], nowMs: number): StoreState {
  const rawCount = passages.reduce((sum, passage) => sum + passage.in - passage.out, before.rawCount);
  const passed = passages.some((passage) => passage.in > 0 || passage.out > 0);
  return reviewed(passed ? { ...before, rawCount, revision: before.revision + 1 } : before, nowMs, passed);
}

/** The store as it is when nobody passes: a day ends, a door falls silent or speaks again. */
export function reviewed(before: StoreState, nowMs: number, alreadyRaised = false): StoreState {
  const isToday = before.today.startsAtMs <= nowMs && nowMs < before.today.endsAtMs;
  const today = isToday ? before.today : storeDayAt(before.timeZone, nowMs);
  const doors = before.doors.map((door) => withSilence(door, before.liveForMs, nowMs));
  const changed = today !== before.today || doors.some((door, index) => door !== before.doors[index]);
  if (!changed) return before;
  return { ...before, today, doors, revision: alreadyRaised ? before.revision : before.revision + 1 };
}

function withSilence(door: DoorState, liveForMs: number, nowMs: number): DoorState {
  const silent = door.heardUntilMs === null || nowMs - door.heardUntilMs > liveForMs;
  return silent === door.silent ? door : { ...door, silent };
}
