import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { idSchema } from '../../contracts/identifiers.ts';
import type { MessageRecord } from '../../store/message-port.ts';
import type { Transaction } from '../../store/port.ts';
import { groupsSeenBy } from '../fleet/scope.ts';
import { type Parsed, parsed, refusal } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import { isSeen } from './listed-messages.ts';

/** The message that a route names, if the person sees a sign that it is for. */
export async function messageAsked(
  tx: Transaction,
  { params }: Pick<HttpRequest, 'params'>,
  caller: Caller,
): Promise<Parsed<MessageRecord>> {
  const messageId = parsed(params.messageId, idSchema);
  const message = messageId.ok ? await tx.messages.message(messageId.value) : undefined;
  if (message === undefined) return no(404, 'unknown-message', 'no such message');
  return isSeen(message, await groupsSeenBy(tx, caller))
    ? { ok: true, value: message }
    : no(403, 'not-allowed', 'this message is for none of your stores');
}

const no = (...refused: Parameters<typeof refusal>): { ok: false; refusal: HttpResponseInit } => ({
  ok: false,
  refusal: refusal(...refused),
});
