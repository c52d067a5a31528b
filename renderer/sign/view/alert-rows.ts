import { type AlertType, type SnapshotAlert, signOfBy } from '../../../cloud/contracts/alert.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { GlassStrings, Notice } from '../../design/strings/glass-strings.ts';
import type { LocalTime } from './local-time.ts';
import { namedBy } from './named-by.ts';
import { isLive, type StoreView } from './store-view.ts';

/** What needs somebody. `name` stands before the title and may be shortened; `lead` before the detail, where there is room. */
export type Attention = Notice & {
  readonly severity: SnapshotAlert['severity'] | 'none';
  readonly name: string | null;
  readonly lead: string;
  /** The detail is a sentence that may take several lines. */
  readonly isSentence?: boolean;
  /** It is over, and waits for somebody to have seen it. */
  readonly hasEnded?: boolean;
  /** The cloud's alerts that it tells. */
  readonly alerts: readonly SnapshotAlert[];
};

/** What the alerts of a store are told by. */
export type AlertInput = {
  readonly content: SnapshotContent;
  readonly view: StoreView;
  readonly nowMs: number;
  readonly time: LocalTime;
  readonly strings: GlassStrings;
};

/** Of the whole store: how full it is stands on the glass as its state, word and shape. */
const SAID_BY_STATE: ReadonlySet<AlertType> = new Set(['full', 'near-capacity']);

/** The alerts that get a row of their own, worst first as the cloud sent them. */
export function rowAlerts({ content, view }: AlertInput): readonly SnapshotAlert[] {
  return content.alerts.filter((alert) => {
    if (alert.type === 'sensor-silent') return !alert.active || !isToldByAges(alert, view);
    if (isPlaced(alert)) return true;
    // Over its limit the whole store has the panel, as long as it is.
    if (alert.type === 'over-capacity') return view.state !== 'over';
    return !SAID_BY_STATE.has(alert.type);
  });
}

/** A door is silent or speaks by the ages that the sign counts itself; without any data everything is silent. */
const isToldByAges = (alert: SnapshotAlert, { freshness }: StoreView): boolean =>
  !isLive(freshness) || alert.door !== undefined;

export function rowOf(alert: SnapshotAlert, { content, nowMs, time, strings }: AlertInput): Attention {
  const places = alert.door === undefined ? content.zones : content.doors;
  const name = places.find(({ id }) => id === (alert.door ?? alert.zone))?.name ?? null;
  const word = strings.alerts[alert.type];
  const since = time.moment(alert.sinceMs, nowMs);
  return {
    severity: alert.severity,
    name,
    title: name === null ? capital(word, strings.language) : word,
    lead: alert.active ? strings.since : '',
    detail: alert.active
      ? strings.sinceBy(since, namedBy(alert.acknowledgedBy, strings))
      : strings.ended(since),
    hasEnded: !alert.active,
    alerts: [alert],
  };
}

/** That the whole store is over its limit, as the cloud tells it. */
export const overAlert = ({ alerts }: SnapshotContent): SnapshotAlert | undefined =>
  alerts.find((one) => one.type === 'over-capacity' && one.active && !isPlaced(one));

/** Who answered that the store is over its limit, or that nobody did; null where no such alert is known. */
export function answerToOver({ content, nowMs, time, strings }: AlertInput): string | null {
  const alert = overAlert(content);
  if (alert === undefined) return null;
  const by = alert.acknowledgedBy;
  const sign = by === null ? null : signOfBy(by);
  if (sign !== null) return strings.answering.answeredAt(sign);
  return strings.answer(time.moment(alert.sinceMs, nowMs), by);
}

/** Who answered that these doors are silent; null while somebody still has to, for any sensor of any of them. */
export function answeredBy(doorIds: readonly string[], { alerts }: SnapshotContent): string | null {
  const names = doorIds.flatMap((id) => {
    const silent = alerts.filter(
      ({ type, door, active }) => type === 'sensor-silent' && door === id && active,
    );
    return silent.length === 0 ? [null] : silent.map(({ acknowledgedBy }) => acknowledgedBy);
  });
  return names.includes(null) ? null : (names[0] ?? null);
}

/** Whether silent doors come before this alert. */
export const isMilderThanSilence = ({ severity, type }: SnapshotAlert): boolean =>
  severity === 'note' || (severity === 'warn' && type !== 'over-capacity' && type !== 'full');

/** Alerts that the cloud had no room to list, but for those of silent doors, all of which the sign counts itself. */
export function unlistedAlerts({ content: { alerts, moreAlerts }, view }: AlertInput): number {
  const listed = new Set(
    alerts.flatMap(({ type, door }) => (type === 'sensor-silent' && door ? [door] : [])),
  );
  const unlistedDoors = view.doors.filter(({ id, silent }) => silent && !listed.has(id)).length;
  return Math.max(0, moreAlerts - unlistedDoors);
}

const isPlaced = ({ door, zone }: SnapshotAlert): boolean => door !== undefined || zone !== undefined;

const capital = (word: string, language: string): string =>
  word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
