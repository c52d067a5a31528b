import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corrected, isMeasured, netSince } from '../../../cloud/domain/corrections.ts';
import type { Passage } from '../../../cloud/domain/occupancy.ts';
import type { ZoneState } from '../../../cloud/domain/store-state.ts';
import { measuredChange, throughDoor, type ZoneChange } from '../../../cloud/domain/zones.ts';

const NOON_MS = Date.parse('2026-11-21T12:00:00+01:00');
const MINUTE_MS = 60_000;

const aZone = (id: string, difference: Partial<ZoneState> = {}): ZoneState => ({
  id,
  name: id,
  limits: null,
  sensors: [],
  silent: false,
  rawCount: 0,
  baselineAtMs: null,
  ...difference,
});
const looking = [{ id: 'eye', heardUntilMs: null, skewMs: 0, implausibleAtMs: null, rejected: null }];
const doors = [
  { id: 'street', into: 'hall', from: null },
  { id: 'arch', into: 'cafe', from: 'hall' },
  { id: 'curtain', into: 'cinema', from: 'cafe' },
  { id: 'gate', into: 'gone', from: 'hall' },
];
const zoneIds = ['hall', 'cafe', 'cinema'];

/** A store and its history, kept by the minute as the database keeps it. Minutes are counted from noon. */
function aHistory() {
  const flows: (Passage & { doorId: string; minute: number })[] = [];
  const adjusted: { zoneId: string; minute: number; people: number }[] = [];
  let zones: readonly ZoneState[] = [aZone('hall'), aZone('cafe'), aZone('cinema', { sensors: looking })];
  const keep = (change: ZoneChange) => {
    zones = change.zones;
    for (const { zoneId, atMs, people } of change.adjustments) {
      adjusted.push({ zoneId, people, minute: Math.floor((atMs - NOON_MS) / MINUTE_MS) });
    }
  };
  const zoneOf = (zoneId: string): ZoneState =>
    zones.find(({ id }) => id === zoneId) ?? expect.fail(`expected zone ${zoneId}`);
  const netOf = (zoneId: string, fromMinute: number) =>
    netSince(
      doors,
      zones,
      flows.filter(({ minute }) => minute >= fromMinute),
      adjusted.filter(({ minute }) => minute > fromMinute),
    ).get(zoneId);
  return {
    zoneOf,
    netOf,
    passed: (doorId: string, passage: Passage, minute: number) => {
      const door = doors.find(({ id }) => id === doorId) ?? expect.fail(`expected door ${doorId}`);
      flows.push({ doorId, minute, ...passage });
      keep(throughDoor(zones, door, passage, NOON_MS + minute * MINUTE_MS));
    },
    saw: (change: number, minute: number) =>
      keep(measuredChange(zones, 'cinema', change, NOON_MS + minute * MINUTE_MS)),
    correct: (zoneId: string, kind: 'add' | 'set', people: number, minute: number) => {
      const correction = { kind, people, atMs: NOON_MS + minute * MINUTE_MS };
      const result = corrected(zoneOf(zoneId), correction, netOf(zoneId, minute) ?? 0);
      keep({
        zones: zones.map((zone) => (zone.id === zoneId ? result.zone : zone)),
        adjustments: result.adjustments.map((one) => ({ zoneId, ...one })),
      });
      return result;
    },
    /** What the history alone says: the count of a zone at the start of a minute, with the corrections of that moment. */
    countAt: (zoneId: string, minute: number) => zoneOf(zoneId).rawCount - (netOf(zoneId, minute) ?? 0),
    sumOf: (zoneId: string) => {
      const bySide = flows.map(({ doorId, in: entered, out }) => {
        const door = doors.find(({ id }) => id === doorId);
        return (Number(door?.into === zoneId) - Number(door?.from === zoneId)) * (entered - out);
      });
      const byHand = adjusted.map((one) => (one.zoneId === zoneId ? one.people : 0));
      return [...bySide, ...byHand].reduce((total, people) => total + people, 0);
    },
  };
}

const minutes = fc.integer({ min: 0, max: 9 });
const passages = fc.record({
  doorId: fc.constantFrom('street', 'arch', 'curtain', 'gate'),
  passage: fc.record({ in: fc.nat(9), out: fc.nat(9) }),
  minute: minutes,
});
const corrections = fc.record({
  zoneId: fc.constantFrom('hall', 'cafe'),
  correction: fc.constantFrom<'add' | 'set'>('add', 'set'),
  people: fc.nat(30),
  minute: minutes,
});
const sights = fc.record({ change: fc.integer({ min: -9, max: 9 }), minute: minutes });
const happenings = fc.array(fc.oneof(passages, passages, passages, corrections, sights), { maxLength: 40 });

test('a zone’s count is the sum of the people at its doors and of its adjustments, whatever happened', () => {
  fc.assert(
    fc.property(happenings, (all) => {
      const history = aHistory();
      for (const one of all) {
        if ('passage' in one) history.passed(one.doorId, one.passage, one.minute);
        else if ('change' in one) history.saw(one.change, one.minute);
        else history.correct(one.zoneId, one.correction, one.people, one.minute);
        for (const id of zoneIds) expect(history.zoneOf(id).rawCount).toBe(history.sumOf(id));
      }
    }),
  );
});

