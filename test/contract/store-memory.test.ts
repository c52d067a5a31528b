import { expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../cloud/contracts/store-description.ts';
import { unheardSensor } from '../../cloud/domain/sensor-state.ts';
import { FLOW_STEP_MS } from '../../cloud/domain/store-state.ts';
import type { Store } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const STORE = 'calle-mayor';

const putStore = (store: Store, name: string, door = 'street') =>
  store.transaction((tx) =>
    tx.structure.putStore(
      STORE,
      storeDescriptionSchema.parse({
        name,
        timeZone: 'Europe/Madrid',
        limits: { soft: 52, hard: 60 },
        storeGroups: [STORE],
        doors: [{ id: door, name: 'Street', sensors: [{ id: 'street-1' }] }],
      }),
      { today: aStore().today, nowMs: NOON_MS },
    ),
  );

const read = (store: Store) =>
  store.look(async (tx) => {
    const [state] = await tx.counting.readStores([STORE]);
    const [sensor] = await tx.counting.sensorStates(['street-1']);
    const places = await tx.structure.placementsOf(['street-1']);
    const lasting = places.find(({ untilMs }) => untilMs === null)?.spot;
    return {
      name: state?.name,
      revision: state?.revision,
      heardUntilMs: sensor?.heardUntilMs,
      watchedUntilMs: state?.doors[0]?.sensors[0]?.heardUntilMs,
      door: lasting?.kind === 'door' ? lasting.doorId : undefined,
    };
  });

/** To the last detail: what one has only written, the other reads from its columns. */
const all = (store: Store) =>
  store.look(async (tx) => ({
    stores: await tx.counting.readStores([STORE]),
    sensors: await tx.counting.sensorStates(['street-1']),
    places: await tx.structure.placementsOf(['street-1']),
    models: await tx.structure.modelsOf(['street-1']),
  }));

const hear = (store: Store, heardUntilMs: number) =>
  store.transaction((tx) => tx.counting.saveSensorStates([{ ...unheardSensor('street-1'), heardUntilMs }]));

async function count(store: Store, revision: number): Promise<void> {
  await store.transaction(async (tx) => {
    const states = await tx.counting.lockStores([STORE]);
    await tx.counting.saveStoreStates(states.map((state) => ({ ...state, revision })));
  });
}

onBothEngines('what is known of the last batch', (database) => {
  test('is what another process has made of it since', async () => {
    const [one, other] = [await database.open(), await database.open()];
    await putStore(one, 'Calle Mayor');
    await hear(one, 1);
    await count(one, 10);
    expect(await all(other)).toEqual(await all(one));

    await putStore(other, 'Gran Vía', 'yard');
    await hear(other, 2);
    await count(other, 20);
    const after = { name: 'Gran Vía', revision: 20, heardUntilMs: 2, watchedUntilMs: 2, door: 'yard' };
    expect(await read(one)).toEqual(after);

    await count(one, 21);
    expect(await read(other)).toEqual({ ...after, revision: 21 });
  });

  test('is as it was where a transaction came to nothing', async () => {
    const store = await database.open();
    await putStore(store, 'Calle Mayor');
    await hear(store, 1);
    await count(store, 10);
    const before = await read(store);
    const failed = store.transaction(async (tx) => {
      const states = await tx.counting.lockStores([STORE]);
      await tx.counting.saveStoreStates(states.map((state) => ({ ...state, revision: 99 })));
      await tx.counting.saveSensorStates([{ ...unheardSensor('street-1'), heardUntilMs: 99 }]);
      expect((await tx.counting.readStores([STORE]))[0]).toMatchObject({ revision: 99 });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await read(store)).toEqual(before);
  });

  test('is what its owner makes of it', async () => {
    const store = await database.open();
    await putStore(store, 'Calle Mayor');
    await read(store);
    await putStore(store, 'Gran Vía', 'yard');
    expect(await read(store)).toMatchObject({ name: 'Gran Vía', door: 'yard' });
  });

  test('is, of the steps of a day, what was added by whomever, and what upkeep has left', async () => {
    const [one, other] = [await database.open(), await database.open()];
    const add = (store: Store, atMs: number) =>
      store.transaction((tx) =>
        tx.counting.addFlows([{ storeId: STORE, doorId: 'street', street: true, atMs, in: 1, out: 0 }]),
      );
    const steps = async (store: Store, fromMs = 0) => {
      const flows = await store.look((tx) => tx.counting.flowsOf(STORE, fromMs, 2 * NOON_MS));
      return flows.map((flow) => [flow.startsAtMs - NOON_MS, flow.in]);
    };
    await add(one, NOON_MS);
    expect(await steps(one)).toEqual([[0, 1]]);
    await add(one, NOON_MS + FLOW_STEP_MS);
    await add(one, NOON_MS);
    const all = [
      [0, 2],
      [FLOW_STEP_MS, 1],
    ];
    expect([await steps(one), await steps(other)]).toEqual([all, all]);
    expect(await steps(one, NOON_MS + 1)).toEqual([[FLOW_STEP_MS, 1]]);
    await add(other, NOON_MS + FLOW_STEP_MS);
    expect(await steps(one)).toEqual([
      [0, 2],
      [FLOW_STEP_MS, 2],
    ]);
    await one.transaction((tx) =>
      tx.upkeep.prune({
        ledgerBeforeMs: 0,
        rejectedBeforeMs: 0,
        connectionsBeforeMs: 0,
        historyBeforeMs: NOON_MS + 1,
        limit: 10,
      }),
    );
    expect(await steps(one)).toEqual([[FLOW_STEP_MS, 2]]);
  });
});
