import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertConditions, conditionsDueAtMs } from '../../../cloud/domain/alert-conditions.ts';
import type { Level, StoreState, WatchedSensor } from '../../../cloud/domain/store-state.ts';
import { aDoor, aSensor, aStore, aZone, NOON_MS } from '../../support/builders.ts';

const LIVE_FOR_MS = 90_000;
const QUARTER_MS = 15 * 60_000;

const at = (level: Level): StoreState['levelState'] => ({ level, next: null });
const bySensor = (difference: Partial<WatchedSensor>): StoreState =>
  aStore({ doors: [aDoor({ sensors: [aSensor(difference)] })] });
const typesOf = (state: StoreState, nowMs = NOON_MS): readonly string[] =>
  alertConditions(state, nowMs).map(({ type }) => type);

describe('capacity', () => {
  test('of an open store is nothing to tell', () => {
    expect(alertConditions(aStore(), NOON_MS)).toEqual([]);
  });

  test.each([
    ['nearly', 'near-capacity', 'warn'],
    ['full', 'full', 'warn'],
    ['over', 'over-capacity', 'alarm'],
  ] as const)('of a store that is %s is one condition, %s', (level, type, severity) => {
    const conditions = alertConditions(aStore({ levelState: at(level) }), NOON_MS);
    expect(conditions).toEqual([{ type, source: 'store', severity, place: {} }]);
  });

  test('waits with the level: a count that has not lasted tells nobody', () => {
    const waiting = aStore({
      levelState: { level: 'open', next: { level: 'over', sinceMs: NOON_MS } },
      zones: [aZone({ rawCount: 80 })],
    });
    expect(typesOf(waiting)).toEqual([]);
  });

  test('of a store of which every door is silent is not known', () => {
    const silent = { silent: true, sensors: [] };
    const doors = [aDoor(silent), aDoor({ ...silent, id: 'back' })];
    expect(typesOf(aStore({ levelState: at('over'), doors }))).toEqual([]);
    const oneSpeaks = [aDoor(silent), aDoor({ id: 'back' })];
    expect(typesOf(aStore({ levelState: at('over'), doors: oneSpeaks }))).toEqual(['over-capacity']);
  });

  test('of a store whose doors are silent is known while a measured zone speaks', () => {
    const state = aStore({
      levelState: at('full'),
      doors: [aDoor({ silent: true, sensors: [] })],
      zones: [aZone({ sensors: [aSensor()] })],
    });
    expect(typesOf(state)).toEqual(['full']);
  });

  test.each([
    [-4, []],
    [7, []],
    [8, ['near-capacity']],
    [10, ['full']],
    [11, ['over-capacity']],
  ])('of a zone with limits 8 and 10 and a sum of %i: %j', (rawCount, types) => {
    const cafe = aZone({ id: 'cafe', limits: { soft: 8, hard: 10 }, rawCount });
    const state = aStore({ zones: [aZone({ id: 'shop' }), cafe], doors: [aDoor({ into: 'cafe' })] });
    const conditions = alertConditions(state, NOON_MS);
    expect(conditions.map(({ type }) => type)).toEqual(types);
    for (const condition of conditions) {
      expect(condition).toMatchObject({ source: 'cafe', place: { zone: 'cafe' } });
    }
  });

  test('of a zone without limits of its own is nothing to tell', () => {
    expect(typesOf(aStore({ zones: [aZone({ rawCount: 5_000 })] }))).toEqual([]);
  });

  test('of a zone is not known once its own doors are silent, or its own sensors', () => {
    const cafe = aZone({ id: 'cafe', limits: { soft: 8, hard: 10 }, rawCount: 11 });
    const doors = [
      aDoor({ into: 'shop' }),
      aDoor({ id: 'inner', into: 'cafe', from: 'shop', silent: true, sensors: [] }),
    ];
    expect(typesOf(aStore({ zones: [aZone({ id: 'shop' }), cafe], doors }))).toEqual([]);
    const spoken = doors.map((door) => ({ ...door, silent: false }));
    expect(typesOf(aStore({ zones: [cafe], doors: spoken }))).toEqual(['over-capacity']);
    const measured = { ...cafe, sensors: [aSensor({ id: 'above' })], silent: true };
    expect(typesOf(aStore({ zones: [measured], doors: spoken }))).toEqual([]);
  });

  test('of a zone that has the name of the whole is told once', () => {
    const state = aStore({
      levelState: at('over'),
      zones: [aZone({ limits: { soft: 1, hard: 2 }, rawCount: 3 })],
    });
    expect(typesOf(state)).toEqual(['over-capacity']);
  });
});

