import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startLocalCloud } from '../../../cloud/local/start-local-cloud.ts';
import { appFrom } from '../../support/functions-host.ts';

const APP = `
const info = input.generic({ type: 'signalRConnectionInfo', hubName: 'vitrine', userId: 'ana' });
app.http('negotiate', { extraInputs: [info], handler: async (r, context) => ({ jsonBody: context.extraInputs.get(info) }) });
`;

test('a sign that polls comes again after the last word and hears that it is over', async () => {
  const app = appFrom(APP);
  const folder = mkdtempSync(join(tmpdir(), 'stop-cloud-'));
  const cloud = await startLocalCloud({
    dataFolder: join(folder, 'data'),
    iotHubHost: '127.0.0.1',
    httpPort: 0,
    iotHubPort: 0,
    functionsApp: app.file,
    signPage: join(folder, 'sign'),
    log: pino({ level: 'silent' }),
    now: Date.now,
  });
  onTestFinished(async () => {
    await cloud.close();
    app.remove();
    rmSync(folder, { recursive: true });
  });
  const { url, accessToken } = await (await fetch(`${cloud.httpUrl}/api/negotiate`)).json();
  const ask = async (method: string, to: string, body?: string) => {
    const headers = { authorization: `Bearer ${accessToken}`, connection: 'close' };
    const response = await fetch(to, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: response.status, text: await response.text() };
  };
  const given = await ask('POST', `${url.replace('?', 'negotiate?')}&negotiateVersion=1`);
  const here = `${url}&id=${JSON.parse(given.text).connectionToken}`;
  await ask('GET', here);
  await ask('POST', here, '{"protocol":"json","version":1}\x1e');
  expect(await ask('GET', here)).toEqual({ status: 200, text: '{}\x1e' });

  const hanging = ask('GET', here);
  await ask('POST', here, '{"type":6}\x1e');
  const closed = cloud.close();
  expect(await hanging).toEqual({ status: 200, text: '{"type":7,"allowReconnect":true}\x1e' });
  expect(await ask('GET', here)).toEqual({ status: 204, text: '' });
  await closed;
  await expect(ask('GET', here)).rejects.toThrow();
});
