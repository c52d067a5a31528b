import { statSync } from 'node:fs';
import type { Logger } from 'pino';
import { type OwnerCertificate, type OwnerFiles, readOwnerCertificate } from './owner-certificate.ts';

export type OwnerCertificateWatch = {
  current: () => OwnerCertificate | undefined;
  /** Takes what is new in the files. What is broken, or over while the one before is not, is told and left. */
  look(): void;
};

/**
 * Reads the owner's certificate now, and again where its files have changed. Throws a HostError ERR_OPTIONS where it cannot
 * be used. One that is over, or not yet valid, is shown all the same at start: the clock of a PC that boots may be wrong.
 */
export function watchOwnerCertificate(
  files: OwnerFiles | undefined,
  log: Logger,
  now: () => number,
): OwnerCertificateWatch {
  if (files === undefined) return { current: () => undefined, look: () => {} };
  let seen = stampOf(files);
  let current = readOwnerCertificate(files);
  tell(current, 'the certificate of the owner is shown', log);
  if (!isInTime(current, now())) log.error(timesOf(current), OUT_OF_TIME);

  const replace = () => {
    const next = readOwnerCertificate(files);
    if (next.fingerprint === current.fingerprint && next.certPem === current.certPem) return;
    if (!isInTime(next, now()) && isInTime(current, now())) {
      log.error(timesOf(next), `${OUT_OF_TIME}; the one before is kept`);
      return;
    }
    current = next;
    tell(next, 'the certificate of the owner was renewed', log);
  };
  return {
    current: () => current,
    look() {
      const stamp = stampOf(files);
      if (stamp === seen) return;
      // Seen means tried: the reason of a failure is told once, until the files change again.
      seen = stamp;
      try {
        replace();
      } catch (error) {
        log.error({ err: error }, 'the new certificate of the owner cannot be used; the one before is kept');
      }
    },
  };
}

const OUT_OF_TIME =
  'the certificate of the owner is not valid at this time, or the clock of this machine is wrong';

const isInTime = ({ validFromMs, validToMs }: OwnerCertificate, nowMs: number): boolean =>
  validFromMs <= nowMs && nowMs < validToMs;

const timesOf = ({ validFromMs, validToMs }: OwnerCertificate) => ({
  validFrom: new Date(validFromMs).toISOString(),
  validTo: new Date(validToMs).toISOString(),
});

function tell(certificate: OwnerCertificate, message: string, log: Logger): void {
  const { names, fingerprint } = certificate;
  log.info({ names, fingerprint, ...timesOf(certificate) }, message);
}

/** What changes with either file, also where it is a link that is pointed elsewhere. */
function stampOf({ certificate, key }: OwnerFiles): string {
  return [certificate, key].map(stampOfFile).join();
}

function stampOfFile(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return 'absent';
  }
}
