import type { DoorState, StoreState, WatchedSensor, ZoneState } from '../../cloud/domain/store-state.ts';

/** Noon of a Saturday in Madrid (UTC+1): 21 November 2026. */
export const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');

export const aSensor = (difference: Partial<WatchedSensor> = {}): WatchedSensor => ({
  id: 'street-1',
  heardUntilMs: NOON_MS,
  skewMs: 0,
  implausibleAtMs: null,
  rejected: null,
  ...difference,
});

/** `heardUntilMs`: of its one sensor. */
export const aDoor = ({
  heardUntilMs = NOON_MS,
  ...difference
}: Partial<DoorState> & { readonly heardUntilMs?: number | null } = {}): DoorState => ({
  id: 'street',
  name: 'Street',
  into: 'store',
  from: null,
  silent: false,
  sensors: [aSensor({ id: `${difference.id ?? 'street'}-1`, heardUntilMs })],
  ...difference,
});

export const aZone = (difference: Partial<ZoneState> = {}): ZoneState => ({
  id: 'store',
  name: 'Calle Mayor',
  limits: null,
  sensors: [],
  silent: false,
  rawCount: 0,
  baselineAtMs: null,
  ...difference,
});

type StoreDifference = Omit<Partial<StoreState>, 'limits'> & {
  readonly limits?: Partial<StoreState['limits']>;
  /** Of its one zone. */
  readonly rawCount?: number;
};

export const aStore = ({ rawCount = 0, limits, ...difference }: StoreDifference = {}): StoreState => {
  const { soft = 52, hard = 60 } = limits ?? {};
  return {
    storeId: 'calle-mayor',
    name: 'Calle Mayor',
    timeZone: 'Europe/Madrid',
    limits: {
      soft,
      hard,
      softDown: soft,
      hardDown: hard,
      upAfterMs: 0,
      downAfterMs: 0,
      staff: 0,
      margin: 0,
      ...limits,
    },
    liveForMs: 90_000,
    dailyReset: null,
    nextResetAtMs: null,
    hours: null,
    opening: null,
    signDarkAlarmMs: 600_000,
    hasDarkSign: false,
    revision: 1,
    today: {
      day: '2026-11-21',
      startsAtMs: Date.parse('2026-11-21T00:00:00+01:00'),
      endsAtMs: Date.parse('2026-11-22T00:00:00+01:00'),
    },
    push: { sentAtMs: null, proofSentAtMs: null, due: false },
    zones: [aZone({ rawCount })],
    doors: [aDoor()],
    levelState: { level: 'open', next: null },
    alerts: [],
    imbalancedDoors: [],
    judgedDay: '2026-11-21',
    // Nothing is usual, and nobody looks for it again before the day ends.
    usual: { day: '2026-11-21', lookedAtMs: Date.parse('2026-11-22T00:00:00+01:00'), curve: null },
    reviewAtMs: 0,
    ...difference,
  };
};
