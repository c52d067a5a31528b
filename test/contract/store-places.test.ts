import { expect, test } from 'vitest';
import type { Placement } from '../../cloud/domain/placement.ts';
import { type CounterState, type SensorState, unheardSensor } from '../../cloud/domain/sensor-state.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const LATER_MS = NOON_MS + 60_000;
const MUCH_LATER_MS = LATER_MS + 60_000;

const gate = (...sensors: object[]) => calleMayor({ doors: [{ id: 'gate', name: 'Gate', sensors }] });
const twoDoors = (street: object[], arcade: object[]) =>
  calleMayor({
    doors: [
      { id: 'street', name: 'Street', sensors: street },
      { id: 'arcade', name: 'Arcade', sensors: arcade },
    ],
  });

const atGate = (difference: Partial<Placement> = {}): Placement => ({
  sensorId: 's-1',
  line: '',
  storeId: 'station',
  spot: { kind: 'door', doorId: 'gate', flipped: false, peoplePerSecond: 3 },
  fromMs: 0,
  untilMs: null,
  ...difference,
});

const counted = (line: string, totalIn: number): CounterState => ({
  line,
  boot: 'b1',
  previousBoot: null,
  sequence: 1,
  totalIn,
  totalOut: 0,
  people: 0,
  atMs: NOON_MS,
});
const heard = (difference: Partial<SensorState> = {}): SensorState => ({
  ...unheardSensor('s-1'),
  heardUntilMs: NOON_MS,
  clock: { skewMs: 5, newestMs: NOON_MS, lagging: { sinceMs: 1, sinceDeviceMs: 2, leastMs: 3 } },
  counters: [counted('', 7)],
  implausibleAtMs: 4,
  rejected: { sinceMs: 5, times: 6 },
  ...difference,
});

