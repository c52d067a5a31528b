import { expect, test } from 'vitest';
import type { Fleet } from '../../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../../cloud/contracts/overview.ts';
import { groupRows } from '../../../../renderer/console/groups/group-list.ts';
import { snapshotOf } from '../../../browser/console/stores.ts';
import { aSign, waitingSign } from '../signs/known-signs.ts';

const NOW_MS = Date.parse('2026-11-21T12:00:00Z');
const store = (id: string, name: string, storeGroups: string[]) => ({
  snapshot: snapshotOf({ id, name, count: 1, hard: 9, state: 'open' }, NOW_MS),
  storeGroups,
});
const overview: Overview = {
  nowMs: NOW_MS,
  stores: [store('two', 'Zwei', ['all', 'two']), store('one', 'Eins', ['all'])],
  storeGroups: [{ storeGroupId: 'all', storeIds: ['one', 'two'] }],
};
const fleet: Fleet = {
  nowMs: NOW_MS,
  signs: [
    aSign('A', { storeGroupId: 'all' }),
    aSign('B', { storeGroupId: 'all', revokedAtMs: NOW_MS }),
    aSign('C', { storeGroupId: 'left-over' }),
    waitingSign(),
  ],
};

test('each group that a store or a sign is in is listed with its stores and how many signs show it', () => {
  expect(groupRows(overview, fleet)).toEqual([
    {
      ...{ storeGroupId: 'all', signs: 1 },
      stores: [
        { id: 'one', name: 'Eins' },
        { id: 'two', name: 'Zwei' },
      ],
    },
    { storeGroupId: 'left-over', signs: 1, stores: [] },
    { storeGroupId: 'two', signs: 0, stores: [{ id: 'two', name: 'Zwei' }] },
  ]);
});

test('groups are found by their name and by that of a store', () => {
  const found = (text: string) => groupRows(overview, fleet, text).map(({ storeGroupId }) => storeGroupId);
  expect(found('zwei')).toEqual(['all', 'two']);
  expect(found('left')).toEqual(['left-over']);
  expect(groupRows(null, null)).toEqual([]);
});
