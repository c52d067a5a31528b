import { compactVerify } from 'jose';
import { type Assertion, assertionSchema, type PublicKey } from '../contracts/sign.ts';

export type CheckedAssertion =
  | { readonly ok: true; readonly assertion: Assertion }
  | { readonly ok: false; readonly why: string };

/** Whether `jws` is this sign's own signature over an assertion meant for us. The nonce is the caller's to spend. */
export async function checkedAssertion(
  jws: string,
  sign: { readonly signId: string; readonly publicKey: PublicKey },
): Promise<CheckedAssertion> {
  const payload = await verifiedPayload(jws, sign.publicKey);
  if (payload === undefined) return { ok: false, why: 'the signature is not of this sign' };
  const assertion = assertionSchema.safeParse(payload);
  if (!assertion.success) {
    const field = assertion.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, why: `the signature is for another ${field || 'use'}` };
  }
  if (assertion.data.sign !== sign.signId) return { ok: false, why: 'the signature is for another sign' };
  return { ok: true, assertion: assertion.data };
}

async function verifiedPayload(jws: string, publicKey: PublicKey): Promise<unknown> {
  try {
    // The library makes a key of it only for what looks like a signature.
    const { payload } = await compactVerify(jws, publicKey, { algorithms: ['ES256'] });
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    // Whatever is wrong with what a stranger sends is one thing to us: not this sign's signature.
    return undefined;
  }
}