describe('a sensor', () => {
  test('is silent when it was not heard for longer than a count lives, and names its door', () => {
    const state = aStore();
    expect(typesOf(state, NOON_MS + LIVE_FOR_MS)).toEqual([]);
    expect(alertConditions(state, NOON_MS + LIVE_FOR_MS + 1)).toEqual([
      {
        type: 'sensor-silent',
        source: 'street-1',
        severity: 'warn',
        place: { door: 'street' },
        lastsMs: 2 * LIVE_FOR_MS,
      },
    ]);
  });

  test('that was never heard is silent', () => {
    expect(typesOf(bySensor({ heardUntilMs: null }))).toEqual(['sensor-silent']);
  });

  test('above a zone names its zone; where the store is one zone, a sign has no name for it', () => {
    const above = aZone({ id: 'cafe', sensors: [aSensor({ id: 'above', heardUntilMs: null })] });
    const silent = {
      type: 'sensor-silent',
      source: 'above',
      severity: 'warn',
      waitsMs: 90_000,
      lastsMs: 180_000,
    };
    expect(alertConditions(aStore({ zones: [above] }), NOON_MS)).toEqual([
      { ...silent, place: { zone: 'cafe' } },
    ]);
    expect(alertConditions(aStore({ zones: [{ ...above, id: 'store' }] }), NOON_MS)).toEqual([
      { ...silent, place: {} },
    ]);
  });

  test('with lines at two doors is one source, and the first door is named', () => {
    const sensors = [aSensor({ heardUntilMs: null })];
    const state = aStore({ doors: [aDoor({ sensors }), aDoor({ id: 'back', sensors })] });
    expect(alertConditions(state, NOON_MS)).toMatchObject([
      { source: 'street-1', place: { door: 'street' } },
    ]);
  });

  test('whose clock is less than five minutes wrong is not worth a word', () => {
    expect(alertConditions(bySensor({ skewMs: -300_000 }), NOON_MS)).toEqual([]);
  });

  test.each([-300_001, 300_001])('whose clock is %i ms wrong is worth a note', (skewMs) => {
    expect(alertConditions(bySensor({ skewMs }), NOON_MS)).toEqual([
      { type: 'sensor-clock', source: 'street-1', severity: 'note', place: { door: 'street' } },
    ]);
  });

  test('that said more than can be is held for faulty for a quarter of an hour', () => {
    const state = bySensor({ implausibleAtMs: NOON_MS, heardUntilMs: NOON_MS + QUARTER_MS });
    expect(alertConditions(state, NOON_MS)).toMatchObject([{ type: 'implausible-rate', severity: 'warn' }]);
    expect(typesOf(state, NOON_MS + QUARTER_MS - 1)).toEqual(['implausible-rate']);
    expect(typesOf(state, NOON_MS + QUARTER_MS)).toEqual([]);
  });

  test('of which ten messages are refused in a quarter of an hour is told of, nine are not', () => {
    const refused = (times: number) =>
      bySensor({ rejected: { sinceMs: NOON_MS, times }, heardUntilMs: NOON_MS + QUARTER_MS });
    expect(typesOf(refused(9))).toEqual([]);
    expect(alertConditions(refused(10), NOON_MS + QUARTER_MS - 1)).toMatchObject([
      { type: 'rejected-rising', severity: 'warn', source: 'street-1', place: { door: 'street' } },
    ]);
    expect(typesOf(refused(10), NOON_MS + QUARTER_MS)).toEqual([]);
  });
});

test('a door whose night did not balance is worth a note, as long as there is such a door', () => {
  expect(alertConditions(aStore({ imbalancedDoors: ['gone', 'street'] }), NOON_MS)).toEqual([
    { type: 'door-imbalance', source: 'street', severity: 'note', place: { door: 'street' } },
  ]);
});

describe('whatever the sensors did', () => {
  const near = fc.integer({ min: NOON_MS - 2 * QUARTER_MS, max: NOON_MS + 1_000 });
  const anySensor = fc
    .record({
      heardUntilMs: fc.option(near),
      skewMs: fc.constantFrom(0, 0, 5),
      implausibleAtMs: fc.option(near),
      rejected: fc.option(fc.record({ sinceMs: near, times: fc.integer({ min: 8, max: 12 }) })),
      id: fc.constantFrom('a', 'b', 'c'),
    })
    .map(aSensor);
  const anyState = fc
    .tuple(fc.array(anySensor, { maxLength: 3 }), fc.array(anySensor, { maxLength: 2 }))
    .map(([atDoor, above]) =>
      aStore({ doors: [aDoor({ sensors: atDoor })], zones: [aZone({ sensors: above })] }),
    );

  test('nothing changes by time alone before its due moment', () => {
    fc.assert(
      fc.property(anyState, fc.nat(3 * QUARTER_MS), (state, laterMs) => {
        const dueAtMs = conditionsDueAtMs(state, NOON_MS) ?? Number.POSITIVE_INFINITY;
        expect(dueAtMs).toBeGreaterThan(NOON_MS);
        const beforeMs = Math.min(NOON_MS + laterMs, dueAtMs - 1);
        expect(alertConditions(state, beforeMs)).toEqual(alertConditions(state, NOON_MS));
      }),
    );
  });

  test('there is at most one condition of a type and source', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const keys = alertConditions(state, NOON_MS).map(({ type, source }) => `${type} ${source}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test.each([
    ['falls silent', { heardUntilMs: NOON_MS - 5_000 }, NOON_MS - 5_000 + LIVE_FOR_MS + 1],
    ['is trusted again', { heardUntilMs: null, implausibleAtMs: NOON_MS - 60_000 }, NOON_MS + 14 * 60_000],
    [
      'is no longer refused',
      { heardUntilMs: null, rejected: { sinceMs: NOON_MS - 60_000, times: 10 } },
      NOON_MS + 14 * 60_000,
    ],
    ['was never heard', { heardUntilMs: null, rejected: { sinceMs: NOON_MS, times: 9 } }, null],
    ['is trusted again now', { heardUntilMs: null, implausibleAtMs: NOON_MS - QUARTER_MS }, null],
    ['has been silent', { heardUntilMs: NOON_MS - QUARTER_MS }, null],
  ])('a sensor that %s is looked at again at the very moment', (_, difference, dueAtMs) => {
    const state = bySensor(difference);
    expect(conditionsDueAtMs(state, NOON_MS)).toBe(dueAtMs);
    if (dueAtMs === null) return;
    expect(alertConditions(state, dueAtMs)).not.toEqual(alertConditions(state, dueAtMs - 1));
  });
});
