import { join } from 'node:path';
import type { Logger } from 'pino';
import * as z from 'zod';
import { identityOf, makeKeyPair, type SignIdentity } from '../cloud/client/sign-identity.ts';
import { publicKeySchema } from '../cloud/contracts/sign.ts';
import { setAside, writeAtomically } from './atomic-file.ts';
import { readSealed, sealed } from './sealed-json.ts';

export const KEY_FILE = 'sign-key.json';

/** An ES256 private key as a JSON Web Key (RFC 7517): the public half and `d`. */
const privateKeySchema = z.object({ ...publicKeySchema.shape, d: z.string() });
type PrivateKey = z.infer<typeof privateKeySchema>;

const ES256 = { name: 'ECDSA', namedCurve: 'P-256' };

/**
 * Who this device is: the key in its folder, made where there is none. A broken key is set aside, and the device is a
 * new sign from then on. Where the folder takes no file, it is one until it stops.
 */
export async function signIdentityIn(folder: string, log: Logger): Promise<SignIdentity> {
  const file = join(folder, KEY_FILE);
  const kept = await readSealed(file, privateKeySchema);
  try {
    if (kept.kind === 'value') return await identityOf(await keyPairOf(kept.value));
    if (kept.kind === 'broken') throw new Error(kept.why);
  } catch (error) {
    log.error({ file, err: error }, 'the key of this sign is broken; it becomes a new sign');
    await setAside(file).catch((err) => log.error({ err }, 'the broken key stays where it is'));
  }
  const pair = await makeKeyPair({ extractable: true });
  await keep(file, pair).catch((err) => log.error({ err }, 'the key of this sign cannot be kept'));
  return identityOf(pair);
}

async function keep(file: string, { privateKey }: CryptoKeyPair): Promise<void> {
  const key = privateKeySchema.parse(await crypto.subtle.exportKey('jwk', privateKey));
  await writeAtomically(file, sealed(key));
}

async function keyPairOf({ d, ...publicHalf }: PrivateKey): Promise<CryptoKeyPair> {
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.importKey('jwk', publicHalf, ES256, true, ['verify']),
    crypto.subtle.importKey('jwk', { ...publicHalf, d }, ES256, false, ['sign']),
  ]);
  return { publicKey, privateKey };
}
