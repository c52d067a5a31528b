import type { Snapshot } from '../contracts/snapshot.ts';
import { snapshotOf } from '../domain/snapshot.ts';
import type { Flow, StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { type HubMessage, snapshotMessages } from './hub-messages.ts';

/** Reads the day's flows of a store and makes its snapshot. */
export async function loadSnapshot(
  tx: Transaction,
  state: StoreState,
  epoch: number,
  nowMs: number,
): Promise<Snapshot> {
  return snapshotOf(state, await flowsOfDay(tx, state), epoch, nowMs);
}

export const flowsOfDay = (
  tx: Transaction,
  { storeId, today }: Pick<StoreState, 'storeId' | 'today'>,
): Promise<readonly Flow[]> => tx.counting.flowsOf(storeId, today.startsAtMs, today.endsAtMs);

/** The stores' snapshots, to the signs of each group that holds them and to the people who watch them. */
export async function messagesOf(
  tx: Transaction,
  states: readonly StoreState[],
  epoch: number,
  nowMs: number,
): Promise<HubMessage[]> {
  if (states.length === 0) return [];
  const groups = await groupsByStore(tx, states);
  const messages: HubMessage[] = [];
  for (const state of states) {
    const snapshot = await loadSnapshot(tx, state, epoch, nowMs);
    messages.push(...snapshotMessages(groups(state), snapshot));
  }
  return messages;
}

/** Which groups hold each of the stores; one query for all. */
export async function groupsByStore(
  tx: Transaction,
  states: readonly StoreState[],
): Promise<(state: StoreState) => readonly string[]> {
  const places = await tx.structure.groupsOfStores(states.map(({ storeId }) => storeId));
  const groups = Map.groupBy(places, ({ storeId }) => storeId);
  return ({ storeId }) => groups.get(storeId)?.map(({ storeGroupId }) => storeGroupId) ?? [];
}
