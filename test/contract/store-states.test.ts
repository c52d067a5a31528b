import { expect, test } from 'vitest';
import { type SensorState, unheardSensor } from '../../cloud/domain/sensor-state.ts';
import type { StoreState } from '../../cloud/domain/store-state.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const AT = { today: aStore().today, nowMs: NOON_MS };

onBothEngines('what is remembered of sensors', (database) => {
  test('comes back as it was saved, and only of sensors that sent something', async () => {
    const heard: SensorState = {
      sensorId: 'street-1',
      heardUntilMs: NOON_MS,
      clock: { skewMs: -7, newestMs: NOON_MS, lagging: { sinceMs: 1, sinceDeviceMs: 2, leastMs: 3 } },
      counters: [
        {
          line: 'li\u0000ne \ud800',
          boot: 'b\u0000ot \\ 7',
          previousBoot: null,
          sequence: Number.MAX_SAFE_INTEGER,
          totalIn: 1_000_000,
          totalOut: 999_999,
          people: 0,
          atMs: NOON_MS,
        },
      ],
      implausibleAtMs: NOON_MS,
      rejected: { sinceMs: NOON_MS, times: 3 },
    };
    const blank = unheardSensor('arcade-1');
    await database.tx((tx) => tx.counting.saveSensorStates([heard, blank]));
    const later = { ...heard, heardUntilMs: NOON_MS + 5, counters: [], rejected: null };
    await database.tx(async (tx) => {
      const states = await tx.counting.sensorStates(['street-1', 'arcade-1', 'never-1']);
      expect(states).toHaveLength(2);
      expect(states).toEqual(expect.arrayContaining([heard, blank]));
      await tx.counting.saveSensorStates([later]);
      expect(await tx.counting.sensorStates(['street-1'])).toEqual([later]);
    });
  });
});

onBothEngines('what is remembered of stores', (database) => {
  const read = async (): Promise<StoreState> => {
    const [state] = await database.tx((tx) => tx.counting.readStores(['calle-mayor']));
    if (state === undefined) throw new Error('the store was put');
    return state;
  };

  test('is all that counting changes; names and limits are left alone', async () => {
    await database.tx((tx) => tx.structure.putStore('calle-mayor', calleMayor(), AT));
    const before = await read();
    const counted: StoreState = {
      ...before,
      revision: 7,
      today: { day: '2026-11-22', startsAtMs: 1, endsAtMs: 2 },
      push: { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS + 1, due: false },
      zones: before.zones.map((zone) => ({ ...zone, rawCount: -3, baselineAtMs: NOON_MS })),
      doors: before.doors.map((door, index) => ({ ...door, silent: index === 1 })),
      levelState: { level: 'nearly', next: { level: 'full', sinceMs: NOON_MS } },
      alerts: [
        {
          type: 'full',
          source: 'store',
          severity: 'warn',
          place: {},
          phase: 'active',
          phaseSinceMs: 1,
          sinceMs: 2,
          askedAtMs: 3,
          times: 4,
          acknowledged: { by: 'Mara \u0000', atMs: 5 },
          shelved: { by: 'Ana \ud800', untilMs: NOON_MS, why: '\u0000' },
        },
      ],
      imbalancedDoors: ['street'],
      judgedDay: '2026-11-21',
      nextResetAtMs: NOON_MS + 9,
      opening: { open: true, changesAtMs: NOON_MS + 8, lookedAtMs: NOON_MS },
      hasDarkSign: true,
      reviewAtMs: NOON_MS + 10,
    };
    const renamed = { ...counted, name: 'Elsewhere', limits: { ...counted.limits, hard: 1 } };
    await database.tx((tx) => tx.counting.saveStoreStates([renamed]));
    expect(await read()).toEqual(counted);
  });

  test('loses no update when transactions count for the same stores at once, in whatever order they name them', async () => {
    const store = await database.open();
    const storeIds = ['a', 'b', 'c'];
    await store.transaction(async (tx) => {
      for (const id of storeIds) {
        const doors = [{ id: 'street', name: 'Street', sensors: [{ id: `${id}-1` }] }];
        await tx.structure.putStore(id, calleMayor({ doors }), AT);
      }
    });
    const countOne = (ids: readonly string[]) =>
      store.transaction(async (tx) => {
        const states = await tx.counting.lockStores(ids);
        await tx.counting.saveStoreStates(
          states.map((state) => ({
            ...state,
            zones: state.zones.map((zone) => ({ ...zone, rawCount: zone.rawCount + 1 })),
          })),
        );
      });
    await Promise.all(
      Array.from({ length: 20 }, (_, turn) => countOne(turn % 2 ? storeIds : storeIds.toReversed())),
    );
    const states = await store.look((tx) => tx.counting.readStores(storeIds));
    expect(states.map(({ zones }) => zones[0]?.rawCount)).toEqual([20, 20, 20]);
  });
});
