import { describe, expect, test } from 'vitest';
import { effectWords } from '../../../../renderer/console/stores/correction-effect.ts';
import { dateLines, weekLines } from '../../../../renderer/console/stores/hours-words.ts';
import { placePlan } from '../../../../renderer/console/stores/plan/place-plan.ts';
import { minutesOf } from '../../../../renderer/console/stores/shelving.ts';
import { undoing } from '../../../../renderer/console/stores/undoing.ts';
import { openingWords } from '../../../../renderer/console/view/opening-words.ts';
import { filtered } from '../../../../renderer/console/view/overview-filter.ts';
import { routeOf } from '../../../../renderer/console/view/router.ts';
import { sectionOf, storeRow } from '../../../../renderer/console/view/store-row.ts';
import { snapshotOf } from '../../../browser/console/stores.ts';
import { darkSign } from '../signs/known-signs.ts';

const HOUR_MS = 3_600_000;
/** A Saturday. */
const NOW_MS = Date.UTC(2026, 10, 21, 18);
const like = {
  id: 'hamburg',
  name: 'Hamburg',
  count: 187,
  hard: 200,
  state: 'nearly',
  timeZone: 'UTC',
} as const;
const { content } = snapshotOf(like, NOW_MS);
const opened = (open: boolean, changesAtMs: number | null) =>
  openingWords({ ...content, opening: { open, changesAtMs } }, NOW_MS);

describe('the page of a store', () => {
  test('says until when it is open, or when it opens again', () => {
    expect(opened(true, NOW_MS + 3 * HOUR_MS)).toBe('Open until 21:00');
    expect(opened(false, NOW_MS + 39 * HOUR_MS)).toBe('Closed, opens Mon 09:00');
    expect(opened(false, NOW_MS + 9 * 24 * HOUR_MS)).toBe('Closed, opens 30 Nov 18:00');
    expect(opened(true, null)).toBe('Open');
    expect(openingWords({ ...content, opening: null }, NOW_MS)).toBe('');
  });

  test('follows the clock where the news of the change are late', () => {
    expect(opened(true, NOW_MS - 1)).toBe('Closed');
  });

  test('shows a store that is closed as closed, whatever is silent or dark in it', () => {
    const snapshot = snapshotOf({ ...like, ageMs: 600_000 }, NOW_MS);
    const closed = {
      ...snapshot,
      content: { ...snapshot.content, opening: { open: false, changesAtMs: null } },
    };
    const row = storeRow(closed, [], [darkSign('Front')], NOW_MS);
    expect([row.state, sectionOf(row)]).toEqual(['closed', 'fine']);
    expect(filtered([row], { state: 'closed', text: '' })).toEqual([row]);
  });

  test('undoes a correction by its opposite, and nothing that changed nothing', () => {
    const done = {
      ...({
        number: 1,
        storeId: 'hamburg',
        kind: 'set',
        people: 143,
        atMs: 0,
        madeAtMs: 0,
        by: 'Ana',
        why: '',
      } as const),
    };
    const records = [
      { ...done, zoneId: 'ground', before: 129, after: 143 },
      { ...done, zoneId: 'upper', before: 7, after: 7 },
    ];
    expect(undoing(records, 'Ana')).toEqual([
      { kind: 'add', people: -14, zone: 'ground', by: 'Ana', why: 'Undo of the correction before' },
    ]);
  });

  test('says what a reset does before it is done', () => {
    const reset = { kind: 'reset', people: null, zone: null } as const;
    expect(effectWords(reset, content, 12).slice(0, 2)).toEqual([
      '187 inside become 12, all of them in Ground floor.',
      'Whoever passes from now on is counted on top.',
    ]);
    expect(effectWords(reset, content)).toHaveLength(2);
  });

  test('shelves until the next morning by the clock of the store', () => {
    expect(minutesOf('until tomorrow', NOW_MS, 'UTC')).toBe(14 * 60);
    expect(minutesOf('1 week', NOW_MS, 'UTC')).toBe(10_080);
  });

  test('tells hours in as few lines as it takes', () => {
    const shop = [{ opens: '09:00', closes: '20:00' }];
    const week = { ...{ mon: shop, tue: shop, wed: shop, thu: shop }, ...{ fri: shop, sat: shop, sun: [] } };
    expect(weekLines({ week })).toEqual([
      { when: 'Mon to Sat', hours: '09:00 to 20:00' },
      { when: 'Sunday', hours: 'Closed' },
    ]);
    const dates = [
      { date: '2026-12-24', hours: [] },
      { date: '2026-01-06', hours: [] },
    ];
    expect(dateLines({ dates }, '2026-11-21')).toEqual([{ when: 'Thu 24 Dec', hours: 'Closed' }]);
  });

  test('has an address of its own for its editing', () => {
    expect(routeOf('/console/stores/hamburg/edit')).toEqual({ page: 'store-edit', storeId: 'hamburg' });
    expect(routeOf('/console/stores/hamburg/other')).toEqual({ page: 'nowhere' });
    expect(routeOf('/console/signs/x/edit')).toEqual({ page: 'nowhere' });
  });
});

describe('the plan of a store', () => {
  const zones = [{ id: 'ground' }, { id: 'upper' }, { id: 'cellar' }];
  const street = { id: 'main', into: 'ground', from: null };
  const stairs = { id: 'stairs', into: 'upper', from: 'ground' };

  test('puts rooms behind the doors that lead to them', () => {
    const plan = placePlan(zones.slice(0, 2), [street, stairs]);
    const [ground, upper] = plan?.zones ?? [];
    const [main, up] = plan?.doors ?? [];
    expect(main?.arrow.x).toBeLessThan(ground?.x ?? 0);
    expect(up?.arrow.x).toBeGreaterThan(ground?.x ?? 0);
    expect(upper?.x).toBeGreaterThan(up?.box.x ?? 0);
    expect(main?.isInRight).toBe(true);
  });

  test('draws each door and each room once, inside of the picture', () => {
    const side = { id: 'side', into: 'cellar', from: 'upper' };
    const plan = placePlan(zones, [street, stairs, { ...side, into: 'cellar', from: 'ground' }, side]);
    expect(plan?.doors.map(({ id }) => id).toSorted()).toEqual(['main', 'side', 'side', 'stairs']);
    expect(plan?.zones).toHaveLength(3);
    for (const { box } of plan?.doors ?? []) expect(box.x + box.width).toBeLessThanOrEqual(plan?.width ?? 0);
  });

  test('leaves a store that is too deep to a list', () => {
    const deep = { id: 'ladder', into: 'cellar', from: 'upper' };
    expect(placePlan(zones, [street, stairs, deep])).toBeNull();
  });
});
