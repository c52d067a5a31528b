import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from '../fleet/scope.ts';
import { answer, refusal } from '../http-answers.ts';
import { keepAudit } from '../people/audit.ts';
import type { Caller } from '../people/caller.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { listedMessages } from './listed-messages.ts';
import { messageAsked } from './message-asked.ts';
import { messageNudges } from './message-nudges.ts';

/** Takes a message back before its time. One that is over stays as it is. */
export const endMessage =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const ended = await store.transaction(async (tx) => {
      const asked = await messageAsked(tx, request, caller);
      if (!asked.ok) return asked;
      const message = asked.value;
      if (!(await mayEnd(tx, message, caller)))
        return { ok: false, refusal: refusal(403, 'not-allowed', NOT_ALL_YOURS) } as const;
      const by = { by: caller.name, atMs: now() };
      const isEnded = await tx.messages.end(message.messageId, by);
      if (isEnded)
        await keepAudit(tx, caller, by.atMs, {
          act: 'message-ended',
          subject: `message:${message.messageId}`,
          before: { text: message.text, storeGroupIds: message.storeGroupIds, endsAtMs: message.endsAtMs },
        });
      const after = isEnded ? { ...message, ended: by } : message;
      const [listed] = await listedMessages(tx, [after], caller);
      return { ok: true, listed, nudges: isEnded ? await messageNudges(tx, message) : [] } as const;
    });
    if (!ended.ok) return ended.refusal;
    say(context, ended.nudges);
    return answer(ended.listed);
  };

async function mayEnd(tx: Transaction, { storeGroupIds }: MessageRecord, caller: Caller): Promise<boolean> {
  if (storeGroupIds === null) return caller.storeIds === null;
  for (const storeGroupId of storeGroupIds)
    if (!(await mayChangeGroup(tx, caller, storeGroupId))) return false;
  return true;
}
