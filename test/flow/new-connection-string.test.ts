import { expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { sensorSecretSchema } from '../../cloud/contracts/sensor.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { openMqttSensor } from '../support/mqtt-sensor.ts';
import { openSdkSensor } from '../support/sdk-sensor.ts';

const READING = JSON.stringify({ in: 1 });

test('a new connection string cuts who came in with the old one, and only the new one opens', async () => {
  await using cloud = await startCloudProcess();
  const { caFile } = cloud.ready();
  const made = await cloud.putStore('calle-mayor', calleMayor());
  const old = made.get('street-1') ?? '';
  await using before = await openMqttSensor(cloud, old);
  await before.send(READING);
  const answer = await cloud.call('POST', API_PATHS.connectionString('street-1'), {});
  const { connectionString } = sensorSecretSchema.parse(await answer.json());
  expect(connectionString.split(';').slice(0, 2)).toEqual(old.split(';').slice(0, 2));
  expect(connectionString).not.toBe(old);
  await before.ended();
  await expect(openSdkSensor(old, caFile)).rejects.toThrow();
  const after = await openSdkSensor(connectionString, caFile);
  await after.send(READING);
  await after.close();
});
