import { expect, test } from 'vitest';
import { snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import type { Store, Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { toSigns } from '../support/owner-calls.ts';
import { onBothEngines } from '../support/store-engines.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BOTH_DOORS = [{ body: { in: 1 } }, { sensorId: 'arcade-1', body: {} }];

onBothEngines('a clock', (database) => {
  const startCloud = async () => {
    const clock = { nowMs: NOON_MS };
    const cloud = cloudOn(await database.open(), { now: () => clock.nowMs });
    await cloud.keep('calle-mayor', calleMayor());
    return { clock, cloud };
  };

  test('is read after a wait for the database: the age in a push is that of the moment it leaves', async () => {
    const { clock, cloud } = await startCloud();
    const { store } = cloud.services;
    const busy: Store = {
      ...store,
      transaction: <T>(work: (tx: Transaction) => Promise<T>) => {
        clock.nowMs += 15_000;
        return store.transaction(work);
      },
    };
    const waiting = cloudOn(busy, { now: () => clock.nowMs });
    const [message] = await waiting.say(...BOTH_DOORS);
    expect(snapshotSchema.parse(message?.arguments[0]).proof.ageMs).toBe(15_000);
  });

  test('that ran an hour ahead and was set right does not keep a dead sensor alive for that hour', async () => {
    const { clock, cloud } = await startCloud();
    clock.nowMs = NOON_MS + HOUR_MS;
    await cloud.say(...BOTH_DOORS);
    clock.nowMs = NOON_MS;
    await cloud.flush();
    clock.nowMs = NOON_MS + 30 * MINUTE_MS;
    await cloud.flush();
    const { content, proof } = await cloud.shown('calle-mayor');
    expect(content.doors.map((door) => door.silent)).toEqual([true, true]);
    expect(proof.ageMs).toBeNull();
  });

  test('that was a day ahead for a moment does not take the day away', async () => {
    const { clock, cloud } = await startCloud();
    await cloud.say({ body: { in: 5 } });
    clock.nowMs = NOON_MS + 24 * HOUR_MS;
    await cloud.flush();
    clock.nowMs = NOON_MS + MINUTE_MS;
    await cloud.flush();
    expect((await cloud.shown('calle-mayor')).content.today).toMatchObject({ day: '2026-11-21', in: 5 });
  });

  test('that ran ahead when the signs were last told does not keep them waiting once it is set right', async () => {
    const { clock, cloud } = await startCloud();
    clock.nowMs = NOON_MS + HOUR_MS;
    await cloud.flush();
    clock.nowMs = NOON_MS;
    await cloud.keep('calle-mayor', calleMayor({ limits: { soft: 1, hard: 2 } }));
    expect(toSigns(await cloud.flush())).toMatchObject([
      { target: 'snapshot', arguments: [{ content: { limits: { soft: 1, hard: 2 } } }] },
    ]);
  });
});
