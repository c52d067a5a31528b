import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Fleet, ListedSign } from '../../contracts/fleet.ts';
import { signIdSchema } from '../../contracts/identifiers.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, parsed, refusal } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { listedSigns } from './listed-signs.ts';
import { groupsSeenBy, maySeeGroup, signShownTo, wholeGroupsOf } from './scope.ts';

const MAX_LISTED_SIGNS = 10_000;

/** The signs that a person may see, and what can be on the glass of each. */
export const listFleet =
  ({ store, now }: Services) =>
  async (_request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const nowMs = now();
    const signs = await store.look(async (tx) => {
      const groups = await groupsSeenBy(tx, caller);
      const records = await (groups === null
        ? tx.signs.listSigns(MAX_LISTED_SIGNS)
        : tx.signs.signsOfGroups(groups));
      return signsShown(tx, records.slice(0, MAX_LISTED_SIGNS), caller, nowMs);
    });
    return answer({ nowMs, signs } satisfies Fleet);
  };

/** One of them, also when it was revoked. */
export const readFleetSign =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const signId = parsed(request.params.signId, signIdSchema);
    if (!signId.ok) return refusal(404, 'unknown-sign', 'no such sign');
    const nowMs = now();
    const signs = await store.look(async (tx) => {
      const sign = await tx.signs.sign(signId.value);
      if (sign === undefined) return 'unknown-sign';
      const isSeen = await maySeeGroup(tx, caller, sign.storeGroupId);
      return isSeen ? signsShown(tx, [sign], caller, nowMs) : 'not-allowed';
    });
    if (signs === 'unknown-sign') return refusal(404, signs, 'no such sign');
    if (signs === 'not-allowed') return refusal(403, signs, 'this sign is in none of your stores');
    return answer({ nowMs, signs } satisfies Fleet);
  };

async function signsShown(
  tx: Transaction,
  records: readonly SignRecord[],
  caller: Caller,
  nowMs: number,
): Promise<ListedSign[]> {
  const isWhole = await wholeGroupsOf(
    tx,
    caller,
    records.map(({ storeGroupId }) => storeGroupId),
  );
  const signs = await listedSigns(tx, records, nowMs);
  return signs.map((sign) => signShownTo(sign, caller, isWhole(sign.storeGroupId)));
}
