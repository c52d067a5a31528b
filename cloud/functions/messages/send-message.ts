import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type MessageRequest, messageRequestSchema } from '../../contracts/message-request.ts';
import { MINUTE_MS } from '../../domain/store-state.ts';
import type { MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import { mayChangeGroup, NOT_ALL_YOURS } from '../fleet/scope.ts';
import { tooMany } from '../fleet/too-many.ts';
import { answer, parsedBody, refusal } from '../http-answers.ts';
import { keepAudit } from '../people/audit.ts';
import { type Caller, nameOf } from '../people/caller.ts';
import type { Say } from '../say.ts';
import type { Services } from '../services.ts';
import { listedMessages } from './listed-messages.ts';
import { messageNudges } from './message-nudges.ts';
import { MAX_IN_FORCE } from './messages-of-sign.ts';

const CROWDED_RETRY_SECONDS = 60;

/** An operator says something to the signs of some groups, or to all; each asks for it itself. */
export const sendMessage =
  ({ store, now }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, messageRequestSchema);
    if (!body.ok) return body.refusal;
    const sent = await store.transaction(async (tx) => {
      const nowMs = now();
      const refused = await refusedTo(tx, caller, body.value.storeGroupIds);
      if (refused !== undefined) return { refused };
      if ((await tx.messages.countInForce(nowMs)) >= MAX_IN_FORCE)
        return {
          refused: tooMany(
            `${MAX_IN_FORCE} messages are shown now, and no more can be: take one back first`,
            CROWDED_RETRY_SECONDS,
          ),
        };
      const message = messageOf(body.value, nameOf(caller, body.value.by), nowMs);
      await tx.messages.add(message);
      const { messageId, ended: _, sentAtMs: __, by, ...after } = message;
      await keepAudit(tx, { ...caller, name: by }, nowMs, {
        act: 'message-sent',
        subject: `message:${messageId}`,
        after,
      });
      const [listed] = await listedMessages(tx, [message], caller);
      return { listed, nudges: await messageNudges(tx, message) };
    });
    if (sent.refused !== undefined) return sent.refused;
    say(context, sent.nudges);
    return { ...answer(sent.listed), status: 201 };
  };

const messageOf = (asked: MessageRequest, by: string, nowMs: number): MessageRecord => ({
  messageId: randomUUID(),
  text: asked.text,
  secondText: asked.secondText ?? null,
  priority: asked.priority,
  audience: asked.audience,
  drill: asked.drill,
  storeGroupIds: asked.storeGroupIds && [...new Set(asked.storeGroupIds)],
  by,
  sentAtMs: nowMs,
  endsAtMs: nowMs + asked.forMinutes * MINUTE_MS,
  ended: null,
});

async function refusedTo(
  tx: Transaction,
  caller: Caller,
  storeGroupIds: readonly string[] | null,
): Promise<HttpResponseInit | undefined> {
  if (storeGroupIds === null)
    return caller.storeIds === null ? undefined : refusal(403, 'not-allowed', 'not all stores are yours');
  const known = new Set((await tx.structure.firstStoresOf(storeGroupIds)).map((row) => row.storeGroupId));
  for (const [at, storeGroupId] of storeGroupIds.entries()) {
    if (!known.has(storeGroupId))
      return refusal(404, 'unknown-store-group', 'no store is in this group', `storeGroupIds.${at}`);
    if (!(await mayChangeGroup(tx, caller, storeGroupId))) return refusal(403, 'not-allowed', NOT_ALL_YOURS);
  }
  return undefined;
}
