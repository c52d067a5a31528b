import { expect, test } from 'vitest';
import { allGoals, goalsFor } from '../../../renderer/console/view/go-to-list.ts';
import { aSign, known, NOW_MS } from './signs/known-signs.ts';

const goals = allGoals({
  pages: [{ word: 'Signs', path: '/console/signs' }],
  overview: known,
  fleet: {
    nowMs: NOW_MS,
    signs: [aSign('Sants side'), aSign('Old', { revokedAtMs: NOW_MS }), aSign('', { storeGroupId: null })],
  },
  sensors: [{ sensorId: 'mayor-1', storeId: 'calle-mayor' }],
});
const found = (text: string) => goalsFor(goals, text).map(({ kind, name }) => `${kind} ${name}`);

test('without a word the pages are offered, and names that begin with it come first', () => {
  expect(found('')).toEqual(['page Signs']);
  expect(found('sants')[0]).toBe('store Sants');
  expect(found('sants')).toContain('sign Sants side');
});

test('a sensor is found by its store, and a sign that was revoked not at all', () => {
  expect(found('calle mayor-1')).toEqual(['sensor mayor-1']);
  expect(found('old')).toEqual([]);
  expect(goalsFor(goals, 'mayor-1')[0]?.path).toBe('/console/sensors?text=mayor-1');
});

test('a sign that nobody named goes by its fingerprint', () => {
  expect(found('no place yet').length).toBe(1);
});
