import { expect, test } from 'vitest';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { toSigns } from '../support/owner-calls.ts';
import { onBothEngines } from '../support/store-engines.ts';

const MINUTE_MS = 60_000;

onBothEngines('what the signs and the managers are told', (database) => {
  async function startCloud() {
    const clock = { nowMs: NOON_MS };
    const cloud = cloudOn(await database.open(), { now: () => clock.nowMs });
    await cloud.keep('calle-mayor', calleMayor());
    const events = (type: string) =>
      cloud.services.store
        .look((tx) => tx.history.alertEvents('calle-mayor', 100))
        .then((all) => all.filter((event) => event.type === type).map(({ event }) => event));
    return { clock, cloud, events };
  }
  const inward = { in: 3, boot: 'b1', sequence: 1 };

  test('of a batch that comes again is the same again: what told of it may be lost', async () => {
    const { cloud } = await startCloud();
    const told = await cloud.say({ body: inward });
    expect(toSigns(told)).toMatchObject([{ target: 'snapshot', arguments: [{ content: { count: 3 } }] }]);
    expect(await cloud.say({ body: inward })).toEqual(told);
  });

  test('of an alert that was answered is nothing more while it stays true, for as long as an answer holds', async () => {
    const { clock, cloud, events } = await startCloud();
    await cloud.say({ body: inward }, { sensorId: 'arcade-1', body: inward });
    for (let minute = 1; minute < 30; minute += 1) {
      clock.nowMs = NOON_MS + minute * MINUTE_MS;
      await cloud.flush();
      const silent = { type: 'sensor-silent', source: 'street-1', by: 'Mara' };
      if (minute === 2) await cloud.acknowledge('calle-mayor', silent);
    }
    expect(await events('sensor-silent')).toEqual(['acknowledged', 'raised', 'raised']);
  });

  test('of a refused message that comes again is that one message was refused', async () => {
    const { cloud, events } = await startCloud();
    for (let time = 1; time <= 12; time += 1) await cloud.say({ body: 'not JSON', messageId: 'garbled' });
    expect(await events('rejected-rising')).toEqual([]);
  });
});
