import { expect, test } from 'vitest';
import type { ListedSensor, SensorPlace } from '../../../../cloud/contracts/sensor.ts';
import { listedRows, sensorSeen, summaryWords } from '../../../../renderer/console/sensors/sensor-list.ts';
import { snapshotOf } from '../../../browser/console/stores.ts';

const NOW_MS = Date.parse('2026-11-21T12:00:00Z');
const MINUTE_MS = 60_000;

const hamburg = snapshotOf({ id: 'hamburg', name: 'Hamburg', count: 5, hard: 9, state: 'open' }, NOW_MS);
const known = (doorAgesMs: (number | null)[]) => ({
  stores: [{ snapshot: { ...hamburg, proof: { ...hamburg.proof, doorAgesMs } }, storeGroups: [] }],
});
const place = (doorId: string, more: Partial<SensorPlace> = {}): SensorPlace => ({
  ...{ storeId: 'hamburg', doorId, zoneId: null, line: null, model: 'axis', flipped: false },
  ...more,
});
const sensor = (sensorId: string, more: Partial<ListedSensor> = {}): ListedSensor => ({
  ...{ sensorId, places: [], hasConnectionString: true, hasIngestKey: false },
  ...{ heardAtMs: null, skewMs: 0, kept: 0, keptWhy: '' },
  ...more,
});
const standing = (one: ListedSensor, doorAgesMs: (number | null)[] = [null, null]) =>
  sensorSeen(one, known(doorAgesMs), NOW_MS).standing;

test('a sensor without a place knocks if something of it is kept, else it waits for a place', () => {
  expect(standing(sensor('a', { kept: 2, heardAtMs: NOW_MS }))).toBe('knocks');
  expect(standing(sensor('a', { heardAtMs: NOW_MS }))).toBe('waits');
  expect(standing(sensor('a'))).toBe('waits');
});

test('a sensor is silent once it was not heard for as long as its store allows, and if it never was', () => {
  const heard = (ageMs: number) => sensor('a', { places: [place('main')], heardAtMs: NOW_MS - ageMs });
  expect(standing(heard(90_000))).toBe('well');
  expect(standing(heard(90_001))).toBe('silent');
  expect(standing(sensor('a', { places: [place('main')] }))).toBe('silent');
});

test('what is pushed of its door makes a sensor heard, before the list is read again', () => {
  const one = sensor('a', { places: [place('passage')], heardAtMs: NOW_MS - 5 * MINUTE_MS });
  expect(standing(one, [0, null])).toBe('silent');
  expect(sensorSeen(one, known([0, 3_000]), NOW_MS)).toMatchObject({
    ...{ standing: 'well', heardAtMs: NOW_MS - 3_000, placeWords: ['Passage, Hamburg'] },
  });
});

test('the longest silent stands first, and a filter finds sensors by every word it has of them', () => {
  const sensors = [
    sensor('b-1', { places: [place('main')], heardAtMs: NOW_MS - 5 * MINUTE_MS }),
    sensor('a-1', { places: [place('passage', { flipped: true })], heardAtMs: NOW_MS - 9 * MINUTE_MS }),
    sensor('c-1', { places: [place('main', { model: 'xovis' })] }),
  ];
  const ids = (text: string) =>
    [...listedRows(sensors, text, known([null, null]), NOW_MS).values()]
      .flat()
      .map((row) => row.sensor.sensorId);
  expect(ids('')).toEqual(['c-1', 'a-1', 'b-1']);
  expect(ids('hamburg FLIPPED')).toEqual(['a-1']);
  expect(ids('xovis')).toEqual(['c-1']);
  expect(ids('silent main')).toEqual(['c-1', 'b-1']);
  expect(ids('berlin')).toEqual([]);
});

test('the summary counts who keeps its word, and who knocks', () => {
  const seen = (one: ListedSensor) => sensorSeen(one, known([null, null]), NOW_MS);
  const rows = [
    seen(sensor('a', { places: [place('main')], heardAtMs: NOW_MS })),
    seen(sensor('b', { places: [place('main')] })),
    seen(sensor('c', { kept: 1, heardAtMs: NOW_MS })),
  ];
  expect(summaryWords(rows)).toBe(
    '1 of 2 reported within the time they promise. 1 knocks and belongs to no door.',
  );
});
