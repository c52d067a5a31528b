import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { type Assertion, type PublicKey, publicKeySchema } from '../contracts/sign.ts';

/** Who a sign is: its key. */
export type SignIdentity = {
  readonly publicKey: PublicKey;
  /** JWS compact, ES256. */
  readonly sign: (assertion: Assertion) => Promise<string>;
};

const ALGORITHM = 'ES256';

/** `extractable` where the private key must be written to a file; a browser keeps it as it is. */
export function makeKeyPair({ extractable = false } = {}): Promise<CryptoKeyPair> {
  return generateKeyPair(ALGORITHM, { extractable });
}

/** Of a P-256 signing pair; the private key need not be extractable. */
export async function identityOf({ publicKey, privateKey }: CryptoKeyPair): Promise<SignIdentity> {
  return {
    publicKey: publicKeySchema.parse(await exportJWK(publicKey)),
    sign: (assertion) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(assertion)))
        .setProtectedHeader({ alg: ALGORITHM })
        .sign(privateKey),
  };
}

/** The id that the cloud gives to this key: `s-` and its RFC 7638 SHA-256 thumbprint. */
export async function signIdOf(publicKey: PublicKey): Promise<string> {
  return `s-${await calculateJwkThumbprint(publicKey, 'sha256')}`;
}