onBothEngines('places of sensors', (database) => {
  const put = (storeId: string, description: ReturnType<typeof calleMayor>, nowMs = NOON_MS) =>
    database.tx((tx) => tx.structure.putStore(storeId, description, { today, nowMs }));
  const places = async (...sensorIds: string[]) =>
    (await database.tx((tx) => tx.structure.placementsOf(sensorIds))).toSorted(
      (a, b) => a.fromMs - b.fromMs || (a.line < b.line ? -1 : 1),
    );
  const save = (state: SensorState) => database.tx((tx) => tx.counting.saveSensorStates([state]));
  const remembered = async () => (await database.tx((tx) => tx.counting.sensorStates(['s-1'])))[0];

  test('the first place of a sensor is its place since ever, at a door and over a zone', async () => {
    const zones = [
      { id: 'hall', name: 'Hall', sensors: [{ id: 'above', line: 'left \u0000', model: 'xovis' }] },
    ];
    const doors = [{ id: 'gate', name: 'Gate', peoplePerSecond: 8, sensors: [{ id: 's-1', flipped: true }] }];
    await put('station', calleMayor({ zones, doors }));
    expect(await places('s-1', 'above', 'nowhere')).toEqual([
      atGate({ spot: { kind: 'door', doorId: 'gate', flipped: true, peoplePerSecond: 8 } }),
      atGate({ sensorId: 'above', line: 'left \u0000', spot: { kind: 'zone', zoneId: 'hall' } }),
    ]);
    expect(await places()).toEqual([]);
  });

  test('a sensor that is where it was keeps its place, whatever else changes', async () => {
    await put('station', gate({ id: 's-1' }, { id: 's-2' }));
    const renamed = { ...gate({ id: 's-3' }, { id: 's-1' }), name: 'Other', timeZone: 'UTC' };
    await put('station', renamed, LATER_MS);
    expect(await places('s-1')).toEqual([atGate()]);
  });

  test.each([
    ['moves to another door', twoDoors([], [{ id: 's-1' }])],
    ['is flipped', twoDoors([{ id: 's-1', flipped: true }], [])],
    ['speaks otherwise', twoDoors([{ id: 's-1', model: 'axis' }], [])],
  ])('one that %s has its old place ended and a new one begun', async (_, changed) => {
    await put('station', twoDoors([{ id: 's-1' }], []));
    const [before] = await places('s-1');
    await put('station', changed, LATER_MS);
    const [ended, begun, ...others] = await places('s-1');
    expect(others).toEqual([]);
    expect(ended).toEqual({ ...before, untilMs: LATER_MS });
    expect(begun).toMatchObject({ fromMs: LATER_MS, untilMs: null });
    expect(await database.tx((tx) => tx.structure.storeDescription('station'))).toEqual(changed);
  });

  test('one that leaves has an end, and one that comes back begins then; nothing in between', async () => {
    await put('station', gate({ id: 's-1' }));
    await put('station', gate(), LATER_MS);
    expect(await places('s-1')).toEqual([atGate({ untilMs: LATER_MS })]);
    await put('calle-mayor', gate({ id: 's-1' }), MUCH_LATER_MS);
    expect(await places('s-1')).toEqual([
      atGate({ untilMs: LATER_MS }),
      atGate({ storeId: 'calle-mayor', fromMs: MUCH_LATER_MS }),
    ]);
  });

  test('each line of a sensor has a place of its own', async () => {
    await put('station', twoDoors([{ id: 's-1', line: '1' }, { id: 's-1' }], [{ id: 's-1', line: '2' }]));
    const linesAndDoors = async () =>
      (await places('s-1')).map(({ line, spot, fromMs, untilMs }) => [
        line,
        spot.kind === 'door' && spot.doorId,
        fromMs,
        untilMs,
      ]);
    expect(await linesAndDoors()).toEqual([
      ['', 'street', 0, null],
      ['1', 'street', 0, null],
      ['2', 'arcade', 0, null],
    ]);
    await put(
      'station',
      twoDoors(
        [{ id: 's-1' }],
        [
          { id: 's-1', line: '2' },
          { id: 's-1', line: '1' },
        ],
      ),
      LATER_MS,
    );
    expect(await linesAndDoors()).toEqual([
      ['', 'street', 0, null],
      ['1', 'street', 0, LATER_MS],
      ['2', 'arcade', 0, null],
      ['1', 'arcade', LATER_MS, null],
    ]);
  });

  test('a clock that was set back a little makes no place that ends before it begins, nor two at once', async () => {
    await put('station', twoDoors([{ id: 's-1' }], []));
    await put('station', twoDoors([], [{ id: 's-1' }]), LATER_MS);
    await put('station', twoDoors([{ id: 's-1' }], []), NOON_MS);
    expect((await places('s-1')).map(({ fromMs, untilMs }) => [fromMs, untilMs]).sort()).toEqual([
      [0, LATER_MS],
      [LATER_MS, null],
      [LATER_MS, LATER_MS],
    ]);
  });

  test('a sensor that another store names moves there with what it said; the other store no longer has it', async () => {
    await put('calle-mayor', twoDoors([{ id: 's-1' }], [{ id: 's-2' }]));
    await save(heard());
    const before = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    await put('station', gate({ id: 's-1', flipped: true }), LATER_MS);
    await database.tx(async (tx) => {
      const [mayor, station] = await tx.counting.readStores(['station', 'calle-mayor']);
      expect(mayor?.doors.map((door) => door.sensors.map(({ id }) => id))).toEqual([[], ['s-2']]);
      expect(mayor).toMatchObject({ revision: (before[0]?.revision ?? 0) + 1, push: { due: true } });
      expect(station?.doors[0]?.sensors).toEqual([
        {
          id: 's-1',
          heardUntilMs: NOON_MS,
          skewMs: 5,
          implausibleAtMs: 4,
          rejected: { sinceMs: 5, times: 6 },
        },
      ]);
      expect(await tx.structure.storeDescription('calle-mayor')).toEqual(twoDoors([], [{ id: 's-2' }]));
      expect(await tx.counting.sensorStates(['s-1'])).toEqual([heard()]);
    });
  });

  test('a sensor that had no place for a time begins at the totals that it tells next', async () => {
    await put('station', gate({ id: 's-1' }));
    await save(heard());
    await put('station', gate(), LATER_MS);
    expect(await remembered()).toEqual(heard());
    await put('station', gate({ id: 's-1' }), MUCH_LATER_MS);
    expect(await remembered()).toEqual(heard({ counters: [], heardUntilMs: null }));
  });

  test('so does a line of it that had none, and no other', async () => {
    await put('station', gate({ id: 's-1', line: '1' }));
    await save(heard({ counters: [counted('1', 5), counted('2', 6)] }));
    await put('station', gate({ id: 's-1', line: '1' }, { id: 's-1', line: '2' }), LATER_MS);
    expect(await remembered()).toEqual(heard({ counters: [counted('1', 5)] }));
  });

  test('a line that gets a place of its own had one before, where all lines had one', async () => {
    await put('station', gate({ id: 's-1' }));
    const state = heard({ counters: [counted('1', 5), counted('2', 6)] });
    await save(state);
    await put('station', gate({ id: 's-1', line: '1' }), LATER_MS);
    expect(await remembered()).toEqual(state);
  });

  test('of a sensor that was moved again and again the newest hundred places are told, the lasting one of a line among them', async () => {
    await put('station', gate({ id: 's-1', line: 'fixed' }));
    for (let move = 1; move <= 101; move += 1) {
      const sensors = [
        { id: 's-1', line: 'fixed' },
        { id: 's-1', flipped: move % 2 === 0 },
      ];
      await put('station', gate(...sensors), NOON_MS + move);
    }
    const known = await places('s-1');
    expect(known).toHaveLength(100);
    expect(known.find(({ line }) => line === 'fixed')).toMatchObject({ fromMs: 0, untilMs: null });
    expect(Math.max(...known.map(({ fromMs }) => fromMs))).toBe(NOON_MS + 101);
    expect(known.map(({ fromMs }) => fromMs)).not.toContain(NOON_MS + 2);
  });

  test('a sensor speaks as its store says now; one line of known make says it of all', async () => {
    await put('station', gate({ id: 's-1', model: 'axis' }, { id: 's-2' }));
    await put(
      'station',
      gate({ id: 's-1' }, { id: 's-3', line: '1' }, { id: 's-3', line: '2', model: 'xovis' }),
    );
    const models = await database.tx((tx) => tx.structure.modelsOf(['s-1', 's-2', 's-3', 'nowhere']));
    expect(models.toSorted((a, b) => (a.sensorId < b.sensorId ? -1 : 1))).toEqual([
      { sensorId: 's-1', model: 'auto' },
      { sensorId: 's-3', model: 'xovis' },
    ]);
  });
});
