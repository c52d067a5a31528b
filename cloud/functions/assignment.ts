import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { signIdSchema } from '../contracts/identifiers.ts';
import { assignmentMessageSchema } from '../contracts/sign.ts';
import type { Transaction } from '../store/port.ts';
import { fleetMessages } from './fleet/fleet-messages.ts';
import { isHeard, moveSign } from './fleet/move-sign.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from './fleet/scope.ts';
import { admitted } from './fleet/sign-of-session.ts';
import { answer, type Parsed, parsed, parsedBody, refusal } from './http-answers.ts';
import { assignmentMessage, type HubMessage } from './hub-messages.ts';
import type { Caller } from './people/caller.ts';
import { placeSign } from './place-sign.ts';
import type { Say } from './say.ts';
import type { Services } from './services.ts';

/** Gives a sign its place, or takes it away; the sign hears of it at once and pulls what it may show. */
export const assignment =
  (services: Pick<Services, 'store' | 'signalR' | 'now'>, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const signId = parsed(request.params.signId, signIdSchema);
    if (!signId.ok) return refusal(404, 'unknown-sign', 'no such sign');
    const body = await parsedBody(request, assignmentMessageSchema);
    if (!body.ok) return body.refusal;
    const { storeGroupId } = body.value;
    const kept = await services.store.transaction((tx) =>
      keep(tx, { signId: signId.value, storeGroupId, caller, nowMs: services.now() }),
    );
    if (!kept.ok) return kept.refusal;
    say(context, kept.value);
    if (!(await isHeard(placeSign(services, signId.value)))) {
      const message = 'the place is kept, the push service does not know it yet: send it again';
      return refusal(503, 'unavailable', message);
    }
    return answer({ signId: signId.value, storeGroupId });
  };

async function keep(
  tx: Transaction,
  { signId, storeGroupId, caller, nowMs }: Wish,
): Promise<Parsed<readonly HubMessage[]>> {
  if (storeGroupId !== null && !(await tx.structure.storeGroupExists(storeGroupId)))
    return no(404, 'unknown-store-group', 'no store is in this group', 'storeGroupId');
  const found = admitted(await tx.signs.sign(signId));
  if (!found.ok) return found;
  const sign = found.value;
  const mayMove =
    (await mayChangeGroup(tx, caller, sign.storeGroupId)) &&
    (storeGroupId === null || (await mayChangeGroup(tx, caller, storeGroupId)));
  if (!mayMove) return no(403, 'not-allowed', NOT_ALL_YOURS);
  // Told in any case: the sign then pulls, and shows nothing of its old place.
  const told = assignmentMessage(signId, { storeGroupId });
  if (sign.storeGroupId === storeGroupId) return { ok: true, value: [told] };
  await moveSign(tx, sign, storeGroupId, caller, nowMs);
  const left = new Map([[signId, sign.storeGroupId]]);
  return { ok: true, value: [told, ...(await fleetMessages(tx, [signId], nowMs, left))] };
}

type Wish = {
  readonly signId: string;
  readonly storeGroupId: string | null;
  readonly caller: Caller;
  readonly nowMs: number;
};

const no = (...refused: Parameters<typeof refusal>) => ({ ok: false, refusal: refusal(...refused) }) as const;
