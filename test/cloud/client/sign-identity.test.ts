import { compactVerify, importJWK } from 'jose';
import { expect, test } from 'vitest';
import { identityOf, makeKeyPair, signIdOf } from '../../../cloud/client/sign-identity.ts';
import { signIdSchema } from '../../../cloud/contracts/identifiers.ts';

test('a sign proves who it is with a private key that cannot be read out', async () => {
  const keyPair = await makeKeyPair();
  expect(keyPair.privateKey.extractable).toBe(false);
  const identity = await identityOf(keyPair);
  const assertion = {
    audience: 'vitrine',
    sign: await signIdOf(identity.publicKey),
    nonce: 'n-1',
    purpose: 'negotiate',
  } as const;
  const jws = await identity.sign(assertion);
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(identity.publicKey, 'ES256'));
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(assertion);
  expect(protectedHeader.alg).toBe('ES256');
});

test('only the public half of a key that may be written to a file leaves the sign', async () => {
  const { publicKey } = await identityOf(await makeKeyPair({ extractable: true }));
  expect(Object.keys(publicKey).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
});

test('the id of a sign is the thumbprint of its key', async () => {
  // Made independently: SHA-256 of {"crv":…,"kty":…,"x":…,"y":…}, RFC 7638 section 3.
  const key = (await identityOf(await makeKeyPair())).publicKey;
  const canonical = JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y });
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
  const id = await signIdOf(key);
  expect(id).toBe(`s-${Buffer.from(digest).toString('base64url')}`);
  expect(signIdSchema.safeParse(id).success).toBe(true);
});
