import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { loadX509 } from './load-x509.ts';
import { keepSecret, readSecret } from './secrets.ts';

export const DAY_MS = 86_400_000;
const LIFE_DAYS = 3_650;
/** Before this code existed no clock was right: one that says so must not date the authority into the past. */
const EARLIEST_TRUE_CLOCK = Date.UTC(2026, 10, 1);
/** Sensors with a clock somewhat behind must still find the certificate valid. */
export const BACKDATE_DAYS = 1;
const NAME = 'certificate-authority';
const SUFFIX_BYTES = 4;

export const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const SIGNING_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;

const pairSchema = z.object({ certPem: z.string(), keyPem: z.string() });
/** A certificate and its private key (PKCS #8), both PEM. */
export type CertificatePair = z.infer<typeof pairSchema>;

/**
 * The private authority of this installation, made at first start and valid for ten years from then. It is never made
 * anew: every sensor trusts this one, and the clock of a shop's PC may be wrong for a boot.
 */
export async function certificateAuthority(database: DatabaseSync, now: number): Promise<CertificatePair> {
  const kept =
    readSecret(database, NAME) ?? keepSecret(database, NAME, JSON.stringify(await newAuthority(now)));
  return pairSchema.parse(JSON.parse(kept));
}

/** Whether this installation has its authority already. */
export const hasAuthority = (database: DatabaseSync): boolean => readSecret(database, NAME) !== undefined;

async function newAuthority(now: number): Promise<CertificatePair> {
  const x509 = await loadX509();
  const keys = await crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // The suffix keeps two installations apart in one trust store.
    name: `CN=Vitrine local authority ${randomBytes(SUFFIX_BYTES).toString('hex')}`,
    notBefore: new Date(Math.min(now, EARLIEST_TRUE_CLOCK) - BACKDATE_DAYS * DAY_MS),
    notAfter: new Date(Math.max(now, EARLIEST_TRUE_CLOCK) + LIFE_DAYS * DAY_MS),
    signingAlgorithm: SIGNING_ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: await privateKeyPem(keys.privateKey) };
}

export async function privateKeyPem(key: CryptoKey): Promise<string> {
  const { PemConverter } = await loadX509();
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
