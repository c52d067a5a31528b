import { expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../../cloud/contracts/store-description.ts';
import { actWords, effectWords } from '../../../renderer/console/stores/correction-effect.ts';
import { describedStore, idOf } from '../../../renderer/console/stores/new-store.ts';
import { alertWords } from '../../../renderer/console/view/alert-words.ts';
import { saidChange } from '../../../renderer/console/view/audit-change.ts';
import { changeWords, whoWords } from '../../../renderer/console/view/audit-words.ts';
import { routeOf } from '../../../renderer/console/view/router.ts';
import { snapshotOf } from '../../browser/console/stores.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 13, 32, 0);
const hamburg = { id: 'hamburg', name: 'Hamburg', count: 187, hard: 200, state: 'nearly' } as const;
const { content } = snapshotOf(hamburg, NOW_MS);

test('a correction says before it is made what the signs will say', () => {
  expect(effectWords({ kind: 'add', people: 6, zone: null }, content)).toEqual([
    'The signs will say 7 more may enter instead of 13.',
    'The state stays nearly full.',
  ]);
  expect(effectWords({ kind: 'set', people: 73, zone: 'ground' }, content)).toEqual([
    'The signs will say 53 more may enter instead of 13.',
    'The state becomes open.',
  ]);
  expect(effectWords({ kind: 'add', people: null, zone: null }, content)).toEqual([]);
});

test('the button names the act and its value', () => {
  expect(actWords({ kind: 'add', people: -1, zone: null })).toBe('Take off 1 person');
  expect(actWords({ kind: 'set', people: 1_193, zone: null })).toBe('Set to 1,193');
});

test('the words of a new store become ids that the cloud takes', () => {
  expect(idOf('Málaga, Calle Larios 3', 'store')).toBe('malaga-calle-larios-3');
  expect(idOf('東京', 'store')).toBe('store');
  const asked = {
    name: 'Oslo',
    timeZone: 'Europe/Oslo',
    soft: 90,
    hard: 100,
    doorNames: ['North', 'North', '北'],
  };
  const { storeId, description } = describedStore(asked, new Set(['oslo']));
  expect(storeId).toBe('oslo-2');
  expect(description.doors.map(({ id }) => id)).toEqual(['north', 'north-2', 'door']);
  expect(storeDescriptionSchema.safeParse(description).success).toBe(true);
});

test('an alert is told in words, and one that is over says so', () => {
  const silent = {
    type: 'sensor-silent',
    place: 'Passage',
    active: true,
    sinceMs: NOW_MS - 11 * 60_000,
  } as const;
  expect(alertWords(silent, null, NOW_MS, 'Europe/Berlin')).toBe('Passage silent since 14:21');
  expect(alertWords({ ...silent, active: false }, null, NOW_MS, 'Europe/Berlin')).toBe(
    'Passage was silent, since 14:21, over now',
  );
});

test('a row of the audit shows that it was the owner’s key, whatever name was given with it', () => {
  expect(whoWords({ by: 'Ana', personId: 'p-ana-0001' })).toBe('Ana');
  expect(whoWords({ by: 'Ana', personId: 'p-owner-key' })).toBe('Ana (owner key)');
  expect(whoWords({ by: 'Owner key', personId: 'p-owner-key' })).toBe('Owner key');
});

test('a row of the audit names what changed and nothing else', () => {
  expect(changeWords({ before: { count: 183, limit: 200 }, after: { count: 187, limit: 200 } })).toBe(
    'count 183 → 187',
  );
  expect(changeWords({ before: null, after: null })).toBe('');
});

test('a row of the audit says in words what was done', () => {
  const zones = (count: number) => [{ zoneId: 'store', count }];
  const corrected = { act: 'count-corrected', before: { zones: zones(183) } } as const;
  expect(saidChange({ ...corrected, after: { kind: 'add', why: 'A pram', zones: zones(187) } })).toBe(
    '183 \u2192 187: A pram',
  );
  const alert = { type: 'sensor-silent', source: 'street-1' };
  expect(saidChange({ act: 'alert-acknowledged', before: null, after: alert })).toBe(
    'Sensor silent, street-1',
  );
  const rights = { role: 'viewer', storeIds: ['a'] };
  expect(
    saidChange({ act: 'person-changed', before: rights, after: { role: 'manager', storeIds: null } }),
  ).toBe('viewer of 1 store \u2192 manager of all stores');
  const settings = { board: 'manager', words: { open: 'Pase' } };
  expect(
    saidChange({
      act: 'sign-described',
      before: { name: 'Lift', settings },
      after: { name: 'Lift', settings: { board: 'door', farMetres: 5, words: {} } },
    }),
  ).toBe('board manager \u2192 door, far metres 5, words changed');
  const message = {
    text: 'Leave',
    priority: 'alarm',
    audience: 'everyone',
    drill: true,
    storeGroupIds: null,
  };
  expect(saidChange({ act: 'message-sent', before: null, after: message })).toBe(
    '\u201cLeave\u201d, alarm for everyone, drill, all signs',
  );
  const ended = { text: 'Leave', storeGroupIds: ['a'], endsAtMs: 1 };
  expect(saidChange({ act: 'message-ended', before: ended, after: null })).toBe('\u201cLeave\u201d, 1 group');
});

test('each page has an address of its own', () => {
  expect(routeOf('/console/')).toEqual({ page: 'overview' });
  expect(routeOf('/console/stores/hamburg')).toEqual({ page: 'store', storeId: 'hamburg' });
  expect(routeOf('/console/signs')).toEqual({ page: 'signs', signId: null });
  expect(routeOf('/console/messages')).toEqual({ page: 'messages' });
  expect(routeOf('/console/nonsense')).toEqual({ page: 'nowhere' });
});
