import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { fingerprintOf, type PairingLook, pairingLookRequestSchema } from '../../contracts/pairing.ts';
import { answer, parsedBody } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { triedCode } from './tried-code.ts';

/** Which sign a code belongs to, for a person to compare before it is given a place. */
export const pairingLook =
  ({ store, now }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, pairingLookRequestSchema);
    if (!body.ok) return body.refusal;
    const nowMs = now();
    const tried = await store.transaction((tx) => triedCode(tx, body.value.code, caller, nowMs));
    if (!tried.ok) return tried.refusal;
    const { sign, code } = tried.value;
    return answer({
      signId: sign.signId,
      fingerprint: fingerprintOf(sign.signId),
      expiresInSeconds: Math.ceil((code.expiresAtMs - nowMs) / 1_000),
      about: sign.report?.about ?? null,
      address: sign.address,
      heardAtMs: sign.heardAtMs ?? sign.enrolledAtMs,
    } satisfies PairingLook);
  };
