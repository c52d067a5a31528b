import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Interfaces, isLoopback, namesOf } from '../listen-address.ts';
import type { PlatformDatabase } from '../open-data-folder.ts';
import { type CertificatePair, hasAuthority } from '../state/certificate-authority.ts';
import { type ServerCertificate, serverCertificate } from '../state/server-certificate.ts';
import type { Started } from '../stop-local-cloud.ts';
import { trustAuthorities } from '../trust-authority.ts';
import { namingProblem } from './naming-problem.ts';
import type { OwnerCertificate, OwnerFiles } from './owner-certificate.ts';
import { watchOwnerCertificate } from './watch-owner-certificate.ts';

/** Addresses change (DHCP), files are renewed, ends come near, and wrong clocks are set right. */
const LOOK_EVERY_MS = 30_000;

export type CertificatesOptions = {
  readonly database: PlatformDatabase;
  readonly dataFolder: string;
  /** Where servers listen. */
  readonly hosts: readonly string[];
  /** Further names of this machine, as the owner says. */
  readonly names?: readonly string[] | undefined;
  readonly ownerCertificate?: OwnerFiles | undefined;
  readonly lookEveryMs?: number | undefined;
  readonly interfaces?: () => Interfaces;
  readonly log: Logger;
  readonly now: () => number;
};

/** The installation's private authority. */
export type Authority = {
  readonly caPem: string;
  readonly caFile: string;
  /** SHA-256, `AB:CD:...` */
  readonly fingerprint: string;
  /** Made at this start. */
  readonly isNew: boolean;
};

/** What the TLS servers of this machine show, which changes while they run. */
export type Certificates = {
  readonly authority: Authority;
  /** Signed by the authority; names this machine by all its names, `localhost` first. */
  own(): CertificatePair;
  /** Undefined where the owner brought none. */
  owners(): OwnerCertificate | undefined;
  /** Names and addresses, besides the local ones, by which others call this machine. */
  names(): readonly string[];
  /** Told each time that one of these has changed. */
  onChange(listener: () => void): void;
};

/**
 * Keeps the installation's certificate, and the owner's where there is one, as they should be until the end of the cloud,
 * and has this process trust their authorities: the app calls its platform. Rejects with a HostError ERR_OPTIONS.
 */
export async function startCertificates(
  options: CertificatesOptions,
  started: Started,
): Promise<Certificates> {
  const { database, hosts, log, now } = options;
  const caFile = join(options.dataFolder, 'ca.pem');
  const listeners: (() => void)[] = [];
  const isNew = !hasAuthority(database);
  const owner = watchOwnerCertificate(options.ownerCertificate, log, now);
  const { names: given = [], interfaces = networkInterfaces } = options;
  const namesNow = () => namesIn(hosts, given, interfaces());
  const issued = async (names: readonly string[]) =>
    withChain(await serverCertificate({ database, caFile, names, now: now() }));

  let names = namesNow();
  let own = await issued(names);
  let distrust = trusted(own, owner.current());
  const warn = async () => {
    const problem = await namingProblem(owner.current(), names);
    if (problem !== undefined) log.warn(problem);
  };
  await warn();
  started.undo.push(() => distrust());

  const look = async () => {
    const [before, ownerBefore] = [own, owner.current()];
    names = namesNow();
    const next = await issued(names);
    if (next.fingerprint !== before.fingerprint) {
      own = next;
      log.info({ names }, 'the certificate was made anew');
    }
    owner.look();
    if (own === before && owner.current() === ownerBefore) return;
    if (owner.current() !== ownerBefore) await warn();
    distrust();
    distrust = trusted(own, owner.current());
    for (const listener of listeners) listener();
  };
  let isLooking = false;
  const looking = setInterval(() => {
    // Two at a time would each make a certificate.
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error) => log.error({ err: error }, 'the certificate cannot be renewed'))
      .finally(() => {
        isLooking = false;
      });
  }, options.lookEveryMs ?? LOOK_EVERY_MS);
  started.undo.push(() => clearInterval(looking));

  const { caPem, caFingerprint: fingerprint } = own;
  return {
    authority: { caPem, caFile, fingerprint, isNew },
    own: () => own,
    owners: owner.current,
    names: () => [...new Set([...names, ...hostNamesOf(owner.current())])],
    onChange: (listener) => void listeners.push(listener),
  };
}

/** The authority is shown along: who knows nothing but its fingerprint can compare it. */
const withChain = (certificate: ServerCertificate): ServerCertificate => ({
  ...certificate,
  certPem: `${certificate.certPem}\n${certificate.caPem}\n`,
});

const namesIn = (hosts: readonly string[], given: readonly string[], interfaces: Interfaces) => [
  ...new Set(hosts.filter((host) => !isLoopback(host)).flatMap((host) => namesOf(host, given, interfaces))),
];

const trusted = ({ caPem }: ServerCertificate, owner: OwnerCertificate | undefined) =>
  trustAuthorities([caPem, ...(owner?.roots ?? [])]);

/** A wildcard is the name of no machine. */
const hostNamesOf = (owner: OwnerCertificate | undefined): readonly string[] =>
  (owner?.names ?? []).filter((name) => !name.startsWith('*'));
