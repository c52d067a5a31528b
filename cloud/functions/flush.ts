import { mayWait } from '../domain/leaving.ts';
import { PROOF_RENEWED_AFTER_MS, proofSent, sent } from '../domain/push.ts';
import { proofMessageOf } from '../domain/snapshot.ts';
import type { StoreState } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { darkSignsOf, newlyDark } from './dark-signs.ts';
import { type HubMessage, proofMessages } from './hub-messages.ts';
import { reviewStores } from './review-stores.ts';
import type { Services } from './services.ts';
import { flowsOfDay, groupsByStore, messagesOf } from './tell-stores.ts';

const DAY_MS = 24 * 3_600_000;
const REJECTED_KEPT_MS = 30 * DAY_MS;
/** As long as a message may come again: IoT Hub hands it over for 7 days at most, but its owner may replay what was rejected. */
const LEDGER_KEPT_MS = REJECTED_KEPT_MS + DAY_MS;
/** A sign that is still there has connected anew long since, or will: presence is a hint. */
const OPEN_CONNECTION_KEPT_MS = 7 * DAY_MS;
/** Rows of each kind that one flush forgets: more than a fleet writes between two. */
const MAX_PRUNED_ROWS = 10_000;
/** Stores that one transaction locks: at midnight all of them are due, and batches wait for it. */
const STORES_AT_ONCE = 200;
/** The same where each may be looked at anew: what is usual on a day is summed up from weeks, some ms a store. */
const REVIEWED_AT_ONCE = 25;

/** What nobody's message brings about: doors that fall silent, days that end, resets, pushes that wait, proofs that grow old, records that nobody needs. */
export const flush =
  ({ store, settings, now }: Services) =>
  async (): Promise<HubMessage[]> => {
    const { toReview, dark } = await store.transaction(async (tx) => {
      // Before the database was born nothing was: then it is now that the clock is wrong, as after a dead battery.
      if (now() >= store.epoch) await tx.pushing.forgetFuture(now());
      const nowMs = now();
      const sinceMs = await tx.upkeep.runningSince(nowMs);
      const dark = await darkSignsOf(store, tx, sinceMs, nowMs);
      const alarmed = await newlyDark(tx, dark, nowMs);
      const due = await tx.pushing.storesToReview(nowMs);
      return { toReview: [...new Set([...due, ...alarmed])].sort(), dark };
    });
    // Transactions of their own, because each locks stores in order of id, and none may take long.
    for (const storeIds of chunksOf(toReview, REVIEWED_AT_ONCE))
      await store.transaction((tx) => reviewStores(tx, storeIds, dark, now));
    await store.transaction((tx) => prune(tx, now(), settings.HistoryKeptDays * DAY_MS));
    const messages: HubMessage[] = [];
    const beforeMs = now();
    const toTell = await store.look((tx) =>
      tx.pushing.storesToTell({
        sentBeforeMs: beforeMs - settings.MinimumPushIntervalMs,
        proofBeforeMs: beforeMs - PROOF_RENEWED_AFTER_MS,
      }),
    );
    for (const storeIds of chunksOf(toTell, STORES_AT_ONCE))
      messages.push(...(await store.transaction((tx) => told(tx, storeIds, store.epoch, now))));
    return messages;
  };

async function told(
  tx: Transaction,
  storeIds: readonly string[],
  epoch: number,
  now: () => number,
): Promise<HubMessage[]> {
  const states = await tx.counting.lockStores(storeIds);
  const nowMs = now();
  const due = states.filter((state) => state.push.due).map((state) => ({ ...state, push: sent(nowMs) }));
  const quiet = states
    .filter((state) => !state.push.due)
    .map((state) => ({ ...state, push: proofSent(state.push, nowMs) }));
  await tx.counting.saveStoreStates([...due, ...quiet]);
  return [...(await messagesOf(tx, due, epoch, nowMs)), ...(await proofsOf(tx, quiet, epoch, nowMs))];
}

const prune = (tx: Transaction, nowMs: number, historyKeptMs: number): Promise<void> =>
  tx.upkeep.prune({
    ledgerBeforeMs: nowMs - LEDGER_KEPT_MS,
    rejectedBeforeMs: nowMs - REJECTED_KEPT_MS,
    connectionsBeforeMs: nowMs - OPEN_CONNECTION_KEPT_MS,
    historyBeforeMs: nowMs - historyKeptMs,
    limit: MAX_PRUNED_ROWS,
  });

async function proofsOf(
  tx: Transaction,
  states: readonly StoreState[],
  epoch: number,
  nowMs: number,
): Promise<HubMessage[]> {
  if (states.length === 0) return [];
  const groups = await groupsByStore(tx, states);
  const messages: HubMessage[] = [];
  for (const state of states) {
    const flows = mayWait(state) ? await flowsOfDay(tx, state) : [];
    messages.push(...proofMessages(groups(state), proofMessageOf(state, flows, epoch, nowMs)));
  }
  return messages;
}

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
