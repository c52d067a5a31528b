import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followCloud } from '../../cloud/client/follow-cloud.ts';
import { identityOf, makeKeyPair } from '../../cloud/client/sign-identity.ts';
import type { SnapshotContent } from '../../cloud/contracts/snapshot.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { type MqttSensor, openMqttSensor } from '../support/mqtt-sensor.ts';
import { backupFolderIn, ownerCommand } from '../support/owner-command.ts';

const DEMO = ['--demonstration-store-group', 'demo'];
const IN_FLIGHT = 20;
const MORE = 200;

/** What a sign would have drawn, one after the other. */
async function drawnBySign(cloudUrl: string, signal: AbortSignal): Promise<readonly SnapshotContent[]> {
  const drawn: SnapshotContent[] = [];
  followCloud({
    cloudUrl,
    identity: await identityOf(await makeKeyPair()),
    signal,
    onState(state) {
      const content = state.kind === 'following' ? state.stores[0]?.content : undefined;
      if (content !== undefined && content !== drawn.at(-1)) drawn.push(content);
    },
  });
  return drawn;
}

/** One person a reading, each with the next number; so the count is the newest number that counts. */
const sendUpTo = async (sensor: MqttSensor, from: number, to: number): Promise<void> => {
  for (let first = from; first <= to; first += IN_FLIGHT) {
    const numbers = Array.from({ length: Math.min(IN_FLIGHT, to - first + 1) }, (_, index) => first + index);
    await Promise.all(
      numbers.map((sequence) => sensor.send(JSON.stringify({ in: 1, boot: 'b1', sequence }))),
    );
  }
};

test('a back-up under load is restored to exactly its moment; the sign takes the older count at once, and what is sent again counts once', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const ending = new AbortController();
  const data = ['--data', join(cloud.dataDir, 'data')];
  const limits = { soft: 9_000, hard: 9_999 };
  const sensors = await cloud.putStore('calle-mayor', calleMayor({ limits }));
  const drawn = await drawnBySign(cloud.ready().httpUrl, ending.signal);
  const shown = () => drawn.at(-1)?.count;
  const connect = () => openMqttSensor(cloud, sensors.get('street-1') ?? '');
  let sent = 0;
  let acknowledgedBefore = 0;
  let backup = '';
  {
    await using sensor = await connect();
    await sendUpTo(sensor, 1, MORE);
    sent = MORE;
    acknowledgedBefore = sent;
    let making = true;
    const made = ownerCommand('backup', data).then((said) => {
      making = false;
      return backupFolderIn(said);
    });
    while (making) {
      await sendUpTo(sensor, sent + 1, sent + IN_FLIGHT);
      sent += IN_FLIGHT;
    }
    backup = await made;
    await sendUpTo(sensor, sent + 1, sent + MORE);
    sent += MORE;
  }
  await expect.poll(shown).toBe(sent);
  const later = calleMayor({
    limits,
    doors: [{ id: 'street', name: 'Street', sensors: [{ id: 'street-1' }, { id: 'late-1' }] }],
  });
  const late = (await cloud.putStore('calle-mayor', later)).get('late-1') ?? '';

  expect(await ownerCommand('restore', [backup, ...data])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/another cloud runs on/),
  });
  await cloud.kill();
  const said = await ownerCommand('restore', [backup, ...data]);
  expect(said).toMatchObject({ code: 0, out: expect.stringMatching(/refused now.*late-1/) });
  await cloud.start();

  await expect.poll(() => drawn.at(-1)?.epoch, { timeout: 30_000 }).toBeGreaterThan(drawn[0]?.epoch ?? 0);
  const restored = shown() ?? 0;
  expect(restored).toBeGreaterThanOrEqual(acknowledgedBefore);
  expect(restored).toBeLessThanOrEqual(sent - MORE);
  await expect(openMqttSensor(cloud, late)).rejects.toThrow(/not authorized/i);
  {
    await using sensor = await connect();
    await sendUpTo(sensor, 1, sent);
  }
  await expect.poll(shown).toBe(sent);
  ending.abort();
  const inOrder = drawn.map(({ epoch, revision }) => epoch * 1e5 + revision);
  expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
  expect(new Set(drawn.map(({ epoch }) => epoch)).size).toBe(2);
});
