import { expect, test } from 'vitest';
import { type CounterState, unheardSensor } from '../../cloud/domain/sensor-state.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const SET_MS = NOON_MS - 60_000;
/** Not on a minute: what is adjusted stands in the minute that it is of. */
const PUT_MS = NOON_MS + 90_000;
const PUT_MINUTE_MS = NOON_MS + 60_000;

const hall = { id: 'hall', name: 'Hall' };
const bar = { id: 'bar', name: 'Bar' };
const measured = (zone: object, ...lines: (string | undefined)[]) => ({
  ...zone,
  sensors: lines.map((line) => ({ id: 'above', line })),
});
const withZones = (...zones: object[]) => calleMayor({ zones });

const counter = (line: string, people: number): CounterState => ({
  line,
  boot: null,
  previousBoot: null,
  sequence: null,
  totalIn: 0,
  totalOut: 0,
  people,
  atMs: NOON_MS,
});

onBothEngines('zones of a store', (database) => {
  const put = (description: ReturnType<typeof calleMayor>, storeId = 'calle-mayor') =>
    database.tx((tx) => tx.structure.putStore(storeId, description, { today, nowMs: PUT_MS }));
  const states = () => database.tx((tx) => tx.counting.readStores(['calle-mayor']));
  const counts = async () =>
    Object.fromEntries((await states())[0]?.zones.map((zone) => [zone.id, zone.rawCount]) ?? []);

  /** As described, with so many in its zones, all set a minute before noon. */
  async function keep(description: ReturnType<typeof calleMayor>, people: Readonly<Record<string, number>>) {
    await put(description);
    await database.tx(async (tx) => {
      const stores = await tx.counting.lockStores(['calle-mayor']);
      const counted = stores.map((store) => ({
        ...store,
        zones: store.zones.map((zone) => ({
          ...zone,
          rawCount: people[zone.id] ?? 0,
          baselineAtMs: SET_MS,
        })),
      }));
      await tx.counting.saveStoreStates(counted);
    });
  }

  /** What the history says was changed by it: of each zone, and of the store. */
  const adjusted = () =>
    database.tx(async (tx) => {
      const minutes = await tx.history.zoneMinutes('calle-mayor', NOON_MS, NOON_MS + 600_000);
      expect(minutes.every(({ minuteMs }) => minuteMs === PUT_MINUTE_MS)).toBe(true);
      const zones = minutes.filter(({ people }) => people !== 0);
      const steps = await tx.counting.flowsOf('calle-mayor', NOON_MS, NOON_MS + 600_000);
      const store = steps.reduce((sum, step) => sum + step.adjusted, 0);
      return { ...Object.fromEntries(zones.map(({ zoneId, people }) => [zoneId, people])), store };
    });

  test('who was in a zone that is gone is in the first one, now and in the history; the store has as many', async () => {
    await keep(withZones(hall, bar), { hall: 5, bar: 7 });
    await put(withZones({ id: 'cellar', name: 'Cellar' }, hall));
    expect(await counts()).toEqual({ cellar: 7, hall: 5 });
    expect(await adjusted()).toEqual({ bar: -7, cellar: 7, store: 0 });
  });

  test('a store that is divided keeps its count in its first zone, and when it is one again, all of it', async () => {
    await keep(calleMayor(), { store: 9 });
    await put(withZones(hall, bar));
    expect(await counts()).toEqual({ hall: 9, bar: 0 });
    await put(calleMayor());
    expect(await counts()).toEqual({ store: 9 });
    expect(await adjusted()).toEqual({ store: 0 });
  });

  test('a new part of a store was set when the store was', async () => {
    await keep(calleMayor(), { store: 9 });
    await put(withZones(hall, bar));
    expect((await states())[0]?.zones.map((zone) => zone.baselineAtMs)).toEqual([SET_MS, SET_MS]);
  });

  test('an added zone is empty, and nothing is moved', async () => {
    await keep(withZones(hall), { hall: 5 });
    await put(withZones(bar, hall));
    expect(await counts()).toEqual({ bar: 0, hall: 5 });
    expect((await states())[0]?.zones.map((zone) => zone.baselineAtMs)).toEqual([null, SET_MS]);
    expect(await adjusted()).toEqual({ store: 0 });
  });

  test('a zone that gets sensors of its own begins at nobody', async () => {
    await keep(withZones(hall, bar), { hall: 5, bar: 7 });
    await put(withZones(hall, measured(bar, undefined)));
    expect(await counts()).toEqual({ hall: 5, bar: 0 });
    expect(await adjusted()).toEqual({ bar: -7, store: -7 });
  });

  test('a zone whose set of sensors changes begins at nobody; those that look elsewhere go on', async () => {
    await keep(withZones(measured(hall, '1'), measured(bar, '2')), { hall: 5, bar: 7 });
    const state = { ...unheardSensor('above'), heardUntilMs: NOON_MS };
    await database.tx((tx) =>
      tx.counting.saveSensorStates([{ ...state, counters: [counter('1', 5), counter('2', 7)] }]),
    );
    await put(withZones(measured(hall, '1', '3'), measured(bar, '2')));
    expect(await counts()).toEqual({ hall: 0, bar: 7 });
    expect(await adjusted()).toEqual({ hall: -5, store: -5 });
    const [after] = await database.tx((tx) => tx.counting.sensorStates(['above']));
    expect(after).toEqual({ ...state, counters: [counter('1', 0), counter('2', 7)] });
  });

  test('the same sensors in another order, or of another make, change nothing', async () => {
    await keep(withZones(measured(hall, '1', '2')), { hall: 5 });
    const sensors = [
      { id: 'above', line: '2' },
      { id: 'above', line: '1', model: 'xovis' },
    ];
    await put(withZones({ ...hall, sensors }));
    expect(await counts()).toEqual({ hall: 5 });
  });

  test('a zone that loses its sensors keeps its count; its doors go on from there', async () => {
    await keep(withZones(measured(hall, undefined), bar), { hall: 5, bar: 7 });
    await put(withZones(hall, bar));
    expect(await counts()).toEqual({ hall: 5, bar: 7 });
  });

  test('who was in a zone that is gone never goes to one that is measured: its sensors see them', async () => {
    await keep(withZones(measured(hall, undefined), bar, { id: 'cellar', name: 'Cellar' }), {
      hall: 5,
      cellar: 2,
    });
    await put(withZones(measured(hall, undefined), bar));
    expect(await counts()).toEqual({ hall: 5, bar: 2 });
    await put(withZones(measured(hall, undefined)));
    expect(await counts()).toEqual({ hall: 5 });
    expect(await adjusted()).toEqual({ cellar: -2, store: -2 });
  });

  test('a zone that loses one of its sensors to another store begins at nobody', async () => {
    const sensors = [{ id: 'above' }, { id: 'beside' }];
    await keep(withZones({ ...hall, sensors }), { hall: 5 });
    await database.tx((tx) =>
      tx.counting.saveSensorStates([
        { ...unheardSensor('above'), heardUntilMs: NOON_MS, counters: [counter('', 3)] },
      ]),
    );
    const doors = [{ id: 'gate', name: 'Gate', sensors: [{ id: 'beside' }] }];
    await put(calleMayor({ doors }), 'station');
    expect(await counts()).toEqual({ hall: 0 });
    expect(await adjusted()).toEqual({ hall: -5, store: -5 });
    const [above] = await database.tx((tx) => tx.counting.sensorStates(['above']));
    expect(above).toMatchObject({ heardUntilMs: NOON_MS, counters: [{ people: 0, atMs: NOON_MS }] });
  });
});
