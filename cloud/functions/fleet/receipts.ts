import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { receiptSchema } from '../../contracts/sign-report.ts';
import { answer, type Parsed } from '../http-answers.ts';
import type { HubMessage } from '../hub-messages.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { fleetMessages } from './fleet-messages.ts';
import { admitted, signOfSession } from './sign-of-session.ts';
import { smallBody } from './small-body.ts';

/**
 * What became of a command, by the sign that pulled it. A receipt that comes twice, or for a command that is not known,
 * is answered like any other: to send it again would change nothing.
 */
export const receipts =
  (services: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const body = await smallBody(request, receiptSchema);
    if (!body.ok) return body.refusal;
    const { commandId, outcome, why } = body.value;
    const kept = await services.store.transaction(async (tx): Promise<Parsed<readonly HubMessage[]>> => {
      const nowMs = services.now();
      const sign = admitted(await tx.signs.sign(signId.value));
      if (!sign.ok) return sign;
      const { placeId } = sign.value;
      const isNew = await tx.commands.answer({ commandId, placeId, status: outcome, atMs: nowMs, why });
      return { ok: true, value: isNew ? await fleetMessages(tx, [signId.value], nowMs) : [] };
    });
    if (!kept.ok) return kept.refusal;
    say(context, kept.value);
    return answer({ commandId });
  };
