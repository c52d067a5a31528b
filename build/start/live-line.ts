import { setTimeout as pause } from 'node:timers/promises';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import type { HostApi } from '../demonstration/host-api.ts';

const LOOK_EVERY_MS = 1_000;

/** A store in one line. */
export function liveLine({ content, proof }: Snapshot): string {
  const { count, mayEnter, today } = content;
  if (proof.ageMs === null) return `  ${content.store.name} · waiting for its sensors`;
  const isLive = proof.ageMs <= proof.liveForMs;
  return [
    `  ${content.store.name}`,
    `${isLive ? '' : 'last known '}${count} inside`,
    `${mayEnter} may enter`,
    `today ${today.in} in, ${today.out} out`,
  ].join(' · ');
}

type Watch = {
  readonly api: Pick<HostApi, 'snapshot'>;
  readonly storeId: string;
  readonly show: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Shows the count as it changes, until the signal comes. */
export async function watchCount({ api, storeId, show, signal }: Watch): Promise<void> {
  while (!signal.aborted) {
    try {
      show(liveLine(await api.snapshot(storeId)));
    } catch {
      show('  the cloud does not answer');
    }
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
