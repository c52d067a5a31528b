import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

onBothEngines('counting messages', (database) => {
  const startCloud = async () => {
    const store = await database.open();
    const cloud = cloudOn(store);
    await cloud.keep('calle-mayor', calleMayor());
    return { store, cloud };
  };

  test('a message id of any length does not stop the batch that it is in', async () => {
    const { cloud } = await startCloud();
    // Nothing in it repeats: PostgreSQL compresses what it puts into an index before it finds it too long.
    const pieces = Array.from({ length: 100 }, (_, index) =>
      createHash('sha512').update(`${index}`).digest('base64'),
    );
    const messageId = pieces.join('');
    await cloud.say({ messageId, body: { in: 1 } }, { sensorId: 'arcade-1', body: { in: 1 } });
    expect((await cloud.shown('calle-mayor')).content.count).toBe(2);
  });

  test.each([[null], [{ type: 'uuid', value: 'x' }], [7]])(
    'a message whose id is %j still has its sensor, and counts',
    async (messageId) => {
      const { cloud } = await startCloud();
      await cloud.say({ messageId, body: { in: 1 } });
      expect((await cloud.shown('calle-mayor')).content.count).toBe(1);
    },
  );

  test('a message that comes twice with the same id counts once, and one with another id again', async () => {
    const { cloud } = await startCloud();
    for (const messageId of ['a', 'a', 'b']) await cloud.say({ messageId, body: { in: 1 } });
    expect((await cloud.shown('calle-mayor')).content.count).toBe(2);
  });

  test('a sensor that numbers anew after each power cut and names no boot is refused, and nothing of it is swallowed', async () => {
    const { store, cloud } = await startCloud();
    for (const sequence of [1, 2, 1, 2]) await cloud.say({ body: { in: 1, sequence } });
    const rejected = await store.look((tx) => tx.rejected.list(10));
    expect(rejected.reduce((sum, { times }) => sum + times, 0)).toBe(4);
    expect(rejected[0]?.detail).toContain('sequence: expected boot beside it');
  });

  test('a sensor that sends absurd numbers is refused, and stops nobody else in its batch', async () => {
    const { store, cloud } = await startCloud();
    const absurd = Array.from({ length: 500 }, () => ({ in: 1_000_000_000 }));
    await cloud.say({ body: absurd }, { sensorId: 'arcade-1', body: { in: 1 } });
    expect((await cloud.shown('calle-mayor')).content.count).toBe(1);
    expect(await store.look((tx) => tx.rejected.list(10))).toMatchObject([
      { times: 1, detail: expect.stringContaining('at most 100,000') },
    ]);
  });
});
