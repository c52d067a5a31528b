import { expect, test } from 'vitest';
import { type SensorState, unheardSensor } from '../../cloud/domain/sensor-state.ts';
import { FLOW_STEP_MS } from '../../cloud/domain/store-state.ts';
import type { DoorFlow } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const MINUTE_MS = 60_000;

const aKey = (key: string, sensorId = 'street-1') => ({ sensorId, key, atMs: NOON_MS });

const aFlow = (difference: Partial<DoorFlow>): DoorFlow => ({
  storeId: 'calle-mayor',
  doorId: 'street',
  startsAtMs: NOON_MS,
  in: 0,
  out: 0,
  ...difference,
});

onBothEngines('the ledger', (database) => {
  test('a reading is new once: the same key again is known, in the same list and in later ones', async () => {
    const list = [aKey('1'), aKey('2'), aKey('1'), aKey('1', 'arcade-1'), aKey('2')];
    await database.tx(async (tx) => {
      expect(await tx.counting.claimReadings(list)).toEqual([true, true, false, true, false]);
      expect(await tx.counting.claimReadings([aKey('2'), aKey('3')])).toEqual([false, true]);
    });
    expect(await database.tx((tx) => tx.counting.claimReadings([...list, aKey('4')]))).toEqual([
      ...list.map(() => false),
      true,
    ]);
    expect(await database.tx((tx) => tx.counting.claimReadings([]))).toEqual([]);
  });

  test('keys that differ only in characters a database may not like are different keys', async () => {
    const keys = ['s:\u0000:1', 's::1', 's:\\u0000:1', 's:\ud800:1', 's:\ufffd:1', 's:\'"%:1', 'S::1'];
    const claimed = await database.tx((tx) => tx.counting.claimReadings(keys.map((key) => aKey(key))));
    expect(claimed).toEqual(keys.map(() => true));
    const again = await database.tx((tx) => tx.counting.claimReadings(keys.map((key) => aKey(key))));
    expect(again).toEqual(keys.map(() => false));
  });

  test('of two transactions that claim the same readings at once, in whatever order, each reading is new to one', async () => {
    const store = await database.open();
    const keys = Array.from({ length: 40 }, (_, index) => aKey(`s:b1:${index}`));
    const claimed = await Promise.all(
      [keys, keys.toReversed()].map((list) =>
        store.transaction((tx) => tx.counting.claimReadings(list).then((news) => news.map(Number))),
      ),
    );
    const [forward = [], backward = []] = claimed;
    expect(forward.map((isNew, index) => isNew + (backward.at(-1 - index) ?? 0))).toEqual(keys.map(() => 1));
  });

  test('five thousand readings in one batch are claimed', async () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => aKey(`s:b1:${index}`));
    const claimed = await database.tx((tx) => tx.counting.claimReadings([...keys, aKey('s:b1:17')]));
    expect(claimed.filter(Boolean)).toHaveLength(5_000);
    expect(claimed.at(-1)).toBe(false);
  });
});

