import { randomBytes } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { signIdSchema } from '../contracts/identifiers.ts';
import type { Challenge } from '../contracts/sign.ts';
import { admitted } from './fleet/sign-of-session.ts';
import { answer, parsed, refusal } from './http-answers.ts';
import type { Services } from './services.ts';

const NONCE_LIFETIME_SECONDS = 60;
const NONCE_BYTES = 32;
/** More than a sign needs at once; what is older is forgotten, so that nobody can fill the table. */
const NONCES_PER_SIGN = 8;

/** A nonce to sign. The server's clock bounds it, because kiosks boot with wrong ones. */
export const challenge =
  ({ store, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const signId = parsed(request.params.signId, signIdSchema);
    if (!signId.ok) return refusal(404, 'unknown-sign', 'no such sign');
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const nowMs = now();
    const sign = await store.transaction(async (tx) => {
      const known = admitted(await tx.signs.sign(signId.value));
      if (!known.ok) return known;
      const expiresAtMs = nowMs + NONCE_LIFETIME_SECONDS * 1_000;
      await tx.signs.addNonce({ signId: signId.value, nonce, nowMs, expiresAtMs, keep: NONCES_PER_SIGN });
      return known;
    });
    if (!sign.ok) return sign.refusal;
    return answer({ nonce, expiresInSeconds: NONCE_LIFETIME_SECONDS } satisfies Challenge);
  };
