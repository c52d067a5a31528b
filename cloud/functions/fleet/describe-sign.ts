import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { signDescriptionSchema } from '../../contracts/fleet.ts';
import { signIdSchema } from '../../contracts/identifiers.ts';
import { answer, type Parsed, parsed, parsedBody, refusal } from '../http-answers.ts';
import type { HubMessage } from '../hub-messages.ts';
import type { Caller } from '../people/caller.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { fleetMessages, nudgeMessage } from './fleet-messages.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from './scope.ts';
import { admitted } from './sign-of-session.ts';

/** Names a sign and sets it. The sign is nudged, and asks for what is new. */
export const describeSign =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const asked = parsed(request.params.signId, signIdSchema);
    if (!asked.ok) return refusal(404, 'unknown-sign', 'no such sign');
    const signId = asked.value;
    const body = await parsedBody(request, signDescriptionSchema);
    if (!body.ok) return body.refusal;
    const description = body.value;
    const described = await store.transaction(async (tx): Promise<Parsed<HubMessage[]>> => {
      const nowMs = now();
      const sign = admitted(await tx.signs.sign(signId));
      if (!sign.ok) return sign;
      const { name, settings, storeGroupId } = sign.value;
      if (!(await mayChangeGroup(tx, caller, storeGroupId)))
        return { ok: false, refusal: refusal(403, 'not-allowed', NOT_ALL_YOURS) };
      await tx.signs.describe(signId, description);
      await tx.audit.add({
        atMs: nowMs,
        by: caller.name,
        personId: caller.personId,
        act: 'sign-described',
        subject: `sign:${signId}`,
        before: { name, settings },
        after: description,
      });
      return { ok: true, value: [nudgeMessage(signId), ...(await fleetMessages(tx, [signId], nowMs))] };
    });
    if (!described.ok) return described.refusal;
    say(context, described.value);
    return answer({ signId, ...description });
  };
