import { ASSERTION_AUDIENCE, ASSERTION_PURPOSE, type Negotiated } from '../contracts/sign.ts';
import type { CloudApi } from './cloud-api.ts';
import { CloudError } from './cloud-error.ts';
import type { SignIdentity } from './sign-identity.ts';

export type SignedIn = { readonly signId: string; readonly negotiated: Negotiated };

/**
 * Gives a function that proves anew, on every call, who the sign is. It enrols the first time, and again after
 * the cloud said that it does not know the sign. @throws CloudError
 */
export function createSignIn(cloud: CloudApi, identity: SignIdentity): () => Promise<SignedIn> {
  let signId: string | undefined;
  return async () => {
    signId ??= (await cloud.enrol(identity.publicKey)).signId;
    try {
      const { nonce } = await cloud.challenge(signId);
      const assertion = await identity.sign({
        audience: ASSERTION_AUDIENCE,
        sign: signId,
        nonce,
        purpose: ASSERTION_PURPOSE,
      });
      return { signId, negotiated: await cloud.negotiate(signId, assertion) };
    } catch (error) {
      if (error instanceof CloudError && error.code === 'unknown-sign') signId = undefined;
      throw error;
    }
  };
}
