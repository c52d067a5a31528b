import { type AlertType, alertKeyOf, type SnapshotAlert } from '../../../cloud/contracts/alert.ts';
import type { OccupancyState, SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { english } from '../../design/strings/english.ts';
import { attentionOf } from './attention.ts';
import type { LocalTime } from './local-time.ts';
import type { StoreView } from './store-view.ts';
import type { WallTile } from './wall-tiles.ts';

/** The state whose word and shape tell an alert of the whole store. */
const TOLD_AS: Partial<Readonly<Record<AlertType, OccupancyState>>> = {
  'over-capacity': 'over',
  full: 'full',
  'near-capacity': 'nearly',
};

/** Which alerts have a row does not depend on how their times are written. */
const NO_TIME: LocalTime = {
  dateAndTime: () => '',
  moment: () => '',
  sameDay: () => true,
  hour: () => '',
  startOfHour: () => 0,
  minuteOfDay: () => 0,
  time: () => '',
  dayName: () => '',
  soon: () => '',
};

/** The alerts that have a row on the board of one store, or its whole panel; the worst first. */
export function alertsShown(
  content: SnapshotContent,
  view: StoreView,
  link: 'up' | 'down',
): readonly SnapshotAlert[] {
  const input = { content, view, link, nowMs: 0, time: NO_TIME, strings: english };
  const inRows = attentionOf(input).items.flatMap(({ alerts }) => alerts);
  return view.state === 'over' ? [...toldByState(content, view), ...inRows] : inRows;
}

/** What the board of one store shows of its alerts, as a picture names them. */
export function managerAlerts(
  content: SnapshotContent,
  view: StoreView,
  link: 'up' | 'down',
): readonly string[] {
  return named(content, [...toldByState(content, view), ...alertsShown(content, view, link)]);
}

/** Where no more is told than that a store is over its limit. */
export const overAlerts = (content: SnapshotContent, view: StoreView): readonly string[] =>
  view.state === 'over' ? named(content, toldByState(content, view)) : [];

/** A tile tells no more than its state. */
export const wallAlerts = (tiles: readonly WallTile[]): readonly string[] =>
  tiles.flatMap(({ content, view }) => named(content, toldByState(content, view)));

const toldByState = ({ alerts }: SnapshotContent, { state }: StoreView): readonly SnapshotAlert[] =>
  alerts.filter(
    ({ type, door, zone, active }) =>
      active && door === undefined && zone === undefined && TOLD_AS[type] === state,
  );

const named = ({ store }: SnapshotContent, alerts: readonly SnapshotAlert[]): readonly string[] => [
  ...new Set(alerts.map((alert) => `${store.id} ${alertKeyOf(alert)}`)),
];
