import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { chromiumPath } from '../support/chromium-path.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { deviceOf, sasTokenOf } from '../support/device-credentials.ts';
import { followAsSign } from '../support/following-sign.ts';
import { openSdkSensor } from '../support/sdk-sensor.ts';

const DEMO = ['--demonstration-store-group', 'demo'];
const MOSQUITTO = '/usr/bin/mosquitto_pub';

test('a customer walks in past the official SDK’s sensor, and the number painted by a real Chromium changes', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  const street = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  const executablePath = chromiumPath();
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  try {
    await street.send({ in: 37, boot: 'b1', sequence: 1 });
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(cloud.ready().httpUrl);
    const painted = page.getByTestId('count');
    await expect.poll(() => painted.textContent()).toBe('37');

    await street.send({ in: 1, boot: 'b1', sequence: 2 });
    await expect.poll(() => painted.textContent()).toBe('38');
    await street.send({ out: 5, boot: 'b1', sequence: 3 });
    await expect.poll(() => painted.textContent()).toBe('33');
  } finally {
    await browser.close();
    await street.close();
  }
});

test('two doors of a store make one count, and every sign of its group shows it', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  using one = await followAsSign(cloud.ready().httpUrl);
  using other = await followAsSign(cloud.ready().httpUrl);
  const street = await openSdkSensor(sensors.get('street-1') ?? '', cloud.ready().caFile);
  const arcade = await openSdkSensor(sensors.get('arcade-1') ?? '', cloud.ready().caFile);
  try {
    await Promise.all([street.send({ in: 5 }), arcade.send({ in: 2, out: 3 })]);
    for (const sign of [one, other]) {
      await expect.poll(() => sign.shown()?.content.count).toBe(4);
      expect(sign.shown()?.content).toMatchObject({ mayEnter: 56, state: 'open', today: { in: 7, out: 3 } });
    }
  } finally {
    await Promise.all([street.close(), arcade.close()]);
  }
});

test('a plain MQTT client is a sensor as good as any', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  using sign = await followAsSign(cloud.ready().httpUrl);
  const device = deviceOf(sensors.get('street-1') ?? '');
  const client = await connectAsync(`mqtts://localhost:${cloud.ready().iotHub.port}`, {
    protocolVersion: 4,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password: sasTokenOf(device),
    ca: readFileSync(cloud.ready().caFile),
  });
  try {
    await client.publishAsync(`devices/${device.id}/messages/events/`, '{"in":3}', { qos: 1 });
    await expect.poll(() => sign.shown()?.content.count).toBe(3);
  } finally {
    await client.endAsync();
  }
});

test.skipIf(!existsSync(MOSQUITTO))('mosquitto_pub of the README counts people', async () => {
  await using cloud = await startCloudProcess(DEMO);
  const sensors = await cloud.putStore('calle-mayor', calleMayor());
  using sign = await followAsSign(cloud.ready().httpUrl);
  const device = deviceOf(sensors.get('arcade-1') ?? '');
  const connection = [
    '-h',
    'localhost',
    '-p',
    String(cloud.ready().iotHub.port),
    '--cafile',
    cloud.ready().caFile,
  ];
  const identity = [
    '-V',
    'mqttv311',
    '-i',
    device.id,
    '-u',
    `${device.hostName}/${device.id}/?api-version=2021-04-12`,
  ];
  const message = ['-q', '1', '-t', `devices/${device.id}/messages/events/`, '-m', '{"in":2}'];
  await promisify(execFile)(MOSQUITTO, [...connection, ...identity, '-P', sasTokenOf(device), ...message]);
  await expect.poll(() => sign.shown()?.content.count).toBe(2);
});

test('a sign waits for its place, takes it at once when it gets one, and leaves it when it goes', async () => {
  await using cloud = await startCloudProcess();
  await cloud.putStore('calle-mayor', calleMayor());
  using sign = await followAsSign(cloud.ready().httpUrl);
  await expect.poll(() => sign.state()).toMatchObject({ kind: 'unassigned', link: 'up' });
  const state = sign.state();
  const signId = state.kind === 'unassigned' ? state.signId : '';

  const nowhere = await cloud.call('PUT', `/api/signs/${signId}/assignment`, { storeGroupId: 'nowhere' });
  expect(nowhere.status).toBe(404);
  await cloud.call('PUT', `/api/signs/${signId}/assignment`, { storeGroupId: 'demo' });
  await expect.poll(() => sign.shown()?.content.store.name).toBe('Calle Mayor');
  await cloud.call('PUT', `/api/signs/${signId}/assignment`, { storeGroupId: null });
  await expect.poll(() => sign.state().kind).toBe('unassigned');
});
