import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import * as z from 'zod';
import { type Negotiated, negotiateRequestSchema, SIGN_HEADER } from '../contracts/sign.ts';
import { checkedAssertion } from './checked-assertion.ts';
import { revokedRefusal } from './fleet/sign-of-session.ts';
import { answer, parsedBody, refusal } from './http-answers.ts';
import { placeSign } from './place-sign.ts';
import type { Services } from './services.ts';
import { SESSION_LIFETIME_SECONDS, sessionToken } from './session-tokens.ts';

const connectionInfoSchema = z.object({ url: z.string(), accessToken: z.string() });

/**
 * Lets a sign onto the hub once it has proved that it holds its key.
 * `connectionInfo` was made by the binding for the sign named in the header, before this ran: it leaves this function
 * only if the proof is of that sign.
 */
export const negotiate =
  ({ store, signalR, settings, now }: Services) =>
  async (
    request: HttpRequest,
    _context: InvocationContext,
    connectionInfo: unknown,
  ): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, negotiateRequestSchema);
    if (!body.ok) return body.refusal;
    const signId = request.headers.get(SIGN_HEADER) ?? '';
    const sign = await store.look((tx) => tx.signs.sign(signId));
    if (sign === undefined) return refusal(404, 'unknown-sign', 'no such sign: enrol first', SIGN_HEADER);
    if (sign.revokedAtMs !== null) return revokedRefusal();
    const checked = await checkedAssertion(body.value.assertion, sign);
    if (!checked.ok) return refusal(401, 'bad-signature', checked.why, 'assertion');
    const { nonce } = checked.assertion;
    const unspent = await store.transaction((tx) => tx.signs.spendNonce({ signId, nonce, nowMs: now() }));
    if (!unspent) return refusal(401, 'nonce-spent', 'the nonce is unknown, spent or too old', 'assertion');

    // The service keeps a user's groups for a limited time only, so each negotiation sets them anew.
    const storeGroupId = await placeSign({ store, signalR }, signId);
    const token = await sessionToken(signId, settings.SessionSigningKey, now());
    return answer({
      ...connectionInfoSchema.parse(connectionInfo),
      session: { token, expiresInSeconds: SESSION_LIFETIME_SECONDS },
      storeGroupId,
    } satisfies Negotiated);
  };
