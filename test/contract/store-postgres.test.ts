import { expect, test } from 'vitest';
import type { Transaction } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onPostgres } from '../support/store-engines.ts';

const AT = { today: aStore().today, nowMs: NOON_MS };

onPostgres('many instances', (database) => {
  test('open a new database at once: each step is done once, and all know the same epoch', async () => {
    let clock = NOON_MS;
    const now = () => {
      clock += 1;
      return clock;
    };
    const stores = await Promise.all(Array.from({ length: 6 }, () => database.open(now)));
    expect(new Set(stores.map((store) => store.epoch)).size).toBe(1);
    const migrations = await database.sql('select number::int from migrations order by number');
    expect(migrations).toEqual(migrations.map((_, index) => ({ number: index + 1 })));
  });

  test('looking at a store does not wait for whoever holds it', async () => {
    const store = await database.open();
    await store.transaction((tx) => tx.structure.putStore('calle-mayor', calleMayor(), AT));
    await store.transaction(async (tx) => {
      await tx.counting.lockStores(['calle-mayor']);
      const seen = await store.transaction((other) => other.counting.readStores(['calle-mayor']));
      expect(seen).toHaveLength(1);
    });
  });

  test('two transactions that wait for each other in a circle both succeed in the end', async () => {
    const store = await database.open();
    const addOneTo = async (tx: Transaction, storeId: string) => {
      const states = await tx.counting.lockStores([storeId]);
      await tx.counting.saveStoreStates(states.map((state) => ({ ...state, revision: state.revision + 1 })));
    };
    await store.transaction(async (tx) => {
      for (const storeId of ['a', 'b']) {
        const doors = [{ id: 'street', name: 'Street', sensors: [{ id: `${storeId}-1` }] }];
        await tx.structure.putStore(storeId, calleMayor({ doors }), AT);
      }
    });
    let tries = 0;
    let holding = 0;
    const met = Promise.withResolvers<void>();
    const inOrder = (first: string, second: string) =>
      store.transaction(async (tx) => {
        tries += 1;
        await addOneTo(tx, first);
        holding += 1;
        if (holding === 2) met.resolve();
        await met.promise;
        await addOneTo(tx, second);
      });
    await Promise.all([inOrder('a', 'b'), inOrder('b', 'a')]);
    expect(tries).toBeGreaterThan(2);
    const states = await store.transaction((tx) => tx.counting.readStores(['a', 'b']));
    expect(states.map((state) => state.revision)).toEqual([1 + 2, 1 + 2]);
  });
});

onPostgres('a lost connection', (database) => {
  const cutAll = () =>
    database.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = current_setting('application_name') and pid <> pg_backend_pid()`,
    );

  test('in the middle of a transaction is an error with a cause; nothing is kept, and the next transaction works', async () => {
    const store = await database.open();
    const claim = (tx: Transaction, key: string) =>
      tx.counting.claimReadings([{ sensorId: 'street-1', key, enqueuedAtMs: NOON_MS }]);
    const cut = store.transaction(async (tx) => {
      await claim(tx, '1');
      await cutAll();
      await claim(tx, '2');
    });
    await expect(cut).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
      cause: expect.any(Error),
    });
    expect(await store.transaction((tx) => claim(tx, '1'))).toEqual([true]);
  });

  test('while nobody uses it is noticed by nobody', async () => {
    const store = await database.open();
    await cutAll();
    await expect.poll(() => store.transaction((tx) => tx.signs.countUnassigned()).catch(String)).toBe(0);
  });
});
