import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import * as tls from 'node:tls';

/** Some authorities in one file are some kilobytes. */
const MAX_FILE_BYTES = 1_024 * 1_024;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export type Trusted =
  | { readonly ok: true; readonly fingerprints: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** Has this process trust the private authorities in a PEM file, besides the public ones, in `fetch` and `WebSocket`. */
export function trustAuthority(file: string): Trusted {
  const found = authoritiesIn(file);
  if (typeof found === 'string') return { ok: false, why: found };
  // Node 24.5 and later; which Node is inside is Electron's choice.
  if (!('setDefaultCACertificates' in tls)) {
    return { ok: false, why: 'it cannot be added here: name the file in the variable NODE_EXTRA_CA_CERTS' };
  }
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...found.map(String)]);
  return { ok: true, fingerprints: found.map(({ fingerprint256 }) => fingerprint256) };
}

/** In words why there are none. */
function authoritiesIn(file: string): readonly X509Certificate[] | string {
  try {
    if (statSync(file).size > MAX_FILE_BYTES) return `${file} is no certificate: it is too large`;
    const blocks = readFileSync(file, 'utf8').match(PEM_CERTIFICATE) ?? [];
    const authorities = blocks.map((pem) => new X509Certificate(pem)).filter(({ ca }) => ca);
    return authorities.length === 0 ? `there is no authority in ${file}; its PEM is expected` : authorities;
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
