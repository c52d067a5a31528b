import type { AlertEvent, AlertSeverity, AlertType, ListedAlert } from '../../../cloud/contracts/alert.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { isShelved } from '../stores/alerts-list.ts';
import { folded } from '../view/overview-filter.ts';

/** One alert of one store. */
export type AlertRow = {
  /** Names it in the address as well. */
  readonly id: string;
  readonly content: SnapshotContent;
  readonly alert: ListedAlert;
  /** What happened to it, the newest first. */
  readonly events: readonly AlertEvent[];
  readonly standing: Standing;
  readonly words: string;
};

/** Where it stands with people. `over`: over, and nobody has seen it. */
export const STANDINGS = ['asks', 'handled', 'over', 'shelved'] as const;
export type Standing = (typeof STANDINGS)[number];
export const STANDING_WORDS: Readonly<Record<Standing, { readonly chip: string; readonly section: string }>> =
  {
    asks: { chip: 'need an answer', section: 'Active, nobody answered' },
    handled: { chip: 'being handled', section: 'Active, acknowledged' },
    over: { chip: 'over, not seen', section: 'Over, nobody has seen it' },
    shelved: { chip: 'shelved', section: 'Shelved' },
  };

export const SORTS = ['worst', 'oldest', 'newest', 'store'] as const;
export type AlertSort = (typeof SORTS)[number];
export type AlertFilter = {
  readonly standing: Standing | null;
  readonly type: AlertType | null;
  readonly text: string;
  readonly sort: AlertSort;
};

export const rowId = (storeId: string, { type, source }: Pick<ListedAlert, 'type' | 'source'>): string =>
  `${storeId} ${type} ${source}`;

export function standingOf(alert: ListedAlert): Standing {
  if (isShelved(alert)) return 'shelved';
  if (alert.acknowledged !== null) return 'handled';
  return alert.phase === 'cleared' ? 'over' : 'asks';
}

export function filteredRows(rows: readonly AlertRow[], filter: AlertFilter): readonly AlertRow[] {
  const words = folded(filter.text).split(/\s+/).filter(Boolean);
  return rows
    .filter(
      (row) =>
        (filter.standing === null || row.standing === filter.standing) &&
        (filter.type === null || row.alert.type === filter.type) &&
        words.every((word) => textOf(row).includes(word)),
    )
    .toSorted((one, other) => bySort[filter.sort](one, other) || one.id.localeCompare(other.id, 'en'));
}

const SEVERITIES: Readonly<Record<AlertSeverity, number>> = { alarm: 0, warn: 1, note: 2 };
const byStanding = (one: AlertRow, other: AlertRow) =>
  STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing);
const byAge = (one: AlertRow, other: AlertRow) => one.alert.sinceMs - other.alert.sinceMs;

const bySort: Readonly<Record<AlertSort, (one: AlertRow, other: AlertRow) => number>> = {
  worst: (one, other) =>
    byStanding(one, other) ||
    SEVERITIES[one.alert.severity] - SEVERITIES[other.alert.severity] ||
    byAge(one, other),
  oldest: byAge,
  newest: (one, other) => byAge(other, one),
  store: (one, other) =>
    one.content.store.name.localeCompare(other.content.store.name, 'en') || byStanding(one, other),
};

const textOf = ({ words, content, alert }: AlertRow): string =>
  folded(
    [
      words,
      content.store.name,
      content.store.id,
      alert.source,
      alert.acknowledged?.by ?? '',
      ...(alert.painted ?? []).map(({ name }) => name),
    ].join(' '),
  );

/** What happened since the alert last began: one that came back has a record from before. */
export const eventsOf = (
  events: readonly AlertEvent[],
  { type, source }: Pick<ListedAlert, 'type' | 'source'>,
): readonly AlertEvent[] => events.filter((event) => event.type === type && event.source === source);
