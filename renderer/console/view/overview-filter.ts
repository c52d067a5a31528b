import { inEnglish, type StoreRow, type StoreState } from './store-row.ts';

export type StateFilter = 'unknown' | 'full' | 'nearly' | 'open' | 'closed';
/** What is left of the list; it lives in the address. */
export type OverviewFilter = {
  readonly state: StateFilter | null;
  readonly text: string;
  /** Of this group of stores only; empty: of all. */
  readonly group?: string;
  /** Left out: the worst first. */
  readonly sort?: OverviewSort;
};

export const OVERVIEW_SORTS = ['worst', 'name', 'inside', 'free', 'oldest'] as const;
export type OverviewSort = (typeof OVERVIEW_SORTS)[number];
export const OVERVIEW_SORT_WORDS: Readonly<Record<OverviewSort, string>> = {
  worst: 'Worst first',
  name: 'By name',
  inside: 'Most people inside',
  free: 'Fewest may enter',
  oldest: 'Oldest figure first',
};

export const STATE_FILTERS: readonly { readonly id: StateFilter; readonly word: string }[] = [
  { id: 'unknown', word: 'unknown' },
  { id: 'full', word: 'full' },
  { id: 'nearly', word: 'nearly full' },
  { id: 'open', word: 'open' },
  { id: 'closed', word: 'closed' },
];

/** Over the limit is full as well. */
export const filterStateOf = (state: StoreState): StateFilter => (state === 'over' ? 'full' : state);

export function filterFrom(search: string): OverviewFilter {
  const query = new URLSearchParams(search);
  const state = STATE_FILTERS.find(({ id }) => id === query.get('state'))?.id ?? null;
  const sort = OVERVIEW_SORTS.find((each) => each === query.get('sort'));
  const group = query.get('group') ?? '';
  return {
    ...{ state, text: query.get('q') ?? '' },
    ...(group === '' ? {} : { group }),
    ...(sort === undefined || sort === 'worst' ? {} : { sort }),
  };
}

export function searchOf({ state, text, group = '', sort = 'worst' }: OverviewFilter): string {
  const query = new URLSearchParams();
  if (state !== null) query.set('state', state);
  if (text !== '') query.set('q', text);
  if (group !== '') query.set('group', group);
  if (sort !== 'worst') query.set('sort', sort);
  return query.size === 0 ? '' : `?${query}`;
}

export function filtered(
  rows: readonly StoreRow[],
  { state, text, group = '', sort = 'worst' }: OverviewFilter,
): readonly StoreRow[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const left = rows.filter(
    (row) =>
      (group === '' || row.storeGroups.includes(group)) &&
      (state === null || filterStateOf(row.state) === state) &&
      words.every((word) => textOf(row).includes(word)),
  );
  const by = BY_SORT[sort];
  return by === null ? left : left.toSorted((one, other) => by(one, other) || byName(one, other));
}

const byName = (one: StoreRow, other: StoreRow) => inEnglish.compare(one.name, other.name);
/** A figure that nobody vouches for comes after those that are known. */
const known = ({ state }: StoreRow, figure: number) =>
  state === 'unknown' ? Number.POSITIVE_INFINITY : figure;

const BY_SORT: Readonly<Record<OverviewSort, ((one: StoreRow, other: StoreRow) => number) | null>> = {
  worst: null,
  name: byName,
  inside: (one, other) => ordered(known(one, -one.content.count), known(other, -other.content.count)),
  free: (one, other) => ordered(known(one, one.content.mayEnter), known(other, other.content.mayEnter)),
  oldest: (one, other) => ordered(one.trueAtMs ?? 0, other.trueAtMs ?? 0),
};

/** Two infinities are the same. */
const ordered = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

const textOf = ({ name, storeId, storeGroups, alert }: StoreRow): string =>
  folded([name, storeId, ...storeGroups, alert?.words ?? ''].join(' '));

/** Without marks and case: who types `strasse` or `monck` finds it. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o');
