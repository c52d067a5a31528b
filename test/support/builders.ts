import type { Reading } from '../../cloud/contracts/telemetry.ts';
import type { DoorState, StoreState } from '../../cloud/domain/store-state.ts';

/** Noon of a Saturday in Madrid (UTC+1): 21 November 2026. */
export const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');

export const aReading = (difference: Partial<Reading> = {}): Reading => ({
  kind: 'increment',
  sensorId: 'street-1',
  key: `s:b1:${difference.sequence ?? 1}`,
  boot: 'b1',
  sequence: 1,
  atMs: NOON_MS,
  in: 0,
  out: 0,
  ...difference,
});

export const aDoor = (difference: Partial<DoorState> = {}): DoorState => ({
  id: 'street',
  name: 'Street',
  silent: false,
  heardUntilMs: NOON_MS,
  ...difference,
});

export const aStore = (difference: Partial<StoreState> = {}): StoreState => ({
  storeId: 'calle-mayor',
  name: 'Calle Mayor',
  timeZone: 'Europe/Madrid',
  limits: { soft: 52, hard: 60 },
  liveForMs: 90_000,
  rawCount: 0,
  revision: 1,
  today: {
    day: '2026-11-21',
    startsAtMs: Date.parse('2026-11-21T00:00:00+01:00'),
    endsAtMs: Date.parse('2026-11-22T00:00:00+01:00'),
  },
  push: { sentAtMs: null, proofSentAtMs: null, due: false },
  doors: [aDoor()],
  ...difference,
});
