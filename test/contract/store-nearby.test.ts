import { expect, test } from 'vitest';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { aHeartbeat, signIdOf } from '../support/fleet-stage.ts';
import { onBothEngines } from '../support/store-engines.ts';

onBothEngines('what stands beside a sign', (database) => {
  const enrol = (letter: string) =>
    database.tx(async (tx) => {
      const publicKey = { kty: 'EC', crv: 'P-256', x: letter.repeat(43), y: letter.repeat(43) } as const;
      await tx.signs.enrol({ signId: signIdOf(letter), publicKey, atMs: 0 });
    });
  const report = (letter: string, address: string | null, heardAtMs = NOON_MS) =>
    database.tx((tx) =>
      tx.signs.keepReport({
        ...{ signId: signIdOf(letter), report: aHeartbeat(), heardAtMs, address },
        ...{ state: 'fresh', stateSinceMs: 0 },
      }),
    );

  test('is every store of each group', async () => {
    for (const [storeId, ...storeGroups] of [
      ['a', 'all', 'north'],
      ['b', 'all'],
    ] as const) {
      const doors = [{ id: 'street', name: 'Street', sensors: [{ id: `${storeId}-1` }] }];
      const at = { today: aStore().today, nowMs: NOON_MS };
      await database.tx((tx) => tx.structure.putStore(storeId, calleMayor({ doors, storeGroups }), at));
    }
    const members = await database.tx((tx) => tx.structure.storesOfGroups(['all', 'north', 'nobody']));
    expect(members.map(({ storeGroupId, storeId }) => `${storeGroupId} ${storeId}`).sort()).toEqual([
      'all a',
      'all b',
      'north a',
    ]);
  });

  test('are the signs of its groups that ever reported, with where they came from', async () => {
    for (const letter of ['a', 'b', 'c', 'd', 'e']) {
      await enrol(letter);
      if (letter !== 'e') await database.tx((tx) => tx.signs.assign(signIdOf(letter), 'mayor'));
    }
    await report('a', '192.0.2.7');
    await report('b', null, NOON_MS + 1);
    await report('d', null);
    await report('e', null);
    await database.tx((tx) => tx.signs.revoke(signIdOf('d'), NOON_MS));
    const heard = await database.tx((tx) => tx.signs.heardInGroups(['mayor', 'via']));
    expect(heard.toSorted((one, other) => (one.signId < other.signId ? -1 : 1))).toEqual([
      { signId: signIdOf('a'), storeGroupId: 'mayor', heardAtMs: NOON_MS, address: '192.0.2.7' },
      { signId: signIdOf('b'), storeGroupId: 'mayor', heardAtMs: NOON_MS + 1, address: null },
    ]);
  });

  test('signs are read by their ids, in order of id, and unknown ones are left out', async () => {
    for (const letter of ['b', 'a']) await enrol(letter);
    const read = (letters: readonly string[]) => database.tx((tx) => tx.signs.signs(letters.map(signIdOf)));
    expect((await read(['b', 'z', 'a', 'b'])).map(({ signId }) => signId)).toEqual(['a', 'b'].map(signIdOf));
    expect(await read([])).toEqual([]);
  });
});
