import { expect, test } from 'vitest';
import type { SignState } from '../../cloud/contracts/fleet.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { aHeartbeat, signIdOf } from '../support/fleet-stage.ts';
import { onBothEngines } from '../support/store-engines.ts';

type Known = { readonly group?: string | null; readonly heardAtMs?: number; readonly state?: SignState };

async function keepSign(
  tx: Transaction,
  letter: string,
  { group = 'mayor', heardAtMs, state = 'fresh' }: Known,
) {
  const signId = signIdOf(letter);
  const publicKey = { kty: 'EC', crv: 'P-256', x: letter.repeat(43), y: letter.repeat(43) } as const;
  await tx.signs.enrol({ signId, publicKey, atMs: 0 });
  await tx.signs.assign(signId, group);
  if (heardAtMs === undefined) return;
  const kept = { address: null, state, stateSinceMs: heardAtMs };
  await tx.signs.keepReport({ signId, report: aHeartbeat(), heardAtMs, ...kept });
}

onBothEngines('signs that may be dark', (database) => {
  test('are those with a place that are silent for long, or say so themselves', async () => {
    await database.tx(async (tx) => {
      await keepSign(tx, 'f', { heardAtMs: NOON_MS - 1 });
      await keepSign(tx, 'e', { heardAtMs: NOON_MS });
      await keepSign(tx, 'd', { heardAtMs: NOON_MS, state: 'dark' });
      await keepSign(tx, 'c', { heardAtMs: 0, state: 'dark' });
      await keepSign(tx, 'b', { heardAtMs: 0, group: null });
      await keepSign(tx, 'a', {});
      await keepSign(tx, 'g', { heardAtMs: 0 });
      await tx.signs.revoke(signIdOf('g'), NOON_MS);
    });
    const silent = await database.tx((tx) => tx.signs.silentSigns(NOON_MS));
    expect(silent.map(({ signId }) => signId)).toEqual(['c', 'd', 'f'].map(signIdOf));
    expect(silent[0]).toMatchObject({ storeGroupId: 'mayor', report: aHeartbeat(), heardAtMs: 0 });
  });

  test('are answered for by the first store of their group', async () => {
    await database.tx(async (tx) => {
      for (const [storeId, ...storeGroups] of [
        ['b', 'all'],
        ['a', 'all', 'north'],
        ['c', 'south'],
      ] as const) {
        const doors = [{ id: 'street', name: 'Street', sensors: [{ id: `${storeId}-1` }] }];
        const at = { today: aStore().today, nowMs: NOON_MS };
        await tx.structure.putStore(storeId, calleMayor({ doors, storeGroups }), at);
      }
    });
    const first = await database.tx((tx) => tx.structure.firstStoresOf(['all', 'south', 'nobody']));
    expect(first).toHaveLength(2);
    expect(first).toEqual(
      expect.arrayContaining([
        { storeGroupId: 'all', storeId: 'a' },
        { storeGroupId: 'south', storeId: 'c' },
      ]),
    );
    expect(await database.tx((tx) => tx.structure.firstStoresOf([]))).toEqual([]);
  });
});

onBothEngines('since when the cloud runs', (database) => {
  const runningSince = (afterMs: number) => database.tx((tx) => tx.upkeep.runningSince(NOON_MS + afterMs));

  test('is known through every flush and every start of the program, until there was none for too long', async () => {
    for (const afterMs of [0, 5_000, 30_000, 60_000, 104_999])
      expect(await runningSince(afterMs)).toBe(NOON_MS);
    expect(await runningSince(200_000)).toBe(NOON_MS + 200_000);
    expect(await runningSince(201_000)).toBe(NOON_MS + 200_000);
  });

  test('is known to those who only look, before the first flush too', async () => {
    const store = await database.open();
    const ranSince = (afterMs: number) => store.look((tx) => tx.upkeep.ranSince(NOON_MS + afterMs));
    expect(await ranSince(0)).toBe(0);
    await runningSince(0);
    expect(await ranSince(44_000)).toBe(NOON_MS);
    // After a break it begins with whoever looks first, until a flush notes it.
    expect(await ranSince(100_000)).toBe(NOON_MS + 100_000);
    expect(await ranSince(101_000)).toBe(NOON_MS + 101_000);
    await runningSince(101_000);
    expect(await ranSince(120_000)).toBe(NOON_MS + 101_000);
  });

  test('is now where a clock was set back, and never in a time yet to come', async () => {
    await runningSince(900_000);
    expect(await runningSince(0)).toBe(NOON_MS);
    expect(await runningSince(-10_000)).toBe(NOON_MS - 10_000);
  });
});
