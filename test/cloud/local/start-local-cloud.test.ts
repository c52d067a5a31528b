import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import {
  type LocalCloud,
  type LocalCloudOptions,
  startLocalCloud,
} from '../../../cloud/local/start-local-cloud.ts';
import { type AppFile, appFrom } from '../../support/functions-host.ts';

/** An app that talks to its platform as ours does: by the settings it is given. */
const APP = `
const { createHmac } = require('node:crypto');
app.http('health', { handler: async () => ({ jsonBody: 'well' }) });
app.http('settings', { authLevel: 'function', handler: async () => ({ jsonBody: { ...process.env } }) });
const info = input.generic({ type: 'signalRConnectionInfo', hubName: 'vitrine', userId: '{headers.x-user}' });
app.http('negotiate', { extraInputs: [info], handler: async (r, context) => ({ jsonBody: context.extraInputs.get(info) }) });
app.http('device', { route: 'devices/{id}', methods: ['PUT'], handler: async ({ params }) => {
  const fields = Object.fromEntries(process.env.IotHubRegistry.split(';').map((part) => part.match(/([^=]*)=(.*)/).slice(1)));
  const sr = encodeURIComponent(fields.HostName), se = Math.floor(Date.now() / 1000) + 60;
  const sig = createHmac('sha256', Buffer.from(fields.SharedAccessKey, 'base64')).update(sr + '\\n' + se).digest('base64');
  const response = await fetch('https://' + fields.HostName + '/devices/' + params.id + '?api-version=2021-04-12', {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      authorization: 'SharedAccessSignature sr=' + sr + '&sig=' + encodeURIComponent(sig) + '&se=' + se + '&skn=' + fields.SharedAccessKeyName,
    },
    body: JSON.stringify({ deviceId: params.id, status: 'enabled', authentication: { type: 'sas' } }),
  });
  return { status: response.status, jsonBody: await response.json() };
} });
app.eventHub('telemetry', {
  connection: 'IotHubEvents', eventHubName: '%IotHubEventHubName%', cardinality: 'many',
  handler: async (bodies, { triggerMetadata }) => tell([bodies, triggerMetadata.systemPropertiesArray[0]['iothub-connection-device-id']]),
});
app.timer('flush', { schedule: '%FlushSchedule%', handler: async () => tell('flush') });
app.hook.appTerminate(() => tell('terminated'));
`;

type Ground = Disposable & {
  readonly app: AppFile;
  start(options?: Partial<LocalCloudOptions>): Promise<LocalCloud>;
};

