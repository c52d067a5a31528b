import { expect, test } from 'vitest';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const HOSTILE = 'Zoë\u0000 "it\'s" \\u0041 🚪 \ud800';
const aRow = (difference: object = {}) => ({
  atMs: NOON_MS,
  by: 'Ana (p-aaaaaaaa)',
  personId: 'p-aaaaaaaa',
  act: 'sign-assigned' as const,
  subject: 'sign:s-a',
  before: null,
  after: { storeGroupId: 'north' },
  ...difference,
});

onBothEngines('audit', (database) => {
  test('is read from the newest on, page by page, with each row as it was written', async () => {
    await database.tx(async ({ audit }) => {
      const texts = { by: HOSTILE, personId: HOSTILE, subject: HOSTILE };
      const rows = [
        aRow(),
        aRow({ ...texts, before: { name: HOSTILE, of: [1, null] }, after: HOSTILE }),
        aRow({ act: 'signed-in', before: undefined, after: undefined }),
      ];
      for (const row of rows) await audit.add(row);
      const listed = await audit.list(10);
      expect(listed.map(({ number: _, ...row }) => row)).toEqual([
        aRow({ act: 'signed-in', before: null, after: null }),
        rows[1],
        rows[0],
      ]);
      const numbers = listed.map(({ number }) => number);
      expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => other - one));
      expect(await audit.list(2)).toEqual(listed.slice(0, 2));
      expect(await audit.list(2, numbers[1])).toEqual(listed.slice(2));
      expect(await audit.list(2, numbers[2])).toEqual([]);
    });
  });

  test('cannot be altered, not even past the store', async () => {
    await database.tx(({ audit }) => audit.add(aRow()));
    await expect(database.sql("update audit set made_by = 'Bea'")).rejects.toThrow(/never altered/);
    await expect(database.sql('delete from audit')).rejects.toThrow(/never altered/);
    expect(await database.tx(({ audit }) => audit.list(10))).toMatchObject([aRow()]);
  });

  test('what was done in work that failed is not in it', async () => {
    const failed = database.tx(async ({ audit }) => {
      await audit.add(aRow());
      throw new Error('the work failed');
    });
    await expect(failed).rejects.toThrow('the work failed');
    expect(await database.tx(({ audit }) => audit.list(10))).toEqual([]);
  });

  test('outlives the history', async () => {
    await database.tx(({ audit }) => audit.add(aRow()));
    const everything = NOON_MS * 2;
    await database.tx((tx) =>
      tx.upkeep.prune({
        ledgerBeforeMs: everything,
        rejectedBeforeMs: everything,
        connectionsBeforeMs: everything,
        historyBeforeMs: everything,
        limit: 100,
      }),
    );
    expect(await database.tx(({ audit }) => audit.list(10))).toHaveLength(1);
  });
});
