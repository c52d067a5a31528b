import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { signIdSchema } from '../contracts/identifiers.ts';
import { assignmentMessageSchema } from '../contracts/sign.ts';
import { answer, parsed, parsedBody, refusal } from './http-answers.ts';
import { assignmentMessage } from './hub-messages.ts';
import { placeSign } from './place-sign.ts';
import { PlatformError } from './platform/connection-string.ts';
import type { Say } from './say.ts';
import type { Services } from './services.ts';

/** Gives a sign its place, or takes it away; the sign hears of it at once and pulls what it may show. */
export const assignment =
  ({ store, signalR }: Pick<Services, 'store' | 'signalR'>, say: Say) =>
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
    // Told in any case: the sign then pulls, and shows nothing of its old place.
    say(context, [assignmentMessage(signId.value, { storeGroupId })]);
    try {
      await placeSign({ store, signalR }, signId.value);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return refusal(
        503,
        'unavailable',
        'the place is kept, the push service does not know it yet: send it again',
      );
    }
    return answer({ signId: signId.value, storeGroupId });
  };
