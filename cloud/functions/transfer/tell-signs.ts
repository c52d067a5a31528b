import type { InvocationContext } from '@azure/functions';
import { fewAtOnce } from '../few-at-once.ts';
import { fleetMessages, nudgeMessages } from '../fleet/fleet-messages.ts';
import { isHeard } from '../fleet/move-sign.ts';
import { assignmentMessage } from '../hub-messages.ts';
import { placeSign } from '../place-sign.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import type { Kept } from './plan.ts';

const PLACED_AT_ONCE = 8;

/** Tells the signs and everybody who watches them; gives those that the push service could not place. */
export async function tellSigns(
  { store, signalR, now }: Services,
  say: Say,
  context: InvocationContext,
  { movedSigns, describedSignIds }: Kept,
): Promise<readonly string[]> {
  const signIds = [...new Set([...movedSigns.map(({ signId }) => signId), ...describedSignIds])];
  if (signIds.length === 0) return [];
  const left = new Map(movedSigns.map(({ signId, leftGroupId }) => [signId, leftGroupId]));
  const seen = await store.look((tx) => fleetMessages(tx, signIds, now(), left));
  say(context, [
    ...movedSigns.map(({ signId, storeGroupId }) => assignmentMessage(signId, { storeGroupId })),
    ...nudgeMessages(describedSignIds),
    ...seen,
  ]);
  const heard = await fewAtOnce(movedSigns, PLACED_AT_ONCE, ({ signId }) =>
    isHeard(placeSign({ store, signalR }, signId)),
  );
  return movedSigns.filter((_, at) => !heard[at]).map(({ signId }) => signId);
}
