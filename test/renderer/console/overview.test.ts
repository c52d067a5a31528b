import { describe, expect, test } from 'vitest';
import { filtered, filterFrom, searchOf } from '../../../renderer/console/view/overview-filter.ts';
import { sectionOf, storeRow, storeRows } from '../../../renderer/console/view/store-row.ts';
import { summaryOf, waitingWords } from '../../../renderer/console/view/summary.ts';
import { snapshotOf, someStores } from '../../browser/console/stores.ts';
import { aSign, darkSign } from './signs/known-signs.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 15, 24, 10);
const overview = {
  nowMs: NOW_MS,
  stores: someStores(NOW_MS).map((like) => ({ snapshot: snapshotOf(like, NOW_MS), storeGroups: [like.id] })),
  storeGroups: [],
};
const rows = storeRows(overview, null, NOW_MS);
const antwerp = { id: 'antwerp', name: 'Antwerp Meir', count: 104, hard: 220, state: 'open' } as const;

describe('the overview', () => {
  test('begins with what cannot be counted, then over the limit, then full', () => {
    expect(rows.map(({ storeId }) => storeId).slice(0, 3)).toEqual(['lyon', 'copenhagen', 'berlin']);
  });

  test('puts each store into one of three sections', () => {
    const sections = rows.map(({ storeId }, index) => [storeId, sectionOf(rows[index] ?? never())]);
    expect(Object.fromEntries(sections)).toMatchObject({
      ...{ lyon: 'needs', berlin: 'needs', hamburg: 'watch', gothenburg: 'watch', vienna: 'fine' },
    });
  });

  test('calls a store unknown as soon as its count is too old, whatever it was', () => {
    const snapshot = snapshotOf(antwerp, NOW_MS);
    expect(storeRow(snapshot, [], [], NOW_MS + 60_000)).toMatchObject({ state: 'open', freshness: 'ageing' });
    expect(storeRow(snapshot, [], [], NOW_MS + 120_000)).toMatchObject({
      state: 'unknown',
      freshness: 'stale',
    });
  });

  test('lets a dark sign call for a person where the store itself is well', () => {
    const row = storeRow(
      snapshotOf(antwerp, NOW_MS),
      ['antwerp'],
      [aSign('Front'), darkSign('Back')],
      NOW_MS,
    );
    expect(row.signs).toEqual({ total: 2, fresh: 1, worst: { state: 'dark', count: 1 } });
    expect(sectionOf(row)).toBe('needs');
  });

  test('leaves out of its sum what cannot be counted, and says so', () => {
    expect(summaryOf(rows)).toEqual({
      inside: '847',
      rest: 'people inside 7 counted stores. Lyon Part-Dieu cannot be counted and is left out.',
    });
    expect(waitingWords(rows, NOW_MS)).toBe('2 wait for an answer. The oldest has waited 11 min.');
  });

  test('finds a store by a name without its marks, and over the limit among the full', () => {
    const found = (state: 'full' | null, text: string) =>
      filtered(rows, { state, text }).map(({ storeId }) => storeId);
    expect(found(null, 'monckebergstrasse')).toEqual(['hamburg']);
    expect(found('full', '')).toEqual(['copenhagen', 'berlin']);
  });

  test('keeps its filter in the address', () => {
    expect(filterFrom(searchOf({ state: 'nearly', text: 'ham & co' }))).toEqual({
      state: 'nearly',
      text: 'ham & co',
    });
    expect(filterFrom('?state=nonsense')).toEqual({ state: null, text: '' });
    expect(searchOf({ state: null, text: '' })).toBe('');
  });
});

function never(): never {
  throw new Error('no such row');
}
