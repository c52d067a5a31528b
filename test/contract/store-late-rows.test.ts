import { expect, test } from 'vitest';
import { unheardSensor } from '../../cloud/domain/sensor-state.ts';
import type { Store, Transaction } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onSqlite } from '../support/store-engines.ts';

const STORE = 'calle-mayor';
const AT = { today: aStore().today, nowMs: NOON_MS };

/** One person through the door, as a batch counts them: false where that reading is known. */
async function count(tx: Transaction, key: string): Promise<boolean> {
  const [isNew = false] = await tx.counting.claimReadings([
    { sensorId: 'street-1', key, enqueuedAtMs: NOON_MS },
  ]);
  if (!isNew) return false;
  const [state] = await tx.counting.lockStores([STORE]);
  if (state === undefined) throw new Error('the store was put');
  const zones = state.zones.map((zone) => ({ ...zone, rawCount: zone.rawCount + 1 }));
  await tx.counting.saveSensorStates([{ ...unheardSensor('street-1'), heardUntilMs: NOON_MS }]);
  await tx.counting.addFlows([
    { storeId: STORE, doorId: 'street', street: true, atMs: NOON_MS, in: 1, out: 0 },
  ]);
  await tx.counting.saveStoreStates([{ ...state, zones, revision: state.revision + 1 }]);
  return true;
}

/** All that counting has made, each by another way. */
const counted = (store: Store) =>
  store.look(async (tx) => {
    const [state] = await tx.counting.readStores([STORE]);
    const [sensor] = await tx.counting.sensorStates(['street-1']);
    return {
      count: state?.zones[0]?.rawCount,
      heardUntilMs: sensor?.heardUntilMs,
      minutes: (await tx.history.doorMinutes(STORE, 0, 2 * NOON_MS)).map((minute) => minute.in),
      steps: (await tx.counting.flowsOf(STORE, 0, 2 * NOON_MS)).map((step) => step.in),
    };
  });
const people = (number: number) => ({
  count: number,
  heardUntilMs: NOON_MS,
  minutes: [number],
  steps: [number],
});

onSqlite('rows on their way into their tables', (database) => {
  const rowsIn = async (table: string) => (await database.sql(`select 1 from ${table}`)).length;
  const opened = async () => {
    const store = await database.open();
    await store.transaction((tx) => tx.structure.putStore(STORE, calleMayor(), AT));
    return store;
  };

  test('are in the journal once they are committed, and there for whoever asks', async () => {
    const store = await opened();
    await store.transaction((tx) => count(tx, '1'));
    expect(await rowsIn('ledger')).toBe(0);
    expect(await rowsIn('late_rows')).toBe(5);
    expect(await counted(store)).toEqual(people(1));
    expect(await store.transaction((tx) => count(tx, '1'))).toBe(false);
  });

  test('arrive for the next program where the one before was killed, and once only', async () => {
    const killed = await opened();
    for (const key of ['1', '2', '3']) await killed.transaction((tx) => count(tx, key));
    const next = await database.open();
    expect(await next.transaction((tx) => count(tx, '2'))).toBe(false);
    expect(await counted(next)).toEqual(people(3));
    expect(await rowsIn('late_rows')).toBe(0);
    expect(await next.transaction((tx) => count(tx, '4'))).toBe(true);
    // It was not killed after all.
    expect(await killed.transaction((tx) => count(tx, '4'))).toBe(false);
    expect(await counted(killed)).toEqual(people(4));
    expect(await rowsIn('ledger')).toBe(4);
  });

  test('that another program has found in the journal are not brought once more by a program that ends', async () => {
    const ending = await opened();
    await ending.transaction((tx) => count(tx, '1'));
    const next = await database.open();
    expect(await counted(next)).toEqual(people(1));
    await ending.close();
    expect(await counted(next)).toEqual(people(1));
  });

  test('that have arrived at one table only are exact in all of them after a crash', async () => {
    const killed = await opened();
    await killed.transaction((tx) => count(tx, '1'));
    await killed.transaction((tx) => tx.history.doorMinutes(STORE, 0, NOON_MS));
    expect([await rowsIn('minute_flows'), await rowsIn('ledger')]).toEqual([1, 0]);
    await killed.transaction((tx) => count(tx, '2'));
    const next = await database.open();
    expect(await counted(next)).toEqual(people(2));
  });

  test('come to nothing with their transaction, and those before them stay', async () => {
    const store = await opened();
    await store.transaction((tx) => count(tx, '1'));
    const failed = store.transaction(async (tx) => {
      await count(tx, '2');
      await tx.history.doorMinutes(STORE, 0, NOON_MS);
      await count(tx, '3');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await counted(store)).toEqual(people(1));
    expect(await store.transaction((tx) => count(tx, '2'))).toBe(true);
    expect(await counted(store)).toEqual(people(2));
  });

  test('do not wait for ever: after some batches all of them arrive', async () => {
    const store = await opened();
    const left: number[] = [];
    for (let key = 0; key < 70; key += 1) {
      await store.transaction((tx) => count(tx, `${key}`));
      left.push(await rowsIn('late_rows'));
    }
    expect(Math.max(...left)).toBeLessThan(70 * 5);
    expect(left).toContain(0);
    expect(await counted(store)).toEqual(people(70));
  });

  test('have arrived when the store is closed', async () => {
    const store = await opened();
    await store.transaction((tx) => count(tx, '1'));
    await store.close();
    expect([await rowsIn('ledger'), await rowsIn('late_rows')]).toEqual([1, 0]);
  });
});
