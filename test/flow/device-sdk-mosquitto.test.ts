import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDevice, eventsTopic, sasToken, startTestHub, type TestHub } from '../support/iot-hub.ts';

const isInstalled = spawnSync('mosquitto_pub', ['--help']).error === undefined;
const run = promisify(execFile);

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await startTestHub();
  folder = mkdtempSync(join(tmpdir(), 'vitrine-mosquitto-'));
  writeFileSync(join(folder, 'ca.pem'), hub.caPem);
});
afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const mosquittoPub = (deviceId: string, key: string, topic: string, message: string) => {
  const { hostName, port } = hub.hub;
  const token = sasToken({ resource: `${hostName}/devices/${deviceId}`, key });
  const connection = ['-h', 'localhost', '-p', String(port), '--cafile', join(folder, 'ca.pem'), '-V', '311'];
  const who = ['-i', deviceId, '-u', `${hostName}/${deviceId}/?api-version=2021-04-12`, '-P', token];
  return run('mosquitto_pub', [...connection, ...who, '-q', '1', '-t', topic, '-m', message]);
};

test.skipIf(!isInstalled)(
  'mosquitto_pub sends a message by TLS and a token (skipped where it is not installed)',
  async () => {
    const device = aDevice(hub);
    await mosquittoPub(
      'door-1',
      device.primaryKey,
      eventsTopic('door-1', '$.ct=application%2Fjson'),
      '{"in":1}',
    );
    expect(hub.delivered.map(({ body }) => body.toString())).toEqual(['{"in":1}']);
    expect(hub.delivered[0]?.systemProperties).toMatchObject({
      'content-type': 'application/json',
      'iothub-connection-device-id': 'door-1',
    });
  },
);

test.skipIf(!isInstalled)(
  'mosquitto_pub is refused with a wrong key (skipped where it is not installed)',
  async () => {
    aDevice(hub, 'door-2');
    const wrong = Buffer.alloc(32, 'wrong').toString('base64');
    await expect(mosquittoPub('door-2', wrong, eventsTopic('door-2'), 'x')).rejects.toThrow(
      /not authori[sz]ed/i,
    );
  },
);
