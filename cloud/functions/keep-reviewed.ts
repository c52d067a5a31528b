import { sent } from '../domain/push.ts';
import type { Reviewed } from '../domain/store-after.ts';
import type { Transaction } from '../store/port.ts';
import type { HubMessage } from './hub-messages.ts';
import { messagesOf } from './tell-stores.ts';

/** Keeps what a person's act has made of a store, and gives what its signs are told: at once, as the person waits for it. */
export async function keepReviewed(
  tx: Transaction,
  { state, happenings }: Reviewed,
  epoch: number,
  nowMs: number,
): Promise<HubMessage[]> {
  const told = { ...state, push: sent(nowMs) };
  await tx.counting.saveStoreStates([told]);
  await tx.history.addAlertEvents(happenings.map((happening) => ({ ...happening, storeId: state.storeId })));
  return messagesOf(tx, [told], epoch, nowMs);
}
