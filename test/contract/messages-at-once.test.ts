import { expect, test } from 'vitest';
import type { MessageRecord } from '../../cloud/store/message-port.ts';
import { NOON_MS } from '../support/builders.ts';
import { messageStage } from '../support/message-stage.ts';
import { type FreshDatabase, onPostgres } from '../support/store-engines.ts';

const MOST = 100;

const aMessage = (number: number): MessageRecord => ({
  ...{ messageId: `m-${number}`, text: 'Till 3 closes', secondText: null, priority: 'note' },
  ...{ audience: 'staff', drill: false, storeGroupIds: null, by: 'Ana', ended: null },
  sentAtMs: NOON_MS,
  endsAtMs: NOON_MS + 3_600_000,
});

const waitsForAnother = async (database: FreshDatabase) =>
  (await database.sql('select 1 from pg_locks where not granted')).length > 0;

onPostgres('messages that are sent at once', (database) => {
  const fill = (count: number) =>
    database.tx(async ({ messages }) => {
      for (let number = 0; number < count; number += 1) await messages.add(aMessage(number));
    });

  test('are counted one after the other, each with what the one before it added', async () => {
    await fill(1);
    const store = await database.open();
    const counted = Promise.withResolvers<number>();
    let other: Promise<void> = Promise.resolve();
    await store.transaction(async ({ messages }) => {
      expect(await messages.countInForce(NOON_MS)).toBe(1);
      let isCounted = false;
      other = store.transaction(async (tx) => {
        counted.resolve(await tx.messages.countInForce(NOON_MS));
        isCounted = true;
      });
      await expect
        .poll(async () => isCounted || (await waitsForAnother(database)), { timeout: 10_000 })
        .toBe(true);
      await messages.add(aMessage(1));
    });
    await other;
    expect(await counted.promise).toBe(2);
  });

  test('are never more than a hundred', async () => {
    await fill(MOST - 1);
    const { owner } = await messageStage(database);
    const sent = await Promise.all(Array.from({ length: 8 }, () => owner.ask({ storeGroupIds: null })));
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(429)]);
    expect(await database.tx(({ messages }) => messages.countInForce(NOON_MS))).toBe(MOST);
  });
});
