import { expect, test } from 'vitest';
import type { SensorModel } from '../../../../cloud/contracts/sensor-model.ts';
import { unheardSensor } from '../../../../cloud/domain/sensor-state.ts';
import { NEARBY_MISSED_AFTER_MS } from '../../../../cloud/domain/sign-silence.ts';
import { HEARD_WITHIN_MS, HEARD_WITHOUT_CONNECTION_WITHIN_MS } from '../../../../cloud/domain/sign-state.ts';
import { flush } from '../../../../cloud/functions/flush.ts';
import { aStore, NOON_MS } from '../../../support/builders.ts';
import { calleMayor } from '../../../support/calle-mayor.ts';
import { ANNA, aHeartbeat, aPicture, fleetStage, oneOf } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const ELSEWHERE = '198.51.100.9:443';
const SILENT = 'Nothing was heard for 30000 ms.';

onSqlite('of a sign that fell silent', (database) => {
  /** A sign of the group whose machine stopped answering; `at` is when that was noted. */
  const silentSign = async (storeGroupId = 'mayor') => {
    const stage = await fleetStage(database);
    const { store } = stage.services;
    const sign = await stage.sign('a');
    const paint = aHeartbeat({ painted: aPicture({ storeGroupId, leaseMs: 900_000 }) });
    await stage.as(ANNA).assignOne(sign.signId, storeGroupId);
    await sign.connected('c-1');
    await sign.heartbeat(paint);
    const other = async (letter: string, group: string, address?: string) => {
      const beside = await stage.sign(letter);
      await stage.as(ANNA).assignOne(beside.signId, group);
      return () => beside.heartbeat(aHeartbeat({ painted: aPicture({ storeGroupId: group }) }), address);
    };
    return {
      stage,
      other,
      fallsSilent: async () => {
        stage.nowMs += 35_000;
        await sign.disconnected('c-1', SILENT);
      },
      sensorSays: (sensorId: string) =>
        store.transaction((tx) =>
          tx.counting.saveSensorStates([{ ...unheardSensor(sensorId), heardUntilMs: stage.nowMs }]),
        ),
      /** Makes the counter of its store another one. */
      sensorIs: (model: SensorModel, sensorId = 'street-1') =>
        store.transaction(async (tx) => {
          const doors = [{ id: 'street', name: 'Street', sensors: [{ id: sensorId, model }] }];
          const description = calleMayor({ storeGroups: ['mayor', 'both'], doors });
          await tx.structure.putStore('calle-mayor', description, { today: aStore().today, nowMs: NOON_MS });
        }),
      hasKey: (sensorId: string) =>
        store.transaction((tx) => tx.ingestKeys.put(sensorId, 'x'.repeat(43), NOON_MS)),
      told: async () => oneOf(await stage.as(ANNA).fleet(), sign.signId),
      wait: (ms: number) => {
        stage.nowMs += ms;
      },
    };
  };

  test('the PC is the cause where its store’s sensor is heard later', async () => {
    const { sensorIs, sensorSays, fallsSilent, told, wait } = await silentSign();
    await sensorIs('vitrine');
    await sensorSays('street-1');
    await fallsSilent();
    wait(HEARD_WITHOUT_CONNECTION_WITHIN_MS);
    expect(await told()).toMatchObject({ state: 'still', cause: 'silent' });
    await sensorSays('street-1');
    expect(await told()).toMatchObject({ state: 'still', cause: 'unplugged' });
  });

  test('nothing is, where the cloud was away and the sign did not have its time to come back', async () => {
    const { stage, sensorIs, sensorSays, fallsSilent, told, wait } = await silentSign();
    const flushes = flush(stage.services);
    await sensorIs('vitrine');
    await flushes();
    await fallsSilent();
    wait(10 * 60_000);
    await sensorSays('street-1');
    expect(await told()).toMatchObject({ cause: 'silent' });
    await flushes();
    wait(30_000);
    await flushes();
    expect(await told()).toMatchObject({ cause: 'silent' });
    for (let waitedMs = 30_000; waitedMs < HEARD_WITHIN_MS; waitedMs += 30_000) {
      wait(30_000);
      await flushes();
    }
    expect(await told()).toMatchObject({ cause: 'unplugged' });
  });

  test('the network is the cause where its store’s sensor is missed too, until it is back', async () => {
    const { sensorIs, sensorSays, fallsSilent, told, wait } = await silentSign();
    await sensorIs('vitrine');
    await sensorSays('street-1');
    await fallsSilent();
    wait(NEARBY_MISSED_AFTER_MS);
    expect(await told()).toMatchObject({ state: 'still', cause: 'network' });
    await sensorSays('street-1');
    expect(await told()).toMatchObject({ cause: 'unplugged' });
  });

  test.for([
    ['a network server tells of', 'milesight', false],
    ['may be told of by a network server', 'auto', true],
  ] as const)('a sensor that %s says nothing', async ([, model, isKeyed]) => {
    const { sensorIs, sensorSays, hasKey, fallsSilent, told, wait } = await silentSign();
    await sensorIs(model);
    if (isKeyed) await hasKey('street-1');
    await sensorSays('street-1');
    await fallsSilent();
    wait(NEARBY_MISSED_AFTER_MS);
    expect(await told()).toMatchObject({ cause: 'silent' });
    await sensorSays('street-1');
    expect(await told()).toMatchObject({ cause: 'silent' });
  });

  test('a sensor of another store says nothing, nor of any where the group has two', async () => {
    const { sensorSays, fallsSilent, told, wait } = await silentSign('both');
    await fallsSilent();
    wait(NEARBY_MISSED_AFTER_MS);
    await sensorSays('via-1');
    expect(await told()).toMatchObject({ cause: 'silent' });
  });

  test('another sign of the store at the same address is beside it', async () => {
    const { other, fallsSilent, told, wait } = await silentSign();
    const reports = await other('b', 'mayor');
    await reports();
    await fallsSilent();
    wait(NEARBY_MISSED_AFTER_MS);
    expect(await told()).toMatchObject({ cause: 'network' });
    await reports();
    expect(await told()).toMatchObject({ cause: 'unplugged' });
  });

  test.for([
    ['that comes from elsewhere', 'mayor', ELSEWHERE],
    ['of another store', 'via', undefined],
    ['of a group that has other stores too', 'both', undefined],
    ['on the cloud’s own machine', 'mayor', '127.0.0.1:50000'],
  ] as const)('a sign %s is not beside it', async ([, group, address]) => {
    const { other, fallsSilent, told, wait } = await silentSign();
    const reports = await other('b', group, address);
    await fallsSilent();
    wait(HEARD_WITHOUT_CONNECTION_WITHIN_MS);
    await reports();
    expect(await told()).toMatchObject({ cause: 'silent' });
  });

  test('where the group has two stores, its other signs at the same address still say something', async () => {
    const { other, fallsSilent, told, wait } = await silentSign('both');
    const reports = await other('b', 'both');
    await fallsSilent();
    wait(HEARD_WITHOUT_CONNECTION_WITHIN_MS);
    await reports();
    expect(await told()).toMatchObject({ cause: 'unplugged' });
  });
});
