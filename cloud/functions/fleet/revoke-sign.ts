import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { signIdSchema } from '../../contracts/identifiers.ts';
import type { SignRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { answer, parsed, refusal } from '../http-answers.ts';
import { assignmentMessage, type HubMessage } from '../hub-messages.ts';
import type { Caller } from '../people/caller.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { fleetMessages } from './fleet-messages.ts';
import { isHeard, takeBackPicture } from './move-sign.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from './scope.ts';
import { shutOut } from './shut-out.ts';

/** Takes a sign's place and its right to speak with us away for ever. Once more does no harm, and shuts it out once more. */
export const revokeSign =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const asked = parsed(request.params.signId, signIdSchema);
    if (!asked.ok) return refusal(404, 'unknown-sign', 'no such sign');
    const signId = asked.value;
    const nowMs = services.now();
    const messages = await services.store.transaction(
      async (tx): Promise<HubMessage[] | 'unknown-sign' | 'not-allowed'> => {
        const sign = await tx.signs.sign(signId);
        if (sign === undefined) return 'unknown-sign';
        if (!(await mayChangeGroup(tx, caller, await groupOf(tx, sign)))) return 'not-allowed';
        if (sign.revokedAtMs !== null) return [];
        const { name, storeGroupId } = sign;
        await takeBackPicture(tx, sign, nowMs);
        await tx.signs.revoke(signId, nowMs);
        await tx.pairing.spend(signId);
        await tx.audit.add({
          atMs: nowMs,
          by: caller.name,
          personId: caller.personId,
          act: 'sign-revoked',
          subject: `sign:${signId}`,
          before: { name, storeGroupId },
          after: null,
        });
        return [
          assignmentMessage(signId, { storeGroupId: null }),
          ...(await fleetMessages(tx, [signId], nowMs, new Map([[signId, storeGroupId]]))),
        ];
      },
    );
    if (messages === 'unknown-sign') return refusal(404, messages, 'no such sign');
    if (messages === 'not-allowed') return refusal(403, messages, NOT_ALL_YOURS);
    say(context, messages);
    if (!(await isHeard(shutOut(services, signId)))) {
      const message = 'the sign is revoked, the push service does not know it yet: revoke it again';
      return refusal(503, 'unavailable', message);
    }
    return answer({ signId });
  };

/** Who has a place may also shut out once more the device that had it before. */
async function groupOf(tx: Transaction, sign: SignRecord): Promise<string | null> {
  let last = sign;
  while (last.replacedBy !== null) {
    const next = await tx.signs.sign(last.replacedBy);
    if (next === undefined) return null;
    last = next;
  }
  return last.storeGroupId;
}
