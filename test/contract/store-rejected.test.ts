import { expect, test } from 'vitest';
import type { Rejection } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const aRejection = (difference: Partial<Rejection> = {}): Rejection => ({
  sensorId: 'street-1',
  reason: 'not-json',
  detail: 'expected UTF-8 JSON',
  body: new Uint8Array([0, 255, 123, 10]),
  ...difference,
});

onBothEngines('rejected messages', (database) => {
  test('a rejected message is kept whole, byte by byte, with what was wrong in it', async () => {
    const rejection = aRejection({ detail: 'got "\u0000" at \ud800 \\u0000' });
    await database.tx((tx) => tx.rejected.keep([rejection, aRejection({ body: new Uint8Array() })], NOON_MS));
    const seen = { times: 1, firstSeenAtMs: NOON_MS, lastSeenAtMs: NOON_MS };
    const listed = await database.tx((tx) => tx.rejected.list(10));
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(
      expect.arrayContaining([
        { ...rejection, ...seen },
        { ...aRejection({ body: new Uint8Array() }), ...seen },
      ]),
    );
  });

  test('the same body of the same sensor for the same reason is one row that counts, in one batch and over many', async () => {
    const others = [
      aRejection({ sensorId: 'arcade-1' }),
      aRejection({ reason: 'not-a-reading' }),
      aRejection({ body: new Uint8Array([1]) }),
    ];
    await database.tx((tx) => tx.rejected.keep([aRejection(), ...others, aRejection()], NOON_MS));
    await database.tx((tx) => tx.rejected.keep([aRejection()], NOON_MS + 5));
    const listed = await database.tx((tx) => tx.rejected.list(10));
    expect(listed[0]).toEqual({
      ...aRejection(),
      times: 3,
      firstSeenAtMs: NOON_MS,
      lastSeenAtMs: NOON_MS + 5,
    });
    expect(listed.slice(1).map((row) => row.times)).toEqual([1, 1, 1]);
  });

  test('the list starts with what was seen last and is no longer than asked for', async () => {
    for (const [index, letter] of ['a', 'b', 'c'].entries()) {
      const rejection = aRejection({ sensorId: letter });
      await database.tx((tx) => tx.rejected.keep([rejection], NOON_MS + index));
    }
    await database.tx((tx) => tx.rejected.keep([aRejection({ sensorId: 'a' })], NOON_MS + 9));
    const listed = await database.tx((tx) => tx.rejected.list(2));
    expect(listed.map((row) => row.sensorId)).toEqual(['a', 'c']);
  });
});
