import type { DriftReport } from '../contracts/history.ts';
import { driftReport } from '../domain/drift.ts';
import type { StoreDay, StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';

/** The balance of one day of a store: its doors as they are now, and those that are gone. */
export async function balanceOfDay(
  tx: Transaction,
  { storeId, doors }: Pick<StoreState, 'storeId' | 'doors'>,
  day: StoreDay,
): Promise<DriftReport> {
  // Nobody expects a door to count that nothing looks at.
  const watched = doors.filter(({ sensors }) => sensors.length > 0);
  return driftReport(day.day, watched, await peopleOfDay(tx, storeId, day));
}

type DoorSum = { readonly doorId: string; readonly in: number; readonly out: number };

/** People through each door of a store in one of its days. */
async function peopleOfDay(
  tx: Transaction,
  storeId: string,
  { startsAtMs, endsAtMs }: StoreDay,
): Promise<DoorSum[]> {
  const minutes = await tx.history.doorMinutes(storeId, startsAtMs, endsAtMs);
  const byDoor = Map.groupBy(minutes, ({ doorId }) => doorId);
  return [...byDoor].map(([doorId, ofDoor]) => ({
    doorId,
    in: ofDoor.reduce((sum, minute) => sum + minute.in, 0),
    out: ofDoor.reduce((sum, minute) => sum + minute.out, 0),
  }));
}
