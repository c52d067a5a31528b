import type { CommandStatus, ListedSign } from '../../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../../cloud/contracts/overview.ts';
import { fingerprintOf } from '../../../../cloud/contracts/pairing.ts';
import type { Painted } from '../../../../cloud/contracts/sign-report.ts';
import { aSnapshot, SATURDAY_AFTERNOON_MS } from '../../../support/glass-states.ts';

export const NOW_MS = SATURDAY_AFTERNOON_MS;
export const MINUTE_MS = 60_000;

export const signIdOf = (letters: string): string => `s-${letters.padEnd(43, 'q7Rk2WcX9b').slice(0, 43)}`;

export const painted = (difference: Partial<Painted> = {}): Painted => ({
  kind: 'store',
  storeGroupId: 'madrid',
  storeId: 'calle-mayor',
  epoch: 1,
  revision: 812,
  freshness: 'live',
  ageMs: 1_000,
  leaseMs: 600_000,
  ...difference,
});

/** A sign in Calle Mayor that shows what is true; but for the differences. */
export function aSign(name: string, difference: Partial<ListedSign> = {}): ListedSign {
  const signId = signIdOf(name.replace(/[^A-Za-z0-9]/g, ''));
  return {
    signId,
    fingerprint: fingerprintOf(signId),
    name,
    storeGroupId: 'madrid',
    settings: { board: 'manager' },
    enrolledAtMs: NOW_MS - 30 * 24 * 60 * MINUTE_MS,
    state: 'fresh',
    stateSinceMs: NOW_MS - 120 * MINUTE_MS,
    stateUntilMs: null,
    why: 'Its glass said so 4 s ago.',
    heardAtMs: NOW_MS - 4_000,
    report: {
      about: { app: 'Vitrine 0.1.0', platform: 'Linux', screen: { widthPx: 1920, heightPx: 1080 } },
      painted: painted(),
      transport: 'web-sockets',
      upForMs: 6 * 24 * 60 * MINUTE_MS,
    },
    confirmed: true,
    commands: [],
    revokedAtMs: null,
    replacedBy: null,
    connections: 1,
    ...difference,
  };
}

export const darkSign = (name: string, difference: Partial<ListedSign> = {}): ListedSign =>
  aSign(name, {
    state: 'dark',
    stateSinceMs: NOW_MS - 34 * MINUTE_MS,
    why: 'No report for 34 min, and its time to show a figure is over',
    heardAtMs: NOW_MS - 44 * MINUTE_MS,
    connections: 0,
    ...difference,
  });

export const staleSign = (name: string): ListedSign => {
  const { report } = aSign(name);
  return aSign(name, {
    settings: { board: 'door' },
    state: 'stale',
    stateSinceMs: NOW_MS - 6 * MINUTE_MS,
    why: 'Its figure is 11 min old, so it asks for staff',
    report: report && { ...report, painted: painted({ freshness: 'stale', revision: 790 }) },
  });
};

export const waitingSign = (name = ''): ListedSign =>
  aSign('Waiting', {
    name,
    storeGroupId: null,
    confirmed: false,
    state: 'unknown',
    why: 'It has no place yet',
  });

export const aCommand = (difference: Partial<CommandStatus> = {}): CommandStatus => ({
  commandId: 'c-1',
  kind: 'identify',
  by: 'Mara',
  askedAtMs: NOW_MS - 2_000,
  expiresAtMs: NOW_MS + 15 * MINUTE_MS,
  status: 'waiting',
  statusAtMs: NOW_MS - 2_000,
  why: '',
  ...difference,
});

/** Two stores, each its own group, and one group of both. */
export const known: Overview = {
  nowMs: NOW_MS,
  stores: [
    { snapshot: aSnapshot({ count: 56 }), storeGroups: ['madrid', 'all'] },
    {
      snapshot: aSnapshot({
        count: 20,
        name: 'Sants',
        content: { store: { id: 'sants', name: 'Sants', timeZone: 'Europe/Madrid' } },
      }),
      storeGroups: ['sants', 'all'],
    },
  ],
  storeGroups: [
    { storeGroupId: 'madrid', storeIds: ['calle-mayor'] },
    { storeGroupId: 'sants', storeIds: ['sants'] },
    { storeGroupId: 'all', storeIds: ['calle-mayor', 'sants'] },
  ],
};
