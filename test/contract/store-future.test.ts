import { expect, test } from 'vitest';
import type { CorrectionRecord } from '../../cloud/contracts/correction.ts';
import { type SensorState, unheardSensor } from '../../cloud/domain/sensor-state.ts';
import type { StoreState } from '../../cloud/domain/store-state.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const DAY_MS = 24 * 3_600_000;
/** What the clock said that ran a day ahead. */
const AHEAD_MS = NOON_MS + DAY_MS;
const EVER_MS = NOON_MS * 2;

onBothEngines('a clock that ran ahead and was set right', (database) => {
  const put = (storeId: string, description: ReturnType<typeof calleMayor>, nowMs = NOON_MS) =>
    database.tx((tx) => tx.structure.putStore(storeId, description, { today, nowMs }));
  const forget = () => database.tx((tx) => tx.pushing.forgetFuture(NOON_MS));
  const read = async () => {
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    if (state === undefined) throw new Error('the store is lost');
    return state;
  };

  /** Told at that moment, and looked at. */
  async function tell(atMs: number, difference: Partial<StoreState> = {}): Promise<void> {
    const push = { sentAtMs: atMs, proofSentAtMs: atMs, due: false };
    const after = { ...(await read()), push, reviewAtMs: EVER_MS, nextResetAtMs: EVER_MS, ...difference };
    await database.tx((tx) => tx.counting.saveStoreStates([after]));
  }

  /** A correction as it is made: on record, in the history, and in the count. */
  async function correct(kind: CorrectionRecord['kind'], to: number, atMs: number, by: string | null) {
    const state = await read();
    const [zone] = state.zones;
    if (zone === undefined) throw new Error('a store has a zone');
    const before = zone.rawCount;
    const spot = { storeId: 'calle-mayor', zoneId: zone.id, atMs };
    await database.tx(async (tx) => {
      const record = { ...spot, kind, people: to, before, after: to, madeAtMs: atMs, by, why: '' };
      await tx.history.addCorrections([record]);
      await tx.counting.addAdjustments([{ ...spot, people: to - before }]);
      const baselineAtMs = kind === 'add' ? zone.baselineAtMs : atMs;
      await tx.counting.saveStoreStates([{ ...state, zones: [{ ...zone, rawCount: to, baselineAtMs }] }]);
    });
  }

  /** The count, and what the history says that it is made of: they are the same. */
  async function count(): Promise<number> {
    const { zones } = await read();
    const { inside, adjusted } = await database.tx(async (tx) => {
      const steps = await tx.counting.flowsOf('calle-mayor', 0, EVER_MS);
      const minutes = await tx.history.zoneMinutes('calle-mayor', 0, EVER_MS);
      const sum = (people: readonly number[]) => people.reduce((a, b) => a + b, 0);
      return {
        inside: sum(steps.map((step) => step.in - step.out + step.adjusted)),
        adjusted: sum(minutes.map(({ people }) => people)) - sum(steps.map((step) => step.adjusted)),
      };
    });
    expect(adjusted).toBe(0);
    expect(inside).toBe(zones[0]?.rawCount);
    return inside;
  }

  test('a store that was told in that time is told again and looked at; one told a moment ago is not', async () => {
    await put('calle-mayor', calleMayor());
    await tell(NOON_MS + 60_000);
    const before = await read();
    await forget();
    expect(await read()).toEqual(before);
    await tell(NOON_MS + 60_001);
    await forget();
    expect(await read()).toEqual({
      ...before,
      push: { sentAtMs: null, proofSentAtMs: null, due: true },
      nextResetAtMs: null,
      reviewAtMs: 0,
    });
    await tell(NOON_MS);
    const settled = await read();
    await forget();
    expect(await read()).toEqual(settled);
  });

  test('a daily reset of that time is undone, and is not on record; the count is back', async () => {
    await put('calle-mayor', calleMayor());
    await correct('set', 50, NOON_MS - 600_000, 'Zoë');
    await correct('reset', 0, AHEAD_MS - 1, null);
    await tell(AHEAD_MS);
    expect(await count()).toBe(0);
    const { revision } = await read();
    await forget();
    expect(await count()).toBe(50);
    expect(await read()).toMatchObject({
      revision: revision + 1,
      zones: [{ baselineAtMs: NOON_MS - 600_000 }],
      nextResetAtMs: null,
    });
    const records = await database.tx((tx) => tx.history.corrections('calle-mayor', 9));
    expect(records.map(({ kind }) => kind)).toEqual(['set']);
  });

  test('so are several of them, and who passed since and was thought to have passed before counts', async () => {
    await put('calle-mayor', calleMayor());
    await correct('add', 20, NOON_MS - 1, 'Zoë');
    await correct('reset', 3, AHEAD_MS - 3_600_000, null);
    await correct('reset', 0, AHEAD_MS, null);
    const passage = { storeId: 'calle-mayor', doorId: 'street', street: true, atMs: NOON_MS, in: 4, out: 0 };
    await database.tx(async (tx) => {
      await tx.counting.addFlows([passage]);
      await tx.counting.addAdjustments([
        { storeId: 'calle-mayor', zoneId: 'store', atMs: AHEAD_MS, people: -4 },
      ]);
    });
    expect(await count()).toBe(0);
    await forget();
    expect(await count()).toBe(24);
    expect((await read()).zones[0]?.baselineAtMs).toBeNull();
  });

  test('what a person put right in that time stays, and who passes from now on counts on top', async () => {
    await put('calle-mayor', calleMayor());
    await correct('reset', 0, AHEAD_MS, null);
    await correct('set', 7, AHEAD_MS + 1, 'Zoë');
    await correct('add', 9, AHEAD_MS + 120_000, 'Zoë');
    await tell(AHEAD_MS);
    await forget();
    expect(await count()).toBe(9);
    expect((await read()).zones[0]?.baselineAtMs).toBeNull();
    const records = await database.tx((tx) => tx.history.corrections('calle-mayor', 9));
    expect(records.map(({ kind }) => kind)).toEqual(['add', 'set']);
  });

  test('a reset is found although nobody was told, and only once', async () => {
    await put('calle-mayor', calleMayor());
    await correct('add', 5, NOON_MS, 'Zoë');
    await correct('reset', 0, AHEAD_MS, null);
    await tell(NOON_MS);
    await forget();
    expect(await count()).toBe(5);
    await tell(NOON_MS);
    const settled = await read();
    await forget();
    expect(await read()).toEqual(settled);
  });

  test('a zone that is measured keeps what its sensors said', async () => {
    const zones = [{ id: 'hall', name: 'Hall', sensors: [{ id: 'above' }] }];
    await put('calle-mayor', calleMayor({ zones }));
    const hall = { storeId: 'calle-mayor', zoneId: 'hall', atMs: AHEAD_MS };
    await database.tx((tx) => tx.counting.addAdjustments([{ ...hall, people: 6 }]));
    const state = await read();
    const measured = state.zones.map((zone) => ({ ...zone, rawCount: 6, baselineAtMs: AHEAD_MS }));
    await tell(AHEAD_MS, { zones: measured });
    await forget();
    expect(await count()).toBe(6);
    expect((await read()).zones[0]?.baselineAtMs).toBeNull();
  });

  test('a sensor that was heard in that time was not heard so far, and goes on from its totals', async () => {
    const counter = {
      line: '',
      boot: 'b1',
      previousBoot: null,
      sequence: 3,
      totalIn: 9,
      totalOut: 8,
      people: 0,
      atMs: AHEAD_MS,
    };
    const heard: SensorState = {
      ...unheardSensor('street-1'),
      heardUntilMs: AHEAD_MS,
      clock: {
        skewMs: 0,
        newestMs: AHEAD_MS,
        lagging: { sinceMs: AHEAD_MS, sinceDeviceMs: AHEAD_MS, leastMs: 1 },
      },
      counters: [counter, { ...counter, line: '2', atMs: NOON_MS - 1 }],
      implausibleAtMs: AHEAD_MS,
      rejected: { sinceMs: AHEAD_MS, times: 1 },
    };
    const quiet: SensorState = {
      ...heard,
      sensorId: 'arcade-1',
      heardUntilMs: NOON_MS,
      clock: { skewMs: 0, newestMs: NOON_MS, lagging: { sinceMs: NOON_MS, sinceDeviceMs: 1, leastMs: 1 } },
      counters: [],
      implausibleAtMs: NOON_MS,
      rejected: { sinceMs: NOON_MS, times: 1 },
    };
    await put('calle-mayor', calleMayor());
    await database.tx((tx) => tx.counting.saveSensorStates([heard, quiet]));
    await tell(AHEAD_MS);
    await forget();
    const states = await database.tx((tx) => tx.counting.sensorStates(['street-1', 'arcade-1']));
    expect(states.toSorted((a, b) => (a.sensorId < b.sensorId ? 1 : -1))).toEqual([
      {
        ...unheardSensor('street-1'),
        counters: [
          { ...counter, atMs: NOON_MS },
          { ...counter, line: '2', atMs: NOON_MS - 1 },
        ],
      },
      quiet,
    ]);
  });

  test('a sensor that was moved in that time is where it was moved to', async () => {
    const door = (sensors: readonly object[]) => [{ id: 'gate', name: 'Gate', sensors }];
    await put('station', calleMayor({ doors: door([{ id: 's-1' }]) }));
    await put('calle-mayor', calleMayor({ doors: door([{ id: 's-1' }]) }), AHEAD_MS);
    await tell(AHEAD_MS);
    await forget();
    const places = await database.tx((tx) => tx.structure.placementsOf(['s-1']));
    expect(places.map(({ storeId, fromMs, untilMs }) => [storeId, fromMs, untilMs]).toSorted()).toEqual([
      ['calle-mayor', NOON_MS, null],
      ['station', 0, NOON_MS],
    ]);
  });
});
