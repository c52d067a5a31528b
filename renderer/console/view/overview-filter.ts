import type { OccupancyState } from '../../../cloud/contracts/snapshot.ts';
import type { StoreRow } from './store-row.ts';

export type StateFilter = 'unknown' | 'full' | 'nearly' | 'open';
/** What is left of the list; it lives in the address. */
export type OverviewFilter = { readonly state: StateFilter | null; readonly text: string };

export const STATE_FILTERS: readonly { readonly id: StateFilter; readonly word: string }[] = [
  { id: 'unknown', word: 'unknown' },
  { id: 'full', word: 'full' },
  { id: 'nearly', word: 'nearly full' },
  { id: 'open', word: 'open' },
];

/** Over the limit is full as well. */
export const filterStateOf = (state: OccupancyState): StateFilter => (state === 'over' ? 'full' : state);

export function filterFrom(search: string): OverviewFilter {
  const query = new URLSearchParams(search);
  const state = STATE_FILTERS.find(({ id }) => id === query.get('state'))?.id ?? null;
  return { state, text: query.get('q') ?? '' };
}

export function searchOf({ state, text }: OverviewFilter): string {
  const query = new URLSearchParams();
  if (state !== null) query.set('state', state);
  if (text !== '') query.set('q', text);
  return query.size === 0 ? '' : `?${query}`;
}

export function filtered(rows: readonly StoreRow[], { state, text }: OverviewFilter): readonly StoreRow[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (state === null || filterStateOf(row.state) === state) &&
      words.every((word) => textOf(row).includes(word)),
  );
}

const textOf = ({ name, storeId, storeGroups, alert }: StoreRow): string =>
  folded([name, storeId, ...storeGroups, alert?.words ?? ''].join(' '));

/** Without marks and case: who types `strasse` or `monck` finds it. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o');
