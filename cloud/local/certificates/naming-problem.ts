import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { OwnerCertificate } from './owner-certificate.ts';

/** A network without an answer must not hold up the start. */
const RESOLVED_WITHIN_MS = 2_000;
const MAX_NAMES_RESOLVED = 10;

/** Why others may not reach this machine by the owner's certificate; undefined where it names it, or leads to it. */
export async function namingProblem(
  owners: OwnerCertificate | undefined,
  machineNames: readonly string[],
): Promise<string | undefined> {
  if (owners === undefined || machineNames.some(owners.covers)) return undefined;
  const hostNames = owners.names.filter((name) => isIP(name) === 0 && !name.startsWith('*'));
  const found = await Promise.all(hostNames.slice(0, MAX_NAMES_RESOLVED).map(addressesOf));
  if (found.flat().some((address) => machineNames.includes(address))) return undefined;
  const named = owners.names.join(', ') || 'nothing';
  return `--certificate names ${named}, which is no name or address of this machine: signs and sensors may refuse it. Say with --name how they call it`;
}

async function addressesOf(name: string): Promise<readonly string[]> {
  const done = new AbortController();
  const found = lookup(name, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  const late = delay(RESOLVED_WITHIN_MS, [], { signal: done.signal }).catch(() => []);
  const addresses = await Promise.race([found, late]);
  done.abort();
  return addresses;
}
