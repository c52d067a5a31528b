import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { signalRGroupOf } from '../contracts/hub-targets.ts';
import { signIdSchema } from '../contracts/identifiers.ts';
import { assignmentMessageSchema } from '../contracts/sign.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import { assignmentMessage, type HubMessage } from './hub-messages.ts';
import type { Services } from './services.ts';

export type Say = (context: InvocationContext, messages: readonly HubMessage[]) => void;

/** Gives a sign its place, or takes it away; the sign hears of it at once and pulls what it may show. */
export const assignment =
  ({ store, signalR }: Services, say: Say) =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = parsed(request.params.signId, signIdSchema);
    if (!signId.ok) return refusal(404, 'unknown-sign', 'no such sign');
    const body = await parsedBody(request, assignmentMessageSchema);
    if (!body.ok) return body.refusal;
    const { storeGroupId } = body.value;
    const kept = await store.transaction(async (tx) => {
      if (storeGroupId !== null && !(await tx.structure.storeGroupExists(storeGroupId)))
        return 'unknown-store-group';
      return (await tx.signs.assign(signId.value, storeGroupId)) ? 'kept' : 'unknown-sign';
    });
    if (kept === 'unknown-sign') return refusal(404, kept, 'no such sign: it must enrol first');
    if (kept === 'unknown-store-group')
      return refusal(404, kept, 'no store is in this group', 'storeGroupId');
    await signalR.placeUser(signId.value, storeGroupId === null ? null : signalRGroupOf(storeGroupId));
    say(context, [assignmentMessage(signId.value, { storeGroupId })]);
    return answer({ signId: signId.value, storeGroupId });
  };
