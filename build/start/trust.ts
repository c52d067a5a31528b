import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { CloudReady } from './cloud.ts';

type Trusted = Pick<CloudReady, 'httpUrl' | 'caFile'>;

const isSecure = ({ httpUrl }: Pick<CloudReady, 'httpUrl'>): boolean => httpUrl.startsWith('https:');

/** The file of the authority that a caller of the cloud needs; undefined where it speaks plain HTTP. */
export const authorityFileOf = (cloud: Trusted): string | undefined =>
  isSecure(cloud) ? cloud.caFile : undefined;

/** From here on this process's own calls trust the cloud on this machine. */
export function trustCloud(cloud: Trusted): void {
  const file = authorityFileOf(cloud);
  if (file === undefined) return;
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')]);
}

/** The public key of an authority as Chromium's pins write it: SHA-256 in base64. */
export function pinOf(caFile: string): string {
  const { publicKey } = new X509Certificate(readFileSync(caFile));
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

/** Every authority a device here may need to trust the hub: the installation's own, the public ones, and the owner's. */
export function authoritiesPem({ caFile }: Trusted, certificate: string | undefined): string {
  const own = readFileSync(caFile, 'utf8');
  if (certificate === undefined) return own;
  return [own, ...getCACertificates('default'), readFileSync(certificate, 'utf8')].join('\n');
}
