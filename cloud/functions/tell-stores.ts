import type { Snapshot } from '../contracts/snapshot.ts';
import { snapshotOf } from '../domain/snapshot.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { type HubMessage, snapshotMessage } from './hub-messages.ts';

/** Reads the day's flows of a store and makes its snapshot. */
export async function loadSnapshot(
  tx: Transaction,
  state: StoreState,
  epoch: number,
  nowMs: number,
): Promise<Snapshot> {
  const { startsAtMs, endsAtMs } = state.today;
  const flows = await tx.counting.flowsOf(state.storeId, startsAtMs, endsAtMs);
  return snapshotOf(state, flows, epoch, nowMs);
}

/** One snapshot message for each group that holds one of the stores. */
export async function snapshotMessages(
  tx: Transaction,
  states: readonly StoreState[],
  epoch: number,
  nowMs: number,
): Promise<HubMessage[]> {
  if (states.length === 0) return [];
  const snapshots = new Map<string, Snapshot>();
  for (const state of states) snapshots.set(state.storeId, await loadSnapshot(tx, state, epoch, nowMs));
  const groups = await tx.structure.groupsOfStores(states.map((state) => state.storeId));
  return groups.flatMap(({ storeId, storeGroupId }) => {
    const snapshot = snapshots.get(storeId);
    return snapshot === undefined ? [] : [snapshotMessage(storeGroupId, snapshot)];
  });
}