onBothEngines('counting', (database) => {
  test('what is remembered of a sensor comes back as it was saved, and only of sensors that sent something', async () => {
    const heard: SensorState = {
      sensorId: 'street-1',
      boot: 'b\u0000ot \\ 7',
      previousBoot: 'b\u0000ot \\ 6',
      sequence: Number.MAX_SAFE_INTEGER,
      totalIn: 1_000_000,
      totalOut: 999_999,
      heardUntilMs: NOON_MS,
    };
    const blank = unheardSensor('arcade-1');
    await database.tx((tx) => tx.counting.saveSensorStates([heard, blank]));
    const later = {
      ...heard,
      boot: null,
      previousBoot: null,
      sequence: null,
      totalIn: 0,
      heardUntilMs: NOON_MS + 5,
    };
    await database.tx(async (tx) => {
      const states = await tx.counting.sensorStates(['street-1', 'arcade-1', 'never-1']);
      expect(states).toHaveLength(2);
      expect(states).toEqual(expect.arrayContaining([heard, blank]));
      await tx.counting.saveSensorStates([later]);
      expect(await tx.counting.sensorStates(['street-1'])).toEqual([later]);
    });
  });

  test('a door was heard until the least of its sensors, and never if one of them was never heard', async () => {
    const sensors = ['a', 'b'].map((id) => ({ id, flipped: false }));
    const doors = [
      { id: 'street', name: 'Street', sensors },
      { id: 'empty', name: 'Empty', sensors: [] },
    ];
    const heardUntil = async () => {
      const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
      return state?.doors.map((door) => door.heardUntilMs);
    };
    const hear = (sensorId: string, heardUntilMs: number | null) =>
      database.tx((tx) =>
        tx.counting.saveSensorStates([{ ...unheardSensor(sensorId), boot: 'b1', heardUntilMs }]),
      );
    await database.tx((tx) => tx.structure.putStore('calle-mayor', calleMayor({ doors }), today));
    await hear('a', NOON_MS + 9);
    expect(await heardUntil()).toEqual([null, null]);
    await hear('b', NOON_MS);
    expect(await heardUntil()).toEqual([NOON_MS, null]);
    await hear('b', NOON_MS + 20);
    expect(await heardUntil()).toEqual([NOON_MS + 9, null]);
    await hear('b', null);
    expect(await heardUntil()).toEqual([null, null]);
  });

  test('count, revision, day, push times and silence are kept; names and limits are left alone', async () => {
    await database.tx((tx) => tx.structure.putStore('calle-mayor', calleMayor(), today));
    const [before] = await database.tx((tx) => tx.counting.lockStores(['calle-mayor', 'unknown']));
    if (before === undefined) throw new Error('the store was just made');
    const kept = {
      ...before,
      rawCount: -7,
      revision: 99,
      today: { day: '2026-11-22', startsAtMs: 5, endsAtMs: 6 },
      push: { sentAtMs: 1, proofSentAtMs: 2, due: false },
      doors: before.doors.map((door) => ({ ...door, silent: door.id === 'street' })),
    };
    const limits = { soft: 1, hard: 2 };
    await database.tx((tx) =>
      tx.counting.saveStoreStates([{ ...kept, name: 'Other', limits, liveForMs: 1, timeZone: 'UTC' }]),
    );
    expect(await database.tx((tx) => tx.counting.lockStores(['calle-mayor']))).toEqual([kept]);
    const spoken = { ...kept, doors: kept.doors.map((door) => ({ ...door, silent: door.id === 'arcade' })) };
    await database.tx((tx) => tx.counting.saveStoreStates([spoken]));
    expect(await database.tx((tx) => tx.counting.readStores(['calle-mayor', 'unknown']))).toEqual([spoken]);
  });

  test('transactions that add to the same stores at once lose no update, whatever order they name them in', async () => {
    const store = await database.open();
    const storeIds = ['a', 'b', 'c'];
    await store.transaction(async (tx) => {
      for (const storeId of storeIds) await tx.structure.putStore(storeId, calleMayor({ doors: [] }), today);
    });
    const addOne = (ids: readonly string[]) =>
      store.transaction(async (tx) => {
        const states = await tx.counting.lockStores(ids);
        await tx.counting.saveStoreStates(
          states.map((state) => ({ ...state, rawCount: state.rawCount + 1 })),
        );
      });
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => addOne(index % 2 === 0 ? storeIds : storeIds.toReversed())),
    );
    const states = await store.transaction((tx) => tx.counting.readStores(storeIds));
    expect(states.map((state) => state.rawCount)).toEqual([30, 30, 30]);
  });
});

onBothEngines('the history', (database) => {
  test('passages add up in steps of a quarter of an hour over all doors, in order of time, empty steps left out', async () => {
    const next = NOON_MS + FLOW_STEP_MS;
    await database.tx((tx) =>
      tx.counting.addFlows([
        aFlow({ startsAtMs: next + FLOW_STEP_MS - 1, in: 1 }),
        aFlow({ startsAtMs: NOON_MS + 1, in: 2, out: 1 }),
        aFlow({ startsAtMs: NOON_MS + FLOW_STEP_MS - 1, in: 3, doorId: 'arcade' }),
        aFlow({ startsAtMs: NOON_MS, in: 50, storeId: 'station' }),
        aFlow({ startsAtMs: next + FLOW_STEP_MS }),
      ]),
    );
    await database.tx((tx) => tx.counting.addFlows([aFlow({ out: 4 }), aFlow({ startsAtMs: next, out: 1 })]));
    await database.tx((tx) => tx.counting.addFlows([]));
    expect(await database.tx((tx) => tx.counting.flowsOf('calle-mayor', 0, NOON_MS * 2))).toEqual([
      { startsAtMs: NOON_MS, in: 5, out: 5 },
      { startsAtMs: next, in: 1, out: 1 },
    ]);
  });

  test('a stretch of the history holds its first moment and not its last', async () => {
    const steps = [0, 1, 2, 3].map((index) => NOON_MS + index * FLOW_STEP_MS);
    await database.tx((tx) => tx.counting.addFlows(steps.map((startsAtMs) => aFlow({ startsAtMs, in: 1 }))));
    const [, second = 0, , fourth = 0] = steps;
    const flows = await database.tx((tx) => tx.counting.flowsOf('calle-mayor', second, fourth));
    expect(flows.map((flow) => flow.startsAtMs)).toEqual(steps.slice(1, 3));
  });

  test('a batch over many doors and minutes is added whole', async () => {
    const flows = Array.from({ length: 3_000 }, (_, index) =>
      aFlow({ startsAtMs: NOON_MS + index * MINUTE_MS, doorId: `door-${index % 7}`, in: 1, out: 2 }),
    );
    await database.tx((tx) => tx.counting.addFlows(flows));
    const kept = await database.tx((tx) => tx.counting.flowsOf('calle-mayor', 0, NOON_MS * 2));
    expect(kept).toHaveLength(200);
    expect(kept.every((flow) => flow.in === 15 && flow.out === 30)).toBe(true);
  });
});
