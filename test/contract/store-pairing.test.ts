import { expect, test } from 'vitest';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const UNTIL_MS = NOON_MS + 900_000;
const aCode = (signId: string, code: string, expiresAtMs = UNTIL_MS) => ({ signId, code, expiresAtMs });

onBothEngines('pairing codes', (database) => {
  test('a code is found by its sign and by its letters, until it ends or is spent', async () => {
    await database.tx(async ({ pairing }) => {
      const code = aCode('s-a', 'BCDFGHJK');
      expect(await pairing.put(code, NOON_MS)).toBe(true);
      expect(await pairing.codeOf('s-a', UNTIL_MS - 1)).toEqual(code);
      expect(await pairing.byCode('BCDFGHJK', UNTIL_MS - 1)).toEqual(code);
      expect(await pairing.codeOf('s-a', UNTIL_MS)).toBeUndefined();
      expect(await pairing.byCode('BCDFGHJK', UNTIL_MS)).toBeUndefined();
      await pairing.spend('s-a');
      expect(await pairing.byCode('BCDFGHJK', NOON_MS)).toBeUndefined();
    });
  });

  test('a new code of a sign replaces its old one; the same one may be given more time', async () => {
    await database.tx(async ({ pairing }) => {
      await pairing.put(aCode('s-a', 'BCDFGHJK'), NOON_MS);
      expect(await pairing.put(aCode('s-a', 'ZXWVTSRQ'), NOON_MS)).toBe(true);
      expect(await pairing.put(aCode('s-a', 'ZXWVTSRQ', UNTIL_MS + 5), NOON_MS)).toBe(true);
      expect(await pairing.byCode('BCDFGHJK', NOON_MS)).toBeUndefined();
      expect(await pairing.codeOf('s-a', NOON_MS)).toEqual(aCode('s-a', 'ZXWVTSRQ', UNTIL_MS + 5));
    });
  });

  test('two signs never hold the same code; the one that came later keeps what it had', async () => {
    await database.tx(async ({ pairing }) => {
      await pairing.put(aCode('s-a', 'BCDFGHJK'), NOON_MS);
      await pairing.put(aCode('s-b', 'ZXWVTSRQ'), NOON_MS);
      expect(await pairing.put(aCode('s-b', 'BCDFGHJK'), NOON_MS)).toBe(false);
      expect(await pairing.byCode('BCDFGHJK', NOON_MS)).toMatchObject({ signId: 's-a' });
      expect(await pairing.codeOf('s-b', NOON_MS)).toMatchObject({ code: 'ZXWVTSRQ' });
    });
  });

  test('of ten signs that want the same code at once, one has it', async () => {
    const store = await database.open();
    const put = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        store.transaction(({ pairing }) => pairing.put(aCode(`s-${index}`, 'BCDFGHJK'), NOON_MS)),
      ),
    );
    expect(put.filter(Boolean)).toHaveLength(1);
    expect(await store.look(({ pairing }) => pairing.countPending(NOON_MS))).toBe(1);
  });

  test('a code that has ended is free for another sign, and is counted no more', async () => {
    await database.tx(async ({ pairing }) => {
      await pairing.put(aCode('s-a', 'BCDFGHJK', NOON_MS + 5), NOON_MS);
      await pairing.put(aCode('s-c', 'QRSTVWXZ'), NOON_MS);
      expect(await pairing.countPending(NOON_MS + 4)).toBe(2);
      expect(await pairing.countPending(NOON_MS + 5)).toBe(1);
      expect(await pairing.put(aCode('s-b', 'BCDFGHJK'), NOON_MS + 5)).toBe(true);
      // Asked with a clock that stands still, so that only forgetting can make it fail.
      expect(await pairing.codeOf('s-a', NOON_MS)).toBeUndefined();
    });
  });

  test('wrong tries are counted for each who tries and for all, and forgotten with time', async () => {
    await database.tx(async ({ pairing }) => {
      const who = 'p-\u0000 "Zoë" \ud800';
      const tried = (by: string, atMs: number, sinceMs = 0) =>
        pairing.addWrongTry({ who: by, atMs, sinceMs });
      await tried(who, NOON_MS);
      await tried(who, NOON_MS + 1);
      await tried('other', NOON_MS + 2);
      expect(await pairing.wrongTries(who, NOON_MS)).toEqual({ own: 2, all: 3 });
      expect(await pairing.wrongTries(who, NOON_MS + 1)).toEqual({ own: 1, all: 2 });
      expect(await pairing.wrongTries('nobody', NOON_MS + 3)).toEqual({ own: 0, all: 0 });
      await tried('other', NOON_MS + 3, NOON_MS + 2);
      expect(await pairing.wrongTries(who, 0)).toEqual({ own: 0, all: 2 });
    });
  });
});
