import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { assignRequestSchema, type BulkAnswer } from '../../contracts/fleet.ts';
import { fewAtOnce } from '../few-at-once.ts';
import { answer, type Parsed, parsedBody, refusal } from '../http-answers.ts';
import { assignmentMessage, type HubMessage } from '../hub-messages.ts';
import type { Caller } from '../people/caller.ts';
import { placeSign } from '../place-sign.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { fleetMessages } from './fleet-messages.ts';
import { isHeard, moveSign } from './move-sign.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from './scope.ts';
import { recordsOf, refusedOf, type SignsAsked, signsAsked } from './signs-asked.ts';

const PLACED_AT_ONCE = 16;
const NOT_HEARD = 'its place is kept, the push service does not know it yet: assign it again';

type Assigned = { readonly asked: SignsAsked; readonly messages: readonly HubMessage[] };

/** Gives many signs one place, or takes theirs away; of each it is said what became of it. */
export const fleetAssign =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, assignRequestSchema);
    if (!body.ok) return body.refusal;
    const { signIds, storeGroupId } = body.value;
    const assigned = await services.store.transaction(async (tx): Promise<Parsed<Assigned>> => {
      const nowMs = services.now();
      if (storeGroupId !== null) {
        if (!(await tx.structure.storeGroupExists(storeGroupId)))
          return no(404, 'unknown-store-group', 'no store is in this group', 'storeGroupId');
        if (!(await mayChangeGroup(tx, caller, storeGroupId))) return no(403, 'not-allowed', NOT_ALL_YOURS);
      }
      const asked = await signsAsked(tx, signIds, caller);
      const signs = recordsOf(asked);
      const moved = signs.filter((sign) => sign.storeGroupId !== storeGroupId);
      for (const sign of moved) await moveSign(tx, sign, storeGroupId, caller, nowMs);
      const left = new Map(moved.map((sign) => [sign.signId, sign.storeGroupId]));
      const messages = [
        ...signs.map(({ signId }) => assignmentMessage(signId, { storeGroupId })),
        ...(await fleetMessages(tx, [...left.keys()], nowMs, left)),
      ];
      return { ok: true, value: { asked, messages } };
    });
    if (!assigned.ok) return assigned.refusal;
    const { asked, messages } = assigned.value;
    say(context, messages);
    const results = await fewAtOnce([...asked.keys()], PLACED_AT_ONCE, async (signId) => {
      const refused = refusedOf(asked, signId);
      if (refused !== null) return { signId, refused };
      return { signId, refused: (await isHeard(placeSign(services, signId))) ? null : NOT_HEARD };
    });
    return answer({ results } satisfies BulkAnswer);
  };

const no = (...refused: Parameters<typeof refusal>) => ({ ok: false, refusal: refusal(...refused) }) as const;