function ground(): Ground {
  const app = appFrom(APP);
  const parent = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const start = (options: Partial<LocalCloudOptions> = {}) =>
    startLocalCloud({
      dataFolder: join(parent, 'data'),
      iotHubHost: '127.0.0.1',
      httpPort: 0,
      iotHubPort: 0,
      functionsApp: app.file,
      signPage: join(parent, 'sign'),
      log: pino({ level: 'silent' }),
      now: Date.now,
      ...options,
    });
  return {
    app,
    start,
    [Symbol.dispose]() {
      app.remove();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** One message as a device posts it over HTTPS; gives the status. */
async function send(
  cloud: LocalCloud,
  deviceId: string,
  key: string,
  body: string,
): Promise<number | undefined> {
  const resource = encodeURIComponent(`${cloud.iotHub.hostName}/devices/${deviceId}`);
  const expiry = Math.floor(Date.now() / 1_000) + 60;
  const signature = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`${resource}\n${expiry}`)
    .digest('base64');
  const authorization = `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=${expiry}`;
  const path = `/devices/${deviceId}/messages/events?api-version=2020-03-13`;
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request({
    host: 'localhost',
    port: cloud.iotHub.port,
    path,
    method: 'POST',
    ca: cloud.caPem,
    headers: { authorization },
  })
    .on('response', (response) => void text(response).then(() => resolve(response.statusCode)))
    .on('error', reject)
    .end(body);
  return promise;
}

describe('the embedded cloud', () => {
  test('carries a reading from a device that its own app has created to a function', async () => {
    using here = ground();
    const cloud = await here.start();
    const created = await fetch(`${cloud.httpUrl}/api/devices/door-1`, { method: 'PUT' });
    const device = (await created.json()) as { authentication: { symmetricKey: { primaryKey: string } } };
    const key = device.authentication.symmetricKey.primaryKey;
    expect(await send(cloud, 'door-1', key, '{"people":3}')).toBe(204);
    expect(here.app.told()).toContainEqual([[{ people: 3 }], 'door-1']);
    await cloud.close();
    expect(here.app.told().at(-1)).toBe('terminated');
  });

  test('gives its app the settings of a Function App, and takes them away again', async () => {
    using here = ground();
    const cloud = await here.start({
      demonstrationStoreGroup: 'demo',
      settings: { FlushSchedule: '0 0 0 1 1 *' },
    });
    const response = await fetch(`${cloud.httpUrl}/api/settings`, {
      headers: { 'x-functions-key': cloud.hostKey },
    });
    const { port } = new URL(cloud.httpUrl);
    expect(await response.json()).toMatchObject({
      AzureSignalRConnectionString: expect.stringMatching(
        new RegExp(`^Endpoint=http://localhost:${port};AccessKey=.{44};Version=1.0;$`),
      ),
      IotHubRegistry: expect.stringContaining(
        `HostName=localhost:${cloud.iotHub.port};SharedAccessKeyName=registryReadWrite;`,
      ),
      VitrineDatabase: expect.stringMatching(/^sqlite:\/.*\/data\/vitrine\.db$/),
      SessionSigningKey: expect.stringMatching(/^.{44}$/),
      FlushSchedule: '0 0 0 1 1 *',
      MinimumPushIntervalMs: '0',
      DemonstrationStoreGroup: 'demo',
    });
    await cloud.close();
    expect(Object.keys(process.env)).not.toContain('SessionSigningKey');
  });

  test('lets clients of SignalR in under the address that it gives them', async () => {
    using here = ground();
    const cloud = await here.start();
    const negotiated = await fetch(`${cloud.httpUrl}/api/negotiate`, {
      method: 'POST',
      headers: { 'x-user': 'sign-7' },
    });
    const { url, accessToken } = (await negotiated.json()) as { url: string; accessToken: string };
    const client = `${url.replace('/client/', '/client/negotiate')}&negotiateVersion=1`;
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await fetch(client, { method: 'POST', headers })).status).toBe(200);
    expect((await fetch(client, { method: 'POST' })).status).toBe(401);
    await cloud.close();
  });

  test('keeps its keys and its authority over a restart, in a folder that is only its own', async () => {
    using here = ground();
    const first = await here.start();
    const folder = join(first.caFile, '..');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(first.caFile, 'utf8')).toBe(first.caPem);
    await first.close();
    const second = await here.start();
    expect([second.hostKey, second.caPem]).toEqual([first.hostKey, first.caPem]);
    await second.close();
  });

  test('runs timers as soon as it stands', async () => {
    using here = ground();
    const cloud = await here.start();
    await expect.poll(() => here.app.told(), { timeout: 5_000 }).toContain('flush');
    await cloud.close();
  });
});

describe('a cloud that cannot start says why and leaves nothing behind', () => {
  test('on a data folder that is in use, even by this process', async () => {
    using here = ground();
    const cloud = await here.start();
    await expect(here.start()).rejects.toMatchObject({
      code: 'ERR_DATA_FOLDER_IN_USE',
      message: expect.stringContaining('--data'),
    });
    await cloud.close();
    await (await here.start()).close();
  });

  test('on a port that is taken', async () => {
    using here = ground();
    using other = ground();
    const cloud = await here.start();
    const httpPort = Number(new URL(cloud.httpUrl).port);
    await expect(other.start({ httpPort })).rejects.toMatchObject({
      code: 'ERR_PORT_TAKEN',
      message: expect.stringContaining('--http-port'),
    });
    const iotHubPort = cloud.iotHub.port;
    await expect(other.start({ iotHubPort })).rejects.toMatchObject({
      code: 'ERR_PORT_TAKEN',
      message: expect.stringContaining('--iot-hub-port'),
    });
    await (await other.start()).close();
    await cloud.close();
  });

  test('with an app that does not load', async () => {
    using here = ground();
    const broken = appFrom(`throw new Error('typo')`);
    await expect(here.start({ functionsApp: broken.file })).rejects.toMatchObject({ code: 'ERR_APP_LOAD' });
    broken.remove();
    await (await here.start()).close();
  });

  test('without a build, before it has touched the data folder', async () => {
    using here = ground();
    const missing = here.start({ functionsApp: '/nowhere/index.cjs', dataFolder: '/nowhere/data' });
    await expect(missing).rejects.toThrow(/run the build/);
    expect(existsSync('/nowhere')).toBe(false);
  });
});
