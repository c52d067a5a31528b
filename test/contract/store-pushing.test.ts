import { expect, test } from 'vitest';
import { unheardSensor } from '../../cloud/domain/sensor-state.ts';
import type { StoreState } from '../../cloud/domain/store-state.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { aStore, NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { onBothEngines } from '../support/store-engines.ts';

const { today } = aStore();
const LIVE_FOR_MS = 90_000;

type Kept = { push?: StoreState['push']; silent?: boolean; heardUntilMs?: number | null; endsAtMs?: number };

/** A store with one door and one sensor, as it is after it has been counted and told. */
async function keepStore(tx: Transaction, storeId: string, kept: Kept = {}): Promise<void> {
  const { silent = false, heardUntilMs = NOON_MS, endsAtMs = today.endsAtMs } = kept;
  const push = kept.push ?? { sentAtMs: NOON_MS, proofSentAtMs: NOON_MS, due: false };
  const sensorId = `${storeId}-1`;
  const doors = [{ id: 'street', name: 'Street', sensors: [{ id: sensorId, flipped: false }] }];
  await tx.structure.putStore(storeId, calleMayor({ doors }), today);
  await tx.counting.saveSensorStates([{ ...unheardSensor(sensorId), heardUntilMs }]);
  const states = await tx.counting.lockStores([storeId]);
  await tx.counting.saveStoreStates(
    states.map((state) => ({
      ...state,
      push,
      today: { ...today, endsAtMs },
      doors: state.doors.map((door) => ({ ...door, silent })),
    })),
  );
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

  test('stores to review are those whose day is over or of which a door has fallen silent, in order', async () => {
    const nowMs = NOON_MS + 1_000_000;
    const justHeard = nowMs - LIVE_FOR_MS;
    await database.tx(async (tx) => {
      await keepStore(tx, 'd-heard', { heardUntilMs: justHeard });
      await keepStore(tx, 'c-not-heard', { heardUntilMs: justHeard - 1 });
      await keepStore(tx, 'b-never-heard', { heardUntilMs: null });
      await keepStore(tx, 'silent-already', { heardUntilMs: justHeard - 1, silent: true });
      await keepStore(tx, 'silent-from-the-start', { heardUntilMs: null, silent: true });
      await keepStore(tx, 'a-day-over', { heardUntilMs: justHeard, endsAtMs: nowMs });
      await keepStore(tx, 'day-not-over', { heardUntilMs: justHeard, endsAtMs: nowMs + 1 });
      await keepStore(tx, 'silent-and-day-over', { heardUntilMs: 0, silent: true, endsAtMs: nowMs });
    });
    expect(await database.tx((tx) => tx.pushing.storesToReview(nowMs))).toEqual([
      'a-day-over',
      'b-never-heard',
      'c-not-heard',
      'silent-and-day-over',
    ]);
  });

  test('a store whose sensors go on speaking is not reviewed, however long nobody passes', async () => {
    await database.tx((tx) => keepStore(tx, 'calle-mayor'));
    const heardUntilMs = NOON_MS + 3_600_000;
    await database.tx((tx) =>
      tx.counting.saveSensorStates([{ ...unheardSensor('calle-mayor-1'), heardUntilMs }]),
    );
    const toReview = (nowMs: number) => database.tx((tx) => tx.pushing.storesToReview(nowMs));
    expect(await toReview(heardUntilMs + LIVE_FOR_MS)).toEqual([]);
    expect(await toReview(heardUntilMs + LIVE_FOR_MS + 1)).toEqual(['calle-mayor']);
  });

  test('counting in small strides never hides the moment at which a door falls silent', async () => {
    await database.tx((tx) => keepStore(tx, 'calle-mayor'));
    for (let heardUntilMs = NOON_MS; heardUntilMs < NOON_MS + 12_000; heardUntilMs += 1_700) {
      const silentAtMs = heardUntilMs + LIVE_FOR_MS;
      const reviewed = await database.tx(async (tx) => {
        await tx.counting.saveSensorStates([{ ...unheardSensor('calle-mayor-1'), heardUntilMs }]);
        await tx.counting.saveStoreStates(await tx.counting.lockStores(['calle-mayor']));
        return [await tx.pushing.storesToReview(silentAtMs), await tx.pushing.storesToReview(silentAtMs + 1)];
      });
      expect(reviewed).toEqual([[], ['calle-mayor']]);
    }
  });

  test('a store that is made anew, or loses a sensor to another, is reviewed at once', async () => {
    const sensor = { id: 'calle-mayor-1', flipped: false };
    await database.tx((tx) => keepStore(tx, 'calle-mayor'));
    expect(await database.tx((tx) => tx.pushing.storesToReview(NOON_MS))).toEqual([]);
    await database.tx(async (tx) => {
      const doors = [{ id: 'gate', name: 'Gate', sensors: [sensor] }];
      await tx.structure.putStore('station', calleMayor({ doors }), today);
    });
    expect(await database.tx((tx) => tx.pushing.storesToReview(NOON_MS))).toEqual(['calle-mayor']);
    const two = [sensor, { id: 'new-1', flipped: false }];
    await database.tx((tx) =>
      tx.structure.putStore(
        'station',
        calleMayor({ doors: [{ id: 'gate', name: 'Gate', sensors: two }] }),
        today,
      ),
    );
    expect(await database.tx((tx) => tx.pushing.storesToReview(NOON_MS))).toEqual(['calle-mayor', 'station']);
  });
});
