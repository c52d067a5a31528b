import { expect, test } from 'vitest';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

onBothEngines('ingest keys', (database) => {
  const sha256Of = (sensorId: string) => database.tx((tx) => tx.ingestKeys.sha256Of(sensorId));

  test('a sensor has the key that it was given last, and a sensor that was given none has none', async () => {
    await database.tx((tx) => tx.ingestKeys.put('street-1', 'first', NOON_MS));
    await database.tx((tx) => tx.ingestKeys.put('arcade-1', 'other', NOON_MS));
    expect(await sha256Of('street-1')).toBe('first');
    await database.tx((tx) => tx.ingestKeys.put('street-1', 'second', NOON_MS + 1));
    expect(await sha256Of('street-1')).toBe('second');
    expect(await sha256Of('arcade-1')).toBe('other');
    expect(await sha256Of('never-1')).toBeUndefined();
  });

  test('a key that is removed is gone, and the others stay', async () => {
    for (const sensorId of ['street-1', 'arcade-1', 'north-1'])
      await database.tx((tx) => tx.ingestKeys.put(sensorId, sensorId, NOON_MS));
    await database.tx((tx) => tx.ingestKeys.remove([]));
    await database.tx((tx) => tx.ingestKeys.remove(['street-1', 'north-1', 'never-1']));
    expect(await sha256Of('street-1')).toBeUndefined();
    expect(await sha256Of('north-1')).toBeUndefined();
    expect(await sha256Of('arcade-1')).toBe('arcade-1');
  });

  test('two keys that are made at once leave one of them', async () => {
    const store = await database.open();
    const keys = ['a', 'b', 'c', 'd'];
    await Promise.all(
      keys.map((sha256) => store.transaction((tx) => tx.ingestKeys.put('street-1', sha256, NOON_MS))),
    );
    expect(keys).toContain(await sha256Of('street-1'));
  });
});
