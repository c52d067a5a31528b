import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { HUB_NAME } from '../../cloud/contracts/hub-targets.ts';
import { putIntoEnvironment } from '../../cloud/local/app-settings.ts';
import { startFunctionsHost } from '../../cloud/local/functions-host/start-functions-host.ts';
import { createHttpUpstream } from '../../cloud/local/signalr/create-http-upstream.ts';
import type { SignalRConnectionEvent } from '../../cloud/local/signalr/signalr-message.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import { HOST_KEY, MASTER_KEY, noTimersYet } from '../support/functions-host.ts';
import { ACCESS_KEY, startSignalR } from '../support/signalr.ts';

const app = resolve(import.meta.dirname, '../../dist/functions/index.cjs');
const SIGN_ID = `s-${'A'.repeat(43)}`;

/** The functions app by itself, as it is deployed: the service is somewhere else, and known by a connection string. */
async function startApp(signalRUrl: string, accessKey: string) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'vitrine-upstream-'));
  const settings = {
    AzureSignalRConnectionString: `Endpoint=${signalRUrl};AccessKey=${accessKey};Version=1.0;`,
    IotHubEvents: 'Endpoint=sb://localhost/;SharedAccessKeyName=service;SharedAccessKey=embedded',
    IotHubEventHubName: 'vitrine',
    IotHubRegistry: 'HostName=localhost;SharedAccessKeyName=service;SharedAccessKey=bm90IHVzZWQ=',
    VitrineDatabase: `sqlite:${join(dataFolder, 'vitrine.db')}`,
    SessionSigningKey: Buffer.alloc(32, 'session').toString('base64'),
    FlushSchedule: '0 0 0 1 1 *',
  };
  const restore = putIntoEnvironment(settings);
  const nowhere = async () => undefined;
  const host = await startFunctionsHost({
    appFile: app,
    settings: process.env,
    keys: { host: HOST_KEY, master: MASTER_KEY },
    timerStatuses: noTimersYet(),
    signalR: { connectionInfo: () => ({ url: '', accessToken: '' }), send: nowhere, act: nowhere },
    log: pino({ enabled: false }),
    now: Date.now,
  });
  const server = createServer((request, response) => void host.handleHttp(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    await host.close();
    server.close();
    server.closeAllConnections();
    restore();
    rmSync(dataFolder, { recursive: true });
  });
  const present = async () => {
    const store = await openStore(`sqlite:${join(dataFolder, 'vitrine.db')}`, { now: Date.now });
    const open = await store.look((tx) => tx.presence.openConnections(SIGN_ID));
    await store.close();
    return open.map(({ connectionId }) => connectionId).sort();
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, present };
}

test('a sign that comes and goes is known to an app that the service can only reach by HTTP', async () => {
  let tell: (event: SignalRConnectionEvent) => Promise<void> = async () => undefined;
  const signalR = await startSignalR({ onConnectionEvent: (event) => tell(event) });
  const { url, present } = await startApp(signalR.endpoint, ACCESS_KEY);
  const address = `${url}/api/upstream/{hub}/{category}/{event}`;
  const refused: string[] = [];
  const log = pino({}, { write: (line) => refused.push(JSON.parse(line).err.message) });
  const upstreamWith = (accessKey: string, template = `${address}?code=${HOST_KEY}`) =>
    createHttpUpstream({ template, accessKeys: ['another of its keys', accessKey], log });
  const connect = async () => {
    const info = await signalR.service.connectionInfo({ hub: HUB_NAME, userId: SIGN_ID });
    const client = new HubConnectionBuilder()
      .withUrl(info.url, { accessTokenFactory: () => info.accessToken })
      .configureLogging(LogLevel.None)
      .build();
    await client.start();
    return client;
  };

  tell = upstreamWith(ACCESS_KEY);
  const first = await connect();
  const second = await connect();
  await expect.poll(present).toEqual([first.connectionId, second.connectionId].sort());
  await first.stop();
  await expect.poll(present).toEqual([second.connectionId]);

  // Neither the function's key alone nor the service's signature alone opens it.
  tell = upstreamWith('a key that is not its own');
  const third = await connect();
  tell = upstreamWith(ACCESS_KEY, address);
  const fourth = await connect();
  tell = upstreamWith(ACCESS_KEY);
  const fifth = await connect();
  await expect.poll(present).toEqual([second.connectionId, fifth.connectionId].sort());
  await expect.poll(() => refused).toEqual(['the app answered 401', 'the app answered 401']);
  for (const client of [second, third, fourth, fifth]) await client.stop();
  await expect.poll(present).toEqual([]);
});
