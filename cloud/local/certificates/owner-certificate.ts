import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { HostError } from '../host-error.ts';
import { isHostName } from '../listen-address.ts';
import type { CertificatePair } from '../state/certificate-authority.ts';

/** A chain of certificates is some kilobytes. */
const MAX_FILE_BYTES = 1_024 * 1_024;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const ALTERNATIVE_NAME = /(?:^|, )(DNS|IP Address):([^,"]+)/g;

/** The files of a certificate that the owner of this installation brings, PEM: the chain with the server's first, and its key. */
export type OwnerFiles = { readonly certificate: string; readonly key: string };

export type OwnerCertificate = CertificatePair & {
  /** Host names, `*.example.com` among them, and addresses. */
  readonly names: readonly string[];
  readonly covers: (name: string) => boolean;
  /** Authorities that the chain brings along, PEM. */
  readonly roots: readonly string[];
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly fingerprint: string;
};

/** Throws a HostError ERR_OPTIONS that names the option and what is wrong with its file. */
export function readOwnerCertificate(files: OwnerFiles): OwnerCertificate {
  const certPem = textOf('--certificate', files.certificate);
  const keyPem = textOf('--certificate-key', files.key);
  const chain = [...certPem.matchAll(PEM_CERTIFICATE)].map(([pem]) => certificateIn(pem, files));
  const [leaf] = chain;
  if (leaf === undefined) throw broken('--certificate', files.certificate, 'expected a PEM certificate');
  const key = keyIn(keyPem, files);
  if (!leaf.checkPrivateKey(key)) {
    const comesLater = chain.some((certificate) => certificate.checkPrivateKey(key));
    const why = comesLater
      ? "expected the server's own certificate first in the chain"
      : `expected the certificate of the key in ${files.key}: it belongs to another`;
    throw broken('--certificate', files.certificate, why);
  }
  try {
    createSecureContext({ cert: certPem, key: keyPem });
  } catch (cause) {
    throw broken('--certificate', files.certificate, `cannot be used for TLS: ${wordsOf(cause)}`, cause);
  }
  return {
    certPem,
    keyPem,
    names: namesIn(leaf),
    covers: (name) => isNamed(leaf, name.toLowerCase()),
    roots: chain.filter((one) => one.ca && one.checkIssued(one)).map((root) => root.toString()),
    validFromMs: leaf.validFromDate.getTime(),
    validToMs: leaf.validToDate.getTime(),
    fingerprint: leaf.fingerprint256,
  };
}

/** A name that none can be makes Node throw, and callers say what they like. */
function isNamed(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
  return isHostName(name) && certificate.checkHost(name, { subject: 'never' }) !== undefined;
}

function textOf(option: string, file: string): string {
  try {
    if (statSync(file).size > MAX_FILE_BYTES) throw new Error(`larger than ${MAX_FILE_BYTES} bytes`);
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw broken(option, file, `cannot be read: ${wordsOf(cause)}`, cause);
  }
}

function certificateIn(pem: string, { certificate }: OwnerFiles): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw broken('--certificate', certificate, 'expected PEM certificates; one of them is broken', cause);
  }
}

function keyIn(keyPem: string, { key }: OwnerFiles) {
  try {
    return createPrivateKey(keyPem);
  } catch (cause) {
    const isLocked = /ENCRYPTED/.test(keyPem);
    const why = isLocked ? 'expected a key without a passphrase' : 'expected a private key, PEM';
    throw broken('--certificate-key', key, why, cause);
  }
}

/** Node writes IPv6 addresses in full: `FD00:0:0:0:0:0:0:2`. */
function namesIn({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(ALTERNATIVE_NAME)].flatMap(([, kind, value = '']) => {
    if (kind === 'DNS') return [value.toLowerCase()];
    const host = URL.parse(`http://${value.includes(':') ? `[${value}]` : value}`)?.hostname;
    return host === undefined ? [] : [host.replace(/^\[|\]$/g, '')];
  });
}

const broken = (option: string, file: string, why: string, cause?: unknown): HostError =>
  new HostError('ERR_OPTIONS', `${option} ${file}: ${why}`, { cause });

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
