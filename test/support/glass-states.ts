import type { SnapshotAlert } from '../../cloud/contracts/alert.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Snapshot, SnapshotContent } from '../../cloud/contracts/snapshot.ts';

/** Saturday 21 November 2026, 16:24:10 in Madrid. */
export const SATURDAY_AFTERNOON_MS = Date.UTC(2026, 10, 21, 15, 24, 10);

export const SIGN_ID = `s-${'q7Rk2WcX9b'.repeat(4)}Zt4`;
const STEP_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const OPENS_AT_HOUR = 9;

type Day = { readonly nowMs: number; readonly count: number };

/** A busy Saturday: a wave at noon, a larger one in the evening, and the small unevenness of people. */
function peopleAt(hour: number): number {
  const wave = (at: number, width: number) => Math.exp(-((hour - at) ** 2) / (2 * width ** 2));
  const uneven = 2.6 * Math.sin(hour * 4.3) + 1.7 * Math.sin(hour * 9.1 + 1);
  const people = 45 * wave(12.9, 1.5) + 53 * wave(18.2, 1.5) + 9 * wave(10.4, 0.8) + uneven;
  return Math.max(0, people * Math.min(1, (hour - OPENS_AT_HOUR) / 0.5));
}

function curveUntil({ nowMs, count }: Day): { startsAtMs: number; stepMs: number; counts: number[] } {
  const midnightMs = Date.UTC(2026, 10, 20, 23);
  const steps = Math.floor((nowMs - midnightMs) / STEP_MS) + 1;
  const hourAt = (step: number) => ((step + 1) * STEP_MS) / HOUR_MS;
  const nowHour = (nowMs - midnightMs) / HOUR_MS;
  const missing = count - peopleAt(nowHour);
  const counts = Array.from({ length: steps }, (_, step) => {
    const hour = hourAt(step);
    if (hour <= OPENS_AT_HOUR) return 0;
    return Math.max(0, Math.round(peopleAt(hour) + missing * Math.exp(-(((nowHour - hour) / 0.7) ** 2))));
  });
  counts[steps - 1] = count;
  return { startsAtMs: midnightMs, stepMs: STEP_MS, counts };
}

/** As Saturdays are, from nine to nine. */
function usualCurve(hard: number) {
  const startsAtMs = Date.UTC(2026, 10, 21, 8);
  const wave = (hour: number, at: number, width: number) => Math.exp(-((hour - at) ** 2) / (2 * width ** 2));
  const counts = Array.from({ length: 24 }, (_, step) => {
    const hour = OPENS_AT_HOUR + (step + 1) / 2;
    const people = 44 * wave(hour, 12.9, 1.5) + 50 * wave(hour, 18.2, 1.5) + 9 * wave(hour, 10.4, 0.8);
    return Math.round((hard / 60) * people * Math.min(1, (21 - hour) / 0.4));
  });
  return { startsAtMs, stepMs: 30 * 60_000, counts };
}

function peakOf({ startsAtMs, stepMs, counts }: ReturnType<typeof curveUntil>, nowMs: number) {
  const count = Math.max(...counts);
  const index = counts.lastIndexOf(count);
  return { count, atMs: Math.min(startsAtMs + (index + 1) * stepMs, nowMs) };
}

type Doors = readonly (readonly [name: string, ageMs: number | null, silent?: boolean])[];

type Difference = {
  readonly nowMs?: number;
  readonly count?: number;
  readonly hard?: number;
  readonly soft?: number;
  readonly name?: string;
  readonly doors?: Doors;
  readonly ageMs?: number | null;
  readonly margin?: number;
  readonly state?: SnapshotContent['state'];
  readonly flow?: { readonly in: number; readonly out: number };
  readonly content?: Partial<SnapshotContent>;
};

const THREE_DOORS = [
  ['Street', 2_000],
  ['Arcade', 4_000],
  ['Garage', 7_000],
] as const;

function stateOf(count: number, soft: number, hard: number): SnapshotContent['state'] {
  if (count > hard) return 'over';
  if (count === hard) return 'full';
  return count >= soft ? 'nearly' : 'open';
}

function certaintyOf(doors: Doors): SnapshotContent['certainty'] {
  const silent = doors.filter(([, , isSilent]) => isSilent === true).length;
  if (silent === doors.length) return 'none';
  return silent > 0 ? 'partial' : 'whole';
}

/** Calle Mayor with 38 of 60 inside, a normal Saturday at 16:24; but for the differences. */
export function aSnapshot(difference: Difference = {}): Snapshot {
  const {
    nowMs = SATURDAY_AFTERNOON_MS,
    count = 38,
    hard = 60,
    name = 'Calle Mayor',
    ageMs = 2_000,
    margin = 0,
  } = difference;
  const { soft = Math.round(hard * 0.9), doors = THREE_DOORS } = difference;
  // What was last heard long ago was of another day, which the sign has no curve of.
  const heardAtMs = nowMs - Math.min(ageMs ?? 0, HOUR_MS);
  const curve = curveUntil({ nowMs: heardAtMs, count });
  const left = Math.round(curve.counts.length * 4.2);
  return {
    content: {
      epoch: 1,
      revision: 812,
      store: { id: 'calle-mayor', name, timeZone: 'Europe/Madrid' },
      count,
      limits: { soft, hard },
      mayEnter: Math.max(0, hard - count - margin),
      margin,
      state: difference.state ?? stateOf(count, soft, hard),
      certainty: certaintyOf(doors),
      today: {
        day: '2026-11-21',
        in: left + count,
        out: left,
        ...difference.flow,
        peak: peakOf(curve, heardAtMs),
        curve,
        usual: usualCurve(hard),
      },
      doors: doors.map(([door, , silent], index) => ({
        id: `door-${index + 1}`,
        name: door,
        silent: silent ?? false,
      })),
      zones: [],
      alerts: [],
      moreAlerts: 0,
      ...difference.content,
    },
    proof: { sentAtMs: nowMs, ageMs, liveForMs: 90_000, doorAgesMs: doors.map(([, doorAgeMs]) => doorAgeMs) },
  };
}

/** An alert of an hour ago that nobody has answered. */
export const anAlert = (difference: Pick<SnapshotAlert, 'type'> & Partial<SnapshotAlert>): SnapshotAlert => ({
  severity: 'warn',
  active: true,
  sinceMs: Date.UTC(2026, 10, 21, 14, 21),
  acknowledgedBy: null,
  ...difference,
});

type Following = Extract<FeedState, { kind: 'following' }>;

/** A group with these stores. */
export const following = (...stores: readonly Snapshot[]): Following => ({
  kind: 'following',
  storeGroupId: 'city',
  stores: [...stores],
  link: 'up',
});

/** The same, with the link to the cloud down. */
export const withoutLink = (...stores: readonly Snapshot[]): Following => ({
  ...following(...stores),
  link: 'down',
});

/** What a sign that started anew knows of these stores, each true so long ago. */
export const remembered = (agoMs: number, ...stores: readonly Snapshot[]): FeedState => ({
  kind: 'remembered',
  storeGroupId: 'city',
  stores: stores.map(({ content }) => ({ content, trueAtMs: SATURDAY_AFTERNOON_MS - agoMs })),
  problem: 'The cloud at https://vitrine.example.com:7071 does not answer.',
});
