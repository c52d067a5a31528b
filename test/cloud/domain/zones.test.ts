import { describe, expect, test } from 'vitest';
import type { ZoneState } from '../../../cloud/domain/store-state.ts';
import { measuredChange, throughDoor } from '../../../cloud/domain/zones.ts';

const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');

const aZone = (id: string, difference: Partial<ZoneState> = {}): ZoneState => ({
  id,
  name: id,
  limits: null,
  sensors: [],
  silent: false,
  rawCount: 10,
  baselineAtMs: null,
  ...difference,
});
const looking = [{ id: 'eye', heardUntilMs: null, skewMs: 0, implausibleAtMs: null, rejected: null }];
const zones = [aZone('hall'), aZone('cafe'), aZone('cinema', { sensors: looking })];
const counts = (all: readonly ZoneState[]) => all.map(({ rawCount }) => rawCount);

describe('people through a door', () => {
  test('from the street are more in the zone that it leads into', () => {
    const change = throughDoor(zones, { into: 'hall', from: null }, { in: 5, out: 2 }, NOON_MS);
    expect(counts(change.zones)).toEqual([13, 10, 10]);
    expect(change.adjustments).toEqual([]);
  });

  test('between two zones are as many fewer in the one as more in the other', () => {
    const change = throughDoor(zones, { into: 'cafe', from: 'hall' }, { in: 5, out: 2 }, NOON_MS);
    expect(counts(change.zones)).toEqual([7, 13, 10]);
  });

  test('take a count below 0 where it has drifted, and that is kept', () => {
    const change = throughDoor(zones, { into: 'hall', from: null }, { in: 0, out: 12 }, NOON_MS);
    expect(counts(change.zones)).toEqual([-2, 10, 10]);
  });

  test('before a zone was set were seen by whoever set it: the history has them, the count has not', () => {
    const set = [aZone('hall', { baselineAtMs: NOON_MS }), aZone('cafe')];
    const change = throughDoor(set, { into: 'cafe', from: 'hall' }, { in: 5, out: 2 }, NOON_MS - 1);
    expect(counts(change.zones)).toEqual([10, 13]);
    expect(change.adjustments).toEqual([{ zoneId: 'hall', atMs: NOON_MS, people: 3 }]);
  });

  test('at the very moment at which it was set count on top', () => {
    const set = [aZone('hall', { baselineAtMs: NOON_MS })];
    const change = throughDoor(set, { into: 'hall', from: null }, { in: 5, out: 2 }, NOON_MS);
    expect(counts(change.zones)).toEqual([13]);
    expect(change.adjustments).toEqual([]);
  });

  test('of a zone that sensors measure leave it to them, then and there', () => {
    const change = throughDoor(zones, { into: 'cinema', from: 'hall' }, { in: 5, out: 2 }, NOON_MS);
    expect(counts(change.zones)).toEqual([7, 10, 10]);
    expect(change.adjustments).toEqual([{ zoneId: 'cinema', atMs: NOON_MS, people: -3 }]);
  });

  test('into or from a zone that is gone count on the other side', () => {
    const gone = throughDoor(zones, { into: 'gone', from: 'hall' }, { in: 1, out: 0 }, NOON_MS);
    expect([counts(gone.zones), gone.adjustments]).toEqual([[9, 10, 10], []]);
    const other = throughDoor(zones, { into: 'hall', from: 'gone' }, { in: 1, out: 0 }, NOON_MS);
    expect([counts(other.zones), other.adjustments]).toEqual([[11, 10, 10], []]);
  });

  test('as many in as out change no zone and need no adjustment', () => {
    const door = { into: 'cinema', from: 'hall' };
    expect(throughDoor(zones, door, { in: 4, out: 4 }, NOON_MS)).toEqual({ zones, adjustments: [] });
  });
});

describe('what the sensors of a zone see', () => {
  test('changes it, and the history has it', () => {
    const change = measuredChange(zones, 'cinema', -4, NOON_MS);
    expect(counts(change.zones)).toEqual([10, 10, 6]);
    expect(change.adjustments).toEqual([{ zoneId: 'cinema', atMs: NOON_MS, people: -4 }]);
  });

  test('changes it although it was set after that moment: what is measured needs nobody to set it', () => {
    const set = [aZone('cinema', { sensors: looking, baselineAtMs: NOON_MS + 1 })];
    expect(counts(measuredChange(set, 'cinema', 3, NOON_MS).zones)).toEqual([13]);
  });

  test('is nothing where nobody came or went, or the zone is gone', () => {
    expect(measuredChange(zones, 'cinema', 0, NOON_MS)).toEqual({ zones, adjustments: [] });
    expect(measuredChange(zones, 'gone', 5, NOON_MS)).toEqual({ zones, adjustments: [] });
  });
});
