import type { AlertSeverity, AlertType, SnapshotAlert } from '../../../cloud/contracts/alert.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { sinceWords, spanWords } from './words.ts';

export type AlertLine = {
  readonly words: string;
  /** `hot`: nobody answered; `seen`: somebody did; `over`: over, but nobody said that they saw it. */
  readonly look: 'hot' | 'seen' | 'over';
  readonly by: string | null;
};

/** What an alert is about, by the names that people know. */
export type AlertSubject = {
  readonly type: AlertType;
  readonly place: string | null;
  readonly active: boolean;
  readonly sinceMs: number;
};

export function alertLine(alert: SnapshotAlert, content: SnapshotContent, nowMs: number): AlertLine {
  const { type, active, sinceMs, acknowledgedBy } = alert;
  const place = placeName(alert, content);
  return {
    words: alertWords(
      { type, place, active, sinceMs },
      overBy(alert, content),
      nowMs,
      content.store.timeZone,
    ),
    look: active ? (acknowledgedBy === null ? 'hot' : 'seen') : 'over',
    by: acknowledgedBy,
  };
}

export const placeName = (
  { door, zone }: { readonly door?: string | undefined; readonly zone?: string | undefined },
  { doors, zones }: Pick<SnapshotContent, 'doors' | 'zones'>,
): string | null =>
  doors.find(({ id }) => id === door)?.name ?? zones.find(({ id }) => id === zone)?.name ?? null;

/** `overBy`: how many are too many now; null where that is not known. */
export function alertWords(
  { type, place, active, sinceMs }: AlertSubject,
  overBy: number | null,
  nowMs: number,
  timeZone: string,
): string {
  const since = sinceWords(sinceMs, nowMs, timeZone);
  const forHowLong = spanWords(nowMs - sinceMs);
  const at = place === null ? '' : ` at ${place}`;
  if (!active) return `${capital(SUBJECTS[type](place))}, since ${since}, over now`;
  switch (type) {
    case 'over-capacity':
      return overBy !== null && overBy > 0
        ? `Over the limit${at} by ${overBy} for ${forHowLong}`
        : `Over the limit${at} for ${forHowLong}`;
    case 'full':
      return `Full${at} for ${forHowLong}`;
    case 'near-capacity':
      return `Nearly full${at} for ${forHowLong}`;
    case 'sensor-silent':
      return `${place ?? 'A sensor'} silent since ${since}`;
    case 'sign-offline':
      return `A sign is dark since ${since}`;
    case 'implausible-rate':
      return `${place ?? 'A sensor'} counted more people than can pass, ${since}`;
    case 'sensor-clock':
      return `The clock of a sensor${at} is wrong since ${since}`;
    case 'rejected-rising':
      return `Readings${at} are refused since ${since}`;
    case 'door-imbalance':
      return `${place ?? 'The store'} counts in and out unevenly`;
    default:
      return type satisfies never;
  }
}

const SUBJECTS: Readonly<Record<AlertType, (place: string | null) => string>> = {
  'over-capacity': (place) => (place === null ? 'over the limit' : `over the limit at ${place}`),
  full: (place) => (place === null ? 'full' : `full at ${place}`),
  'near-capacity': (place) => (place === null ? 'nearly full' : `nearly full at ${place}`),
  'sensor-silent': (place) => `${place ?? 'a sensor'} was silent`,
  'sign-offline': () => 'a sign was dark',
  'implausible-rate': (place) => `${place ?? 'a sensor'} counted more people than can pass`,
  'sensor-clock': (place) => `the clock of ${place ?? 'a sensor'} was wrong`,
  'rejected-rising': (place) => `readings of ${place ?? 'a sensor'} were refused`,
  'door-imbalance': (place) => `${place ?? 'the store'} counted unevenly`,
};

/** The kind alone, as one picks it from a list. */
export const TYPE_WORDS: Readonly<Record<AlertType, string>> = {
  'over-capacity': 'Over the limit',
  full: 'Full',
  'sensor-silent': 'Sensor silent',
  'sign-offline': 'Sign dark',
  'near-capacity': 'Nearly full',
  'implausible-rate': 'More people than can pass',
  'sensor-clock': 'Clock of a sensor wrong',
  'rejected-rising': 'Readings refused',
  'door-imbalance': 'Uneven count',
};

const SEVERITIES: readonly AlertSeverity[] = ['alarm', 'warn', 'note'];
export const severityRank = (severity: AlertSeverity): number => SEVERITIES.indexOf(severity);

/** Unanswered and active first, then what is over and unseen, then what somebody answered for. */
export function worstAlert(alerts: readonly SnapshotAlert[]): SnapshotAlert | null {
  const weight = ({ active, acknowledgedBy, severity }: SnapshotAlert) =>
    (acknowledgedBy === null ? 0 : 20) + (active ? 0 : 10) + severityRank(severity);
  return (
    alerts.toSorted((one, other) => weight(one) - weight(other) || one.sinceMs - other.sinceMs)[0] ?? null
  );
}

function overBy({ type, zone }: SnapshotAlert, { count, limits, zones }: SnapshotContent): number | null {
  if (type !== 'over-capacity') return null;
  const of = zone === undefined ? { count, limits } : zones.find(({ id }) => id === zone);
  return of?.limits ? of.count - of.limits.hard : null;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Alerts that nobody answered, in all stores. */
export const unansweredIn = (overview: Overview | null): number =>
  (overview?.stores ?? []).reduce(
    (sum, { snapshot }) =>
      sum + snapshot.content.alerts.filter(({ acknowledgedBy }) => acknowledgedBy === null).length,
    0,
  );
