import { isLinkLocal } from '../listen-address.ts';
import type { CertificatePair } from '../state/certificate-authority.ts';
import type { Certificates } from './start-certificates.ts';

/**
 * What to show to a caller that names this machine so (SNI, RFC 6066; undefined: it names nobody, as callers by address
 * do). The owner's, but for a name that only the installation's own certificate has: `localhost` above all, by which
 * this machine calls itself.
 */
export function shownCertificate(certificates: Certificates, serverName?: string): CertificatePair {
  const owners = certificates.owners();
  if (owners === undefined) return certificates.own();
  if (serverName === undefined || owners.covers(serverName)) return owners;
  const isOwn = serverName === 'localhost' || certificates.names().includes(serverName.toLowerCase());
  return isOwn ? certificates.own() : owners;
}

/** The names by which others can call this machine, best first: what the owner says, then its addresses. With the owner's certificate only those that it has. */
export function namesForOthers(certificates: Certificates): readonly string[] {
  const owners = certificates.owners();
  const names = certificates.names().filter((name) => !isLinkLocal(name));
  return owners === undefined ? names : names.filter(owners.covers);
}
