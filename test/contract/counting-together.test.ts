import { expect, test } from 'vitest';
import { loadSnapshot } from '../../cloud/functions/tell-stores.ts';
import type { Store, Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines, onPostgres } from '../support/store-engines.ts';

const withSensor = (id: string) =>
  calleMayor({ doors: [{ id: 'street', name: 'Street', sensors: [{ id, flipped: false }] }] });

/** The store, with `change` made to the records of each transaction that writes. */
const storeWith = (store: Store, change: (tx: Transaction) => Transaction): Store => ({
  ...store,
  transaction: <T>(work: (tx: Transaction) => Promise<T>) => store.transaction((tx) => work(change(tx))),
});

onBothEngines('counting and flushing together', (database) => {
  test('each transaction of a flush locks stores in order of id, so that no batch and no flush wait in a circle', async () => {
    const store = await database.open();
    let nowMs = NOON_MS;
    const now = () => nowMs;
    const cloud = cloudOn(store, { now });
    await cloud.keep('aaa', withSensor('a-1'));
    await cloud.keep('zzz', withSensor('z-1'));
    await cloud.say({ sensorId: 'a-1', body: {} }, { sensorId: 'z-1', body: {} });
    await cloud.flush();
    // By now zzz is silent, and the proof of aaa is old.
    nowMs += 91_000;
    await cloud.say({ sensorId: 'a-1', body: {} });
    nowMs += 31_000;
    const locked: string[][] = [];
    const watched = storeWith(store, (tx) => {
      const mine: string[] = [];
      locked.push(mine);
      const lockStores = (storeIds: readonly string[]) => {
        mine.push(...storeIds.toSorted());
        return tx.counting.lockStores(storeIds);
      };
      return { ...tx, counting: { ...tx.counting, lockStores } };
    });
    await cloudOn(watched, { now }).flush();
    expect(new Set(locked.flat())).toEqual(new Set(['aaa', 'zzz']));
    for (const storeIds of locked) expect(storeIds).toEqual(storeIds.toSorted());
  });
});

onPostgres('counting while others look and change', (database) => {
  test('a sign that pulls while a batch is counted sees the count and the day’s sums of one moment', async () => {
    const store = await database.open();
    const cloud = cloudOn(store);
    await cloud.keep('calle-mayor', calleMayor());
    await cloud.say({ body: { in: 1 } });
    const { content } = await store.look(async (tx) => {
      const [state] = await tx.counting.readStores(['calle-mayor']);
      if (state === undefined) throw new Error('the store was just made');
      await cloud.say({ body: { in: 1 } });
      return loadSnapshot(tx, state, store.epoch, NOON_MS);
    });
    expect(content).toMatchObject({ count: 1, today: { in: 1 } });
    expect((await cloud.shown('calle-mayor')).content).toMatchObject({ count: 2, today: { in: 2 } });
  });

  test('a sensor that is moved while a batch waits is counted where it is by then, and once', async () => {
    const store = await database.open();
    const cloud = cloudOn(store);
    await cloud.keep('old', withSensor('moving-1'));
    await cloud.keep('new', withSensor('other-1'));
    const looked = Promise.withResolvers<void>();
    const moved = Promise.withResolvers<void>();
    const late = storeWith(store, (tx) => {
      const placementsOf = async (sensorIds: readonly string[]) => {
        const placements = await tx.structure.placementsOf(sensorIds);
        looked.resolve();
        await moved.promise;
        return placements;
      };
      return { ...tx, structure: { ...tx.structure, placementsOf } };
    });
    const waiting = cloudOn(late).say({ sensorId: 'moving-1', body: { in: 5 } });
    await looked.promise;
    await cloud.keep('old', withSensor('spare-1'));
    await cloud.keep('new', withSensor('moving-1'));
    moved.resolve();
    await waiting;
    expect((await cloud.shown('old')).content.count).toBe(0);
    expect((await cloud.shown('new')).content.count).toBe(5);
  });
});
