import { expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { followAsSign } from '../support/following-sign.ts';
import { openSdkSensor } from '../support/sdk-sensor.ts';

const DEMO = ['--demonstration-store-group', 'demo'];
const KILLS = 5;

const countOf = async (cloud: CloudProcess): Promise<number> => {
  const body = await (await cloud.call('GET', API_PATHS.store('calle-mayor'))).json();
  return (body as { snapshot: { content: { count: number } } }).snapshot.content.count;
};

test('the cloud is killed between commit and send: the sensor sends again, it counts once, and the glass comes right by itself', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  using sign = await followAsSign(cloud.ready().httpUrl);
  const street = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  try {
    await street.send({ in: 10, boot: 'b1', sequence: 1 });
    await expect.poll(() => sign.shown()?.content.count).toBe(10);

    cloud.killAfterNextCommit();
    const acknowledged = street.send({ in: 3, boot: 'b1', sequence: 2 });
    await cloud.died();
    await cloud.start();
    await acknowledged;
    await expect.poll(() => sign.shown()?.content.count, { timeout: 30_000 }).toBe(13);
    expect(await countOf(cloud)).toBe(13);
    await street.send({ out: 1, boot: 'b1', sequence: 3 });
    await expect.poll(() => sign.shown()?.content.count).toBe(12);
  } finally {
    await street.close();
  }
});

test('the cloud is killed again and again while sensors send: what was acknowledged is counted once, and no sign goes back', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor({ limits: { soft: 9_000, hard: 9_999 } }));
  using sign = await followAsSign(cloud.ready().httpUrl);
  const doors = ['street-1', 'arcade-1'];
  let sending = true;
  const sent = await Promise.all(
    doors.map(async (id) => {
      const sensor = await openSdkSensor(sensors.get(id) ?? '', cloud.ready().caFile);
      return { id, sensor, count: 0 };
    }),
  );
  // A counter that never gives up: the next reading only once this one is acknowledged, under the same sequence.
  const senders = sent.map(async (door) => {
    while (sending) {
      const reading = { in: 1, boot: 'b1', sequence: door.count + 1 };
      while (door.count < reading.sequence) {
        await door.sensor.send(reading).then(
          () => {
            door.count = reading.sequence;
          },
          () => undefined,
        );
      }
    }
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = sent[0]?.count ?? 0;
    await expect.poll(() => sent[0]?.count, { timeout: 60_000, interval: 5 }).toBeGreaterThan(before + 5);
    await cloud.kill();
    await cloud.start();
  }
  sending = false;
  await Promise.all(senders);
  await Promise.all(sent.map(({ sensor }) => sensor.close()));

  const acknowledged = sent.reduce((sum, door) => sum + door.count, 0);
  expect(await countOf(cloud)).toBe(acknowledged);
  await expect.poll(() => sign.shown()?.content.count, { timeout: 60_000 }).toBe(acknowledged);
  expect(sign.revisions()).toEqual([...sign.revisions()].sort((a, b) => a - b));
});

test('after a second start the count, the sensors and the sign’s place are what they were', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  const before = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  await before.send({ in: 21 });
  await before.close();
  await cloud.kill();
  await cloud.start();

  using sign = await followAsSign(cloud.ready().httpUrl);
  await expect.poll(() => sign.shown()?.content.count).toBe(21);
  expect(await cloud.putStore('calle-mayor', calleMayor())).toEqual(new Map());
  const after = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  await after.send({ in: 1 });
  await after.close();
  await expect.poll(() => sign.shown()?.content.count).toBe(22);
});
