import { X509Certificate } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import {
  BACKDATE_DAYS,
  type CertificatePair,
  certificateAuthority,
  DAY_MS,
  KEY_ALGORITHM,
  privateKeyPem,
  SIGNING_ALGORITHM,
} from './certificate-authority.ts';
import { loadX509 } from './load-x509.ts';
import { readSecret, replaceSecret } from './secrets.ts';

/** CA/Browser Forum baseline requirements 6.3.2 allow 398 days; some clients refuse more. */
const LIFE_DAYS = 397;
const RENEW_BEFORE_DAYS = 60;
const ALWAYS_NAMED = ['localhost', '127.0.0.1', '::1'];
const NAME = 'server-certificate';

const keptSchema = z.object({ names: z.array(z.string()), certPem: z.string(), keyPem: z.string() });
type KeptCertificate = z.infer<typeof keptSchema>;

/** Both fingerprints are SHA-256, `AB:CD:...`: of the server's own certificate, and of the authority that signed it. */
export type ServerCertificate = CertificatePair & {
  readonly caPem: string;
  readonly fingerprint: string;
  readonly caFingerprint: string;
};

/**
 * The certificate this machine's TLS servers show, signed by the installation's own authority. It names localhost and
 * its addresses besides the given names. Made anew when it lacks one of them or its end is near: call it again and again
 * for that. The authority is written to `caFile` for sensors and signs to trust.
 */
export async function serverCertificate(options: {
  readonly database: DatabaseSync;
  readonly caFile: string;
  /** Host names and addresses by which this machine is reached. */
  readonly names: readonly string[];
  readonly now: number;
}): Promise<ServerCertificate> {
  const { database, caFile, now } = options;
  const names = [...new Set([...ALWAYS_NAMED, ...options.names])];
  const authority = await certificateAuthority(database, now);
  publish(caFile, authority.certPem);
  let kept = keptCertificate(database);
  if (kept === undefined || !isGood(kept, names, now)) {
    kept = { names, ...(await issue(authority, names, now)) };
    replaceSecret(database, NAME, JSON.stringify(kept));
  }
  const { certPem, keyPem } = kept;
  return {
    caPem: authority.certPem,
    certPem,
    keyPem,
    fingerprint: new X509Certificate(certPem).fingerprint256,
    caFingerprint: new X509Certificate(authority.certPem).fingerprint256,
  };
}

/** For everybody to read, whatever the process's umask; written only where it is not there as it should be. */
function publish(file: string, pem: string): void {
  if (textOf(file) === pem) return;
  writeFileSync(file, pem);
  chmodSync(file, 0o644);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function keptCertificate(database: DatabaseSync): KeptCertificate | undefined {
  const kept = readSecret(database, NAME);
  return kept === undefined ? undefined : keptSchema.parse(JSON.parse(kept));
}

function isGood({ names, certPem }: KeptCertificate, wanted: readonly string[], now: number): boolean {
  const { validFromDate, validToDate } = new X509Certificate(certPem);
  return (
    // One that names more is as good: addresses come and go.
    wanted.every((name) => names.includes(name)) &&
    // One made while the clock was ahead is not yet valid.
    validFromDate.getTime() <= now &&
    now < validToDate.getTime() - RENEW_BEFORE_DAYS * DAY_MS
  );
}

async function issue(
  authority: CertificatePair,
  names: readonly string[],
  now: number,
): Promise<CertificatePair> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certPem);
  const keys = await crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Vitrine',
    issuer: issuer.subject,
    notBefore: new Date(now - BACKDATE_DAYS * DAY_MS),
    notAfter: new Date(Math.min(now + (LIFE_DAYS - BACKDATE_DAYS) * DAY_MS, issuer.notAfter.getTime())),
    signingAlgorithm: SIGNING_ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await signingKey(authority.keyPem),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: await privateKeyPem(keys.privateKey) };
}

async function signingKey(keyPem: string): Promise<CryptoKey> {
  const { PemConverter } = await loadX509();
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(keyPem), KEY_ALGORITHM, false, ['sign']);
}
