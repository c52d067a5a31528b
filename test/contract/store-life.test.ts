import { expect, test } from 'vitest';
import { openStore } from '../../cloud/store/open-store.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const claim = (tx: Transaction, key: string) =>
  tx.counting.claimReadings([{ sensorId: 'street-1', key, enqueuedAtMs: NOON_MS }]).then(([isNew]) => isNew);

onBothEngines('a store', (database) => {
  test('work that throws leaves nothing behind, and its own error comes out', async () => {
    const store = await database.open();
    const failure = new Error('the work failed');
    const failed = store.transaction(async (tx) => {
      await claim(tx, '1');
      const message = { messageKey: 'm1', enqueuedAtMs: NOON_MS, contentType: null };
      const rejection = { sensorId: 'street-1', reason: 'not-json', detail: '', body: new Uint8Array([1]) };
      await tx.rejected.keep([{ ...rejection, ...message }], NOON_MS);
      throw failure;
    });
    await expect(failed).rejects.toBe(failure);
    expect(await store.transaction((tx) => claim(tx, '1'))).toBe(true);
    expect(await store.transaction((tx) => tx.rejected.list(1))).toEqual([]);
  });

  test('work that was left running when its transaction failed writes nothing afterwards, nor into the next one', async () => {
    const store = await database.open();
    const keys = Array.from({ length: 50 }, (_, index) => `left-${index}`);
    let leftovers: Promise<unknown>[] = [];
    const failed = store.transaction(async (tx) => {
      leftovers = keys.map((key) => claim(tx, key).catch(() => false));
      throw new Error('the work failed');
    });
    const next = store.transaction((tx) => claim(tx, 'next'));
    await expect(failed).rejects.toThrow('the work failed');
    expect(await next).toBe(true);
    await Promise.all(leftovers);
    const claimed = await store.transaction((tx) => Promise.all(keys.map((key) => claim(tx, key))));
    expect(claimed).toEqual(keys.map(() => true));
  });

  test('a transaction that is over can no longer be used', async () => {
    const store = await database.open();
    let kept: Transaction | undefined;
    await store.transaction(async (tx) => {
      kept = tx;
    });
    await expect(kept?.signs.countUnassigned()).rejects.toThrow(/transaction/i);
  });

  test('what was kept is there when the database is opened again, with the same epoch', async () => {
    const first = await database.open(() => NOON_MS);
    await first.transaction((tx) => claim(tx, '1'));
    await first.close();
    const second = await database.open(() => NOON_MS + 86_400_000);
    expect([first.epoch, second.epoch]).toEqual([NOON_MS, NOON_MS]);
    expect(await second.transaction((tx) => claim(tx, '1'))).toBe(false);
  });

  test('closing waits for what is running; afterwards nothing more is begun', async () => {
    const store = await database.open();
    const running = store.transaction((tx) => claim(tx, '1'));
    await Promise.all([store.close(), store.close()]);
    expect(await running).toBe(true);
    await expect(store.transaction((tx) => claim(tx, '2'))).rejects.toMatchObject({
      code: 'ERR_STORE_CLOSED',
    });
    const again = await database.open();
    expect(await again.transaction((tx) => claim(tx, '1'))).toBe(false);
  });

  test('a database that a newer program wrote is refused, and left as it is', async () => {
    const store = await database.open();
    await store.close();
    const before = await database.sql('select number from migrations order by number');
    await database.sql('insert into migrations (number, done_at_ms) values (999, 0)');
    await expect(database.open()).rejects.toMatchObject({
      code: 'ERR_STORE_NEWER',
      message: expect.stringContaining('999'),
    });
    const kept = await database.sql('select number from migrations order by number');
    expect(kept).toHaveLength(before.length + 1);
    expect(JSON.stringify(kept.at(-1))).toMatch(/^\{"number":"?999"?\}$/);
  });

  test('a statement that the database refuses is an error with a code and a cause, and undoes the work', async () => {
    const store = await database.open();
    // No column takes half a millisecond.
    const today = { day: '2026-11-21', startsAtMs: 0.5, endsAtMs: 1 };
    const failed = store.transaction((tx) =>
      tx.structure.putStore('calle-mayor', calleMayor(), { today, nowMs: NOON_MS }),
    );
    await expect(failed).rejects.toMatchObject({ code: 'ERR_STORE_QUERY', cause: expect.any(Error) });
    expect(await store.transaction((tx) => tx.structure.storeDescription('calle-mayor'))).toBeUndefined();
  });

  test('of a nonce the database holds only its hash', async () => {
    const nonce = 'a-nonce-that-nobody-may-read';
    const times = { nowMs: NOON_MS, expiresAtMs: NOON_MS + 1, keep: 1 };
    await database.tx((tx) => tx.signs.addNonce({ signId: `s-${'a'.repeat(43)}`, nonce, ...times }));
    const rows = await database.sql('select * from nonces');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(nonce);
  });

  test('the engine says its name', async () => {
    const store = await openStore(database.url, { now: () => NOON_MS });
    await store.close();
    expect(store.engine).toBe(database.url.startsWith('sqlite:') ? 'sqlite' : 'postgres');
  });
});