test('a zone that sensors measure is what they saw, whatever passed its doors', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(passages, sights)), (all) => {
      const history = aHistory();
      let seen = 0;
      for (const one of all) {
        if ('passage' in one) history.passed(one.doorId, one.passage, one.minute);
        else {
          history.saw(one.change, one.minute);
          seen += one.change;
        }
      }
      expect(history.zoneOf('cinema').rawCount).toBe(seen);
    }),
  );
});

test('a set zone holds what it was set to and who passed since, whatever comes late and in whatever order', () => {
  fc.assert(
    fc.property(fc.array(passages), fc.nat(40), fc.nat(30), minutes, (all, setAfter, people, minute) => {
      const history = aHistory();
      for (const one of all.slice(0, setAfter)) history.passed(one.doorId, one.passage, one.minute);
      history.correct('hall', 'set', people, minute);
      for (const one of all.slice(setAfter)) history.passed(one.doorId, one.passage, one.minute);
      const since = aHistory();
      for (const one of all) if (one.minute >= minute) since.passed(one.doorId, one.passage, one.minute);
      expect(history.zoneOf('hall').rawCount).toBe(people + since.zoneOf('hall').rawCount);
    }),
  );
});

test('of several corrections, the set of the latest moment decides, and what was added since is on top', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(passages, corrections)), (all) => {
      const history = aHistory();
      const done = all.map((one, order) => ({ ...one, order }));
      let decides = { minute: -1, order: -1, people: 0 };
      for (const one of done) {
        if ('passage' in one) {
          history.passed(one.doorId, one.passage, one.minute);
          continue;
        }
        history.correct(one.zoneId, one.correction, one.people, one.minute);
        const isSet = one.zoneId === 'hall' && one.correction === 'set';
        if (isSet && one.minute >= decides.minute) decides = one;
      }
      const since = aHistory();
      for (const one of done) {
        if ('passage' in one && one.minute >= decides.minute)
          since.passed(one.doorId, one.passage, one.minute);
        const isLater =
          one.minute > decides.minute || (one.minute === decides.minute && one.order > decides.order);
        if ('zoneId' in one && one.correction === 'add' && isLater) {
          since.correct(one.zoneId, 'add', one.people, one.minute);
        }
      }
      expect(history.zoneOf('hall').rawCount).toBe(decides.people + since.zoneOf('hall').rawCount);
    }),
  );
});

test('the history shows a set where it was set, also one of a moment before the last', () => {
  fc.assert(
    fc.property(happenings, corrections, (all, { zoneId, people, minute }) => {
      const history = aHistory();
      for (const one of all) {
        if ('passage' in one) history.passed(one.doorId, one.passage, one.minute);
        else if ('zoneId' in one) history.correct(one.zoneId, one.correction, one.people, one.minute);
      }
      const then = history.countAt(zoneId, minute);
      const { before, after } = history.correct(zoneId, 'set', people, minute);
      expect({ before, after }).toEqual({ before: then, after: people });
      expect(history.countAt(zoneId, minute)).toBe(people);
    }),
  );
});

describe('a correction', () => {
  const hall = aZone('hall', { rawCount: 12, baselineAtMs: NOON_MS });

  test('that adds leaves alone when the zone was last set', () => {
    expect(corrected(hall, { kind: 'add', people: -3, atMs: NOON_MS + 1 }, 2)).toEqual({
      zone: { ...hall, rawCount: 9 },
      adjustments: [{ atMs: NOON_MS + 1, people: -3 }],
      before: 10,
      after: 7,
    });
  });

  test('that sets keeps on top who passed since', () => {
    expect(corrected(hall, { kind: 'set', people: 20, atMs: NOON_MS + 1 }, 2)).toEqual({
      zone: { ...hall, rawCount: 22, baselineAtMs: NOON_MS + 1 },
      adjustments: [{ atMs: NOON_MS + 1, people: 10 }],
      before: 10,
      after: 20,
    });
  });

  test.each([
    ['set', 15],
    ['add', 5],
  ] as const)(
    'of a moment before the zone was last set (%s) changes what was then, not what is now',
    (kind, people) => {
      expect(corrected(hall, { kind, people, atMs: NOON_MS - 1 }, 2)).toEqual({
        zone: hall,
        adjustments: [
          { atMs: NOON_MS - 1, people: 5 },
          { atMs: NOON_MS, people: -5 },
        ],
        before: 10,
        after: 15,
      });
    },
  );

  test('that finds the count right still says from when it is known', () => {
    const { zone, adjustments } = corrected(hall, { kind: 'set', people: 12, atMs: NOON_MS + 1 }, 0);
    expect({ zone, adjustments }).toEqual({ zone: { ...hall, baselineAtMs: NOON_MS + 1 }, adjustments: [] });
  });
});

test('a zone that nothing happened in has not changed, and one that is gone is not asked for', () => {
  const nets = netSince(
    doors,
    [aZone('hall')],
    [{ doorId: 'gone', in: 5, out: 0 }],
    [{ zoneId: 'x', people: 1 }],
  );
  expect([...nets]).toEqual([['hall', 0]]);
});

test('a zone is measured when a sensor looks at all of it', () => {
  expect([aZone('hall'), aZone('cinema', { sensors: looking })].map(isMeasured)).toEqual([false, true]);
});
