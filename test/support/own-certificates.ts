import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { loadX509 } from '../../cloud/local/state/load-x509.ts';

const DAY_MS = 86_400_000;
const KEYS = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNED = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** An IPv4 address of this machine that is no loopback one; undefined: it is on no network. */
export const outerAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

export type Issued = { readonly certPem: string; readonly keyPem: string };
export type TestAuthority = {
  readonly caPem: string;
  issue(names: readonly string[], valid?: { fromMs?: number; toMs?: number }): Promise<Issued>;
};

/** An authority that is not the installation's, such as a company has. */
export async function anAuthority(name = 'CN=Company'): Promise<TestAuthority> {
  const x509 = await loadX509();
  const pem = async (key: CryptoKey) =>
    x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
  const keys = await crypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  const within = (fromMs = Date.now() - DAY_MS, toMs = Date.now() + 90 * DAY_MS) => ({
    notBefore: new Date(fromMs),
    notAfter: new Date(toMs),
  });
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    ...within(),
    signingAlgorithm: SIGNED,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return {
    caPem: ca.toString('pem'),
    async issue(names, { fromMs, toMs } = {}) {
      const own = await crypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
      const isAddress = (each: string) => /^[\d.]+$|:/.test(each);
      const certificate = await x509.X509CertificateGenerator.create({
        subject: 'CN=server',
        issuer: ca.subject,
        ...within(fromMs, toMs),
        signingAlgorithm: SIGNED,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value })),
          ),
        ],
      });
      return { certPem: certificate.toString('pem'), keyPem: await pem(own.privateKey) };
    },
  };
}

/** Writes them as an owner would lay them down. */
export function laidDown(folder: string, { certPem, keyPem }: Issued, ...chain: readonly string[]) {
  const files = { certificate: join(folder, 'fullchain.pem'), key: join(folder, 'privkey.pem') };
  writeFileSync(files.certificate, [certPem, ...chain].join('\n'));
  writeFileSync(files.key, keyPem);
  return files;
}
