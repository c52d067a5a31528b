import { expect, test } from 'vitest';
import type { StoreState } from '../../cloud/domain/store-state.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const AT = { today, nowMs: NOON_MS };

type Kept = Partial<Pick<StoreState, 'push' | 'reviewAtMs'>>;

const withSensors = (...ids: string[]) =>
  calleMayor({ doors: [{ id: 'street', name: 'Street', sensors: ids.map((id) => ({ id })) }] });

/** A store with one door and one sensor, as it is after it has been looked at and told. */
async function keepStore(tx: Transaction, storeId: string, kept: Kept = {}): Promise<void> {
  const told = { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS, due: false };
  await tx.structure.putStore(storeId, withSensors(`${storeId}-1`), AT);
  await review(tx, storeId, { push: told, reviewAtMs: NOON_MS + 90_000, ...kept });
}

async function review(tx: Transaction, storeId: string, kept: Kept): Promise<void> {
  const states = await tx.counting.lockStores([storeId]);
  await tx.counting.saveStoreStates(states.map((state) => ({ ...state, ...kept })));
}

onBothEngines('pushing', (database) => {
  test('stores to tell are those that wait and were told long enough ago, and those whose proof is old, in order', async () => {
    const pushes: Readonly<Record<string, StoreState['push']>> = {
      'due-told-early': { sentAtMs: NOON_MS - 1, proofSentAtMs: NOON_MS, due: true },
      'due-told-just-now': { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS, due: true },
      'due-never-told': { sentAtMs: null, proofSentAtMs: NOON_MS, due: true },
      'proof-old': { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS - 10_001, due: false },
      'proof-young': { sentAtMs: 0, proofSentAtMs: NOON_MS - 10_000, due: false },
      'proof-never-sent': { sentAtMs: NOON_MS, proofSentAtMs: null, due: false },
      'a-due-and-proof-old': { sentAtMs: null, proofSentAtMs: null, due: true },
      'due-too-soon-but-proof-old': { sentAtMs: NOON_MS, proofSentAtMs: 0, due: true },
    };
    await database.tx(async (tx) => {
      for (const [storeId, push] of Object.entries(pushes)) await keepStore(tx, storeId, { push });
    });
    const limits = { sentBeforeMs: NOON_MS, proofBeforeMs: NOON_MS - 10_000 };
    expect(await database.tx((tx) => tx.pushing.storesToTell(limits))).toEqual([
      'a-due-and-proof-old',
      'due-never-told',
      'due-told-early',
      'due-too-soon-but-proof-old',
      'proof-never-sent',
      'proof-old',
    ]);
  });

  test('stores to review are those of which something is due by now, in order', async () => {
    await database.tx(async (tx) => {
      await keepStore(tx, 'c-due-now', { reviewAtMs: NOON_MS });
      await keepStore(tx, 'a-due-long-ago', { reviewAtMs: 0 });
      await keepStore(tx, 'b-due-in-a-moment', { reviewAtMs: NOON_MS + 1 });
    });
    expect(await database.tx((tx) => tx.pushing.storesToReview(NOON_MS))).toEqual([
      'a-due-long-ago',
      'c-due-now',
    ]);
  });

  test('a store whose moment moves on all the time is reviewed a little too early, and never too late', async () => {
    await database.tx((tx) => keepStore(tx, 'calle-mayor', { reviewAtMs: NOON_MS }));
    for (let reviewAtMs = NOON_MS; reviewAtMs < NOON_MS + 12_000; reviewAtMs += 1_700) {
      const [early, late] = await database.tx(async (tx) => {
        await review(tx, 'calle-mayor', { reviewAtMs });
        return [
          await tx.pushing.storesToReview(reviewAtMs - 5_001),
          await tx.pushing.storesToReview(reviewAtMs),
        ];
      });
      expect([early, late]).toEqual([[], ['calle-mayor']]);
    }
  });

  test('a moment that comes sooner than thought counts at once', async () => {
    await database.tx((tx) => keepStore(tx, 'calle-mayor', { reviewAtMs: NOON_MS + 1 }));
    await database.tx((tx) => review(tx, 'calle-mayor', { reviewAtMs: NOON_MS }));
    expect(await database.tx((tx) => tx.pushing.storesToReview(NOON_MS))).toEqual(['calle-mayor']);
  });

  test('a store that is made anew, or loses a sensor to another, is reviewed at once', async () => {
    const toReview = () => database.tx((tx) => tx.pushing.storesToReview(NOON_MS));
    await database.tx((tx) => keepStore(tx, 'calle-mayor'));
    expect(await toReview()).toEqual([]);
    await database.tx((tx) => tx.structure.putStore('station', withSensors('calle-mayor-1'), AT));
    expect(await toReview()).toEqual(['calle-mayor', 'station']);
    await database.tx((tx) => review(tx, 'calle-mayor', { reviewAtMs: NOON_MS + 1 }));
    await database.tx((tx) => review(tx, 'station', { reviewAtMs: NOON_MS + 1 }));
    await database.tx((tx) => tx.structure.putStore('station', withSensors('calle-mayor-1', 'new-1'), AT));
    expect(await toReview()).toEqual(['station']);
  });
});
