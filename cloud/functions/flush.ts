import type { ProofMessage } from '../contracts/snapshot.ts';
import { PROOF_RENEWED_AFTER_MS, proofSent, sent } from '../domain/push.ts';
import { proofMessageOf } from '../domain/snapshot.ts';
import { reviewed } from '../domain/store-after.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { type HubMessage, proofMessage } from './hub-messages.ts';
import type { Services } from './services.ts';
import { snapshotMessages } from './tell-stores.ts';

const DAY_MS = 24 * 3_600_000;
/** A reading may speak of 7 days before it came, and IoT Hub may deliver it again for 7 days after: then one to be safe. */
const LEDGER_KEPT_MS = 15 * DAY_MS;
const REJECTED_KEPT_MS = 30 * DAY_MS;
/** A sign that is still there has connected anew long since, or will: presence is a hint. */
const OPEN_CONNECTION_KEPT_MS = 7 * DAY_MS;
/** Rows of each kind that one flush forgets: more than a fleet writes between two. */
const MAX_PRUNED_ROWS = 10_000;

/** What nobody's message brings about: doors that fall silent, days that end, pushes that wait, proofs that grow old, records that nobody needs. */
export const flush =
  ({ store, settings, now }: Services) =>
  async (): Promise<HubMessage[]> => {
    // A transaction each, because two of them lock stores in order of id, and the third takes its time.
    await store.transaction((tx) => review(tx, now()));
    await store.transaction((tx) => prune(tx, now()));
    return store.transaction(async (tx) => {
      const beforeMs = now();
      const sentBeforeMs = beforeMs - settings.MinimumPushIntervalMs;
      const proofBeforeMs = beforeMs - PROOF_RENEWED_AFTER_MS;
      const storeIds = await tx.pushing.storesToTell({ sentBeforeMs, proofBeforeMs });
      if (storeIds.length === 0) return [];
      const states = await tx.counting.lockStores(storeIds);
      const nowMs = now();
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
  await tx.pushing.forgetFuture(nowMs);
  const storeIds = await tx.pushing.storesToReview(nowMs);
  if (storeIds.length === 0) return;
  const states = await tx.counting.lockStores(storeIds);
  const changed = states.flatMap((before) => {
    const after = reviewed(before, nowMs);
    return after === before ? [] : [{ ...after, push: { ...after.push, due: true } }];
  });
  await tx.counting.saveStoreStates(changed);
}

const prune = (tx: Transaction, nowMs: number): Promise<void> =>
  tx.upkeep.prune({
    ledgerBeforeMs: nowMs - LEDGER_KEPT_MS,
    rejectedBeforeMs: nowMs - REJECTED_KEPT_MS,
    connectionsBeforeMs: nowMs - OPEN_CONNECTION_KEPT_MS,
    limit: MAX_PRUNED_ROWS,
  });

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
