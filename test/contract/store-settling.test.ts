import { expect, test } from 'vitest';
import { openStore } from '../../cloud/store/open-store.ts';
import type { Store } from '../../cloud/store/port.ts';
import { onSqlite } from '../support/store-engines.ts';

const write = (store: Store, key: string) =>
  store.transaction((tx) => tx.counting.claimReadings([{ sensorId: 'street-1', key, enqueuedAtMs: 0 }]));

onSqlite('what is committed', (database) => {
  const journal = async () => (await database.sql('select 1 from late_rows')).length;

  test('is told to nobody before the disk has it, while others go on writing', async () => {
    const answers: PromiseWithResolvers<void>[] = [];
    let isHeld = false;
    const sync = () => {
      const answer = Promise.withResolvers<void>();
      if (isHeld) answers.push(answer);
      else answer.resolve();
      return answer.promise;
    };
    const store = await openStore(database.url, { now: Date.now, sync });
    try {
      isHeld = true;
      const told: string[] = [];
      const first = write(store, 'a').then(() => told.push('a is kept'));
      await expect.poll(journal).toBe(1);
      const others = [
        write(store, 'b').then(() => told.push('b is kept')),
        write(store, 'c').then(() => told.push('c is kept')),
      ];
      await expect.poll(journal).toBe(3);
      const looked = store.look((tx) => tx.signs.countUnassigned()).then(() => told.push('seen'));
      expect(told).toEqual([]);
      expect(answers).toHaveLength(1);

      answers[0]?.resolve();
      await first;
      expect(told).toEqual(['a is kept']);
      await expect.poll(() => answers.length).toBe(2);
      answers[1]?.resolve();
      await Promise.all([...others, looked]);
      expect(told.toSorted()).toEqual(['a is kept', 'b is kept', 'c is kept', 'seen']);
      expect(answers).toHaveLength(2);
    } finally {
      isHeld = false;
      for (const answer of answers) answer.resolve();
      await store.close();
    }
  });

  test('and could not be kept is not acknowledged, and nothing is written until the database is opened again', async () => {
    let isBroken = false;
    const sync = async () => {
      if (isBroken) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
    };
    const store = await openStore(database.url, { now: Date.now, sync });
    try {
      isBroken = true;
      const unavailable = { code: 'ERR_STORE_UNAVAILABLE' };
      await expect(write(store, 'a')).rejects.toMatchObject(unavailable);
      isBroken = false;
      await expect(write(store, 'b')).rejects.toMatchObject(unavailable);
      expect(await store.writeTrouble()).toMatch(/the disk could not keep what was written/);
    } finally {
      await store.close();
    }
    const again = await openStore(database.url, { now: Date.now });
    try {
      expect(await again.writeTrouble()).toBeUndefined();
      expect(await write(again, 'b')).toEqual([true]);
    } finally {
      await again.close();
    }
  });
});
