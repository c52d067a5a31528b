import type { ProofMessage } from '../contracts/snapshot.ts';
import { PROOF_RENEWED_AFTER_MS, proofSent, sent } from '../domain/push.ts';
import { proofMessageOf } from '../domain/snapshot.ts';
import { reviewed } from '../domain/store-after.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { type HubMessage, proofMessage } from './hub-messages.ts';
import type { Services } from './services.ts';
import { snapshotMessages } from './tell-stores.ts';

/** What nobody's message brings about: doors that fall silent, days that end, pushes that wait, proofs that grow old. */
export const flush =
  ({ store, settings, now }: Services) =>
  async (): Promise<HubMessage[]> => {
    const nowMs = now();
    const sentBeforeMs = nowMs - settings.MinimumPushIntervalMs;
    return store.transaction(async (tx) => {
      await review(tx, nowMs);
      const proofBeforeMs = nowMs - PROOF_RENEWED_AFTER_MS;
      const storeIds = await tx.pushing.storesToTell({ sentBeforeMs, proofBeforeMs });
      if (storeIds.length === 0) return [];
      const states = await tx.counting.lockStores(storeIds);
      const due = states.filter((state) => state.push.due).map((state) => ({ ...state, push: sent(nowMs) }));
      const quiet = states
        .filter((state) => !state.push.due)
        .map((state) => ({ ...state, push: proofSent(state.push, nowMs) }));
      await tx.counting.saveStoreStates([...due, ...quiet]);
      return [
        ...(await snapshotMessages(tx, due, store.epoch, nowMs)),
        ...(await proofMessages(tx, quiet, store.epoch, nowMs)),
      ];
    });
  };

async function review(tx: Transaction, nowMs: number): Promise<void> {
  const storeIds = await tx.pushing.storesToReview(nowMs);
  if (storeIds.length === 0) return;
  const states = await tx.counting.lockStores(storeIds);
  const changed = states.flatMap((before) => {
    const after = reviewed(before, nowMs);
    return after === before ? [] : [{ ...after, push: { ...after.push, due: true } }];
  });
  await tx.counting.saveStoreStates(changed);
}

async function proofMessages(
  tx: Transaction,
  states: readonly StoreState[],
  epoch: number,
  nowMs: number,
): Promise<HubMessage[]> {
  if (states.length === 0) return [];
  const proofs = new Map<string, ProofMessage>(
    states.map((state) => [state.storeId, proofMessageOf(state, epoch, nowMs)]),
  );
  const groups = await tx.structure.groupsOfStores([...proofs.keys()]);
  return groups.flatMap(({ storeId, storeGroupId }) => {
    const proof = proofs.get(storeId);
    return proof === undefined ? [] : [proofMessage(storeGroupId, proof)];
  });
}
