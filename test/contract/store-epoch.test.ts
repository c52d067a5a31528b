import { expect, test } from 'vitest';
import { openStore } from '../../cloud/store/open-store.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const HOUR_MS = 3_600_000;

onBothEngines('the epoch', (database) => {
  const opened = async (nowMs: number, epochNotBeforeMs?: number) => {
    const store = await openStore(database.url, { now: () => nowMs, epochNotBeforeMs });
    await store.close();
    return store.epoch;
  };

  test('is when the database was born, and stays', async () => {
    // On a server the meta table outlives the tests.
    const born = await opened(NOON_MS);
    expect(await opened(NOON_MS + HOUR_MS)).toBe(born);
    await database.open();
    await database.sql("delete from meta where name <> 'written'");
    expect(await opened(NOON_MS)).toBe(NOON_MS);
    expect(await opened(NOON_MS - HOUR_MS)).toBe(NOON_MS);
  });

  test('of a birth by a clock that is behind is no earlier than demanded', async () => {
    await database.open();
    await database.sql("delete from meta where name <> 'written'");
    expect(await opened(NOON_MS, NOON_MS + HOUR_MS)).toBe(NOON_MS + HOUR_MS);
    expect(await opened(NOON_MS, NOON_MS + HOUR_MS)).toBe(NOON_MS + HOUR_MS);
  });

  test('is raised once for each restore, and past the old one even where a clock was ahead at birth', async () => {
    await database.open();
    await database.sql("delete from meta where name <> 'written'");
    expect(await opened(NOON_MS)).toBe(NOON_MS);
    expect(await opened(NOON_MS, NOON_MS + HOUR_MS)).toBe(NOON_MS + HOUR_MS);
    expect(await opened(NOON_MS, NOON_MS + HOUR_MS)).toBe(NOON_MS + HOUR_MS);
    // Its setting is taken away again.
    expect(await opened(NOON_MS)).toBe(NOON_MS + HOUR_MS);
    await database.sql(`update meta set value = ${NOON_MS + 1_000 * HOUR_MS} where name = 'epoch'`);
    const demanded = NOON_MS + 2 * HOUR_MS;
    expect(await opened(NOON_MS, demanded)).toBe(NOON_MS + 1_000 * HOUR_MS + 1);
    expect(await opened(NOON_MS, demanded)).toBe(NOON_MS + 1_000 * HOUR_MS + 1);
  });

  test('is the same for all who open a restored database at once', async () => {
    await database.open();
    await database.sql("delete from meta where name = 'epoch-not-before'");
    await database.sql(`update meta set value = ${NOON_MS + 1_000 * HOUR_MS} where name = 'epoch'`);
    // In one process two connections to an SQLite file would wait for each other in vain.
    const several = database.url.startsWith('sqlite:') ? 1 : 5;
    const epochs = await Promise.all(Array.from({ length: several }, () => opened(NOON_MS, NOON_MS)));
    expect(new Set(epochs)).toEqual(new Set([NOON_MS + 1_000 * HOUR_MS + 1]));
  });
});
