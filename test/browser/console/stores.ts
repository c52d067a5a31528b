import type { SnapshotAlert } from '../../../cloud/contracts/alert.ts';
import type { OccupancyState, Snapshot } from '../../../cloud/contracts/snapshot.ts';

const STEP_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

export type StoreLike = {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly hard: number;
  readonly state: OccupancyState;
  readonly ageMs?: number;
  readonly alerts?: readonly SnapshotAlert[];
  readonly timeZone?: string;
};

/** A store as its signs show it at that moment. */
export function snapshotOf(like: StoreLike, nowMs: number): Snapshot {
  const { id, name, count, hard, state, ageMs = 2_000, alerts = [], timeZone = 'Europe/Madrid' } = like;
  const startsAtMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const steps = Math.floor((nowMs - startsAtMs) / STEP_MS);
  const opensAt = Math.floor(steps * 0.45);
  const counts = Array.from({ length: steps }, (_, step) =>
    step < opensAt
      ? 0
      : Math.round((count * (step - opensAt + 1)) / (steps - opensAt) + 3 * Math.abs(Math.sin(step))),
  );
  return {
    content: {
      epoch: 1,
      revision: 7,
      store: { id, name, timeZone },
      count,
      limits: { soft: Math.floor(hard * 0.85), hard },
      mayEnter: Math.max(0, hard - count),
      margin: 0,
      state,
      certainty: 'whole',
      today: {
        day: new Date(nowMs).toISOString().slice(0, 10),
        in: count * 4,
        out: count * 3,
        peak: { count: count + 9, atMs: nowMs - 3_600_000 },
        curve: { startsAtMs, stepMs: STEP_MS, counts },
      },
      doors: [
        { id: 'main', name: 'Main entrance', silent: false },
        { id: 'passage', name: 'Passage', silent: state === 'unknown' },
      ],
      zones: [
        {
          id: 'ground',
          name: 'Ground floor',
          count: Math.ceil(count * 0.6),
          limits: { soft: 110, hard: 130 },
        },
        { id: 'upper', name: 'Upper floor', count: Math.floor(count * 0.4), limits: null },
      ],
      alerts: [...alerts],
      moreAlerts: 0,
    },
    proof: { sentAtMs: nowMs, ageMs, liveForMs: 90_000, doorAgesMs: [ageMs, ageMs + 7_000] },
  };
}

const MINUTE_MS = 60_000;
const asking = (
  type: SnapshotAlert['type'],
  sinceMs: number,
  more: Partial<SnapshotAlert> = {},
): SnapshotAlert => ({
  ...{ type, severity: 'alarm', active: true, sinceMs, acknowledgedBy: null },
  ...more,
});

/** Eight stores, in no order. */
export const someStores = (nowMs: number): readonly StoreLike[] => [
  {
    id: 'dublin',
    name: 'Dublin Grafton Street',
    count: 63,
    hard: 140,
    state: 'open',
    timeZone: 'Europe/Dublin',
  },
  { id: 'hamburg', name: 'Hamburg Mönckebergstraße', count: 187, hard: 200, state: 'nearly' },
  { id: 'antwerp', name: 'Antwerp Meir', count: 104, hard: 220, state: 'open' },
  {
    ...{ id: 'copenhagen', name: 'Copenhagen Strøget', count: 122, hard: 120, state: 'over' },
    alerts: [asking('over-capacity', nowMs - 3 * MINUTE_MS)],
  },
  {
    ...{ id: 'lyon', name: 'Lyon Part-Dieu', count: 96, hard: 160, state: 'unknown', ageMs: 11 * MINUTE_MS },
    alerts: [asking('sensor-silent', nowMs - 11 * MINUTE_MS, { door: 'passage' })],
  },
  { id: 'berlin', name: 'Berlin Alexanderplatz', count: 240, hard: 240, state: 'full' },
  {
    ...{ id: 'vienna', name: 'Vienna Mariahilf', count: 77, hard: 160, state: 'open' },
    alerts: [
      asking('door-imbalance', nowMs - 300 * MINUTE_MS, {
        severity: 'note',
        door: 'passage',
        acknowledgedBy: 'Mara',
      }),
    ],
  },
  { id: 'gothenburg', name: 'Gothenburg Nordstan', count: 54, hard: 180, state: 'open', ageMs: 60_000 },
];
