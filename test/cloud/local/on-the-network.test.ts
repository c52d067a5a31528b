import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../cloud/local/start-local-cloud.ts';
import { type AppFile, appFrom } from '../../support/functions-host.ts';
import { anAuthority, laidDown, outerAddress } from '../../support/own-certificates.ts';

/** An app that calls its platform by the settings that it is given. */
const APP = `
const info = input.generic({ type: 'signalRConnectionInfo', hubName: 'vitrine', userId: 'sign-7' });
app.http('negotiate', { extraInputs: [info], handler: async (r, context) => ({ jsonBody: context.extraInputs.get(info) }) });
const reached = async (url) => fetch(url).then(({ status }) => status, ({ cause }) => cause.code);
app.http('self', { handler: async () => ({ jsonBody: {
  signalR: await reached(process.env.AzureSignalRConnectionString.match(/Endpoint=([^;]*)/)[1] + '/api/self-call'),
  registry: await reached('https://' + process.env.IotHubRegistry.match(/HostName=([^;]*)/)[1] + '/devices'),
} }) });
app.eventHub('telemetry', { connection: 'IotHubEvents', eventHubName: 'e', cardinality: 'many', handler: async () => {} });
`;
const address = outerAddress();
const UNTRUSTED = 'SELF_SIGNED_CERT_IN_CHAIN';

let folder: string;
let app: AppFile;
let cloud: LocalCloud;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-network-'));
  app = appFrom(APP);
});
afterEach(async () => {
  await cloud?.close();
  app.remove();
  rmSync(folder, { recursive: true });
});

async function start(host: string, more: Partial<Parameters<typeof startLocalCloud>[0]> = {}) {
  cloud = await startLocalCloud({
    dataFolder: join(folder, 'data'),
    host,
    httpPort: 0,
    iotHubPort: 0,
    functionsApp: app.file,
    signPage: folder,
    log: pino({ level: 'silent' }),
    now: Date.now,
    ...more,
  });
  return { ...cloud, port: Number(new URL(cloud.httpUrl).port) };
}

/** The answer to a caller who trusts that authority and no other. */
async function asked(url: string, ca: string): Promise<unknown> {
  const call = request(url, { ca, agent: false, method: 'POST' });
  call.end();
  const [response] = await once(call, 'response');
  return json(response);
}

/** The names in the certificate that is shown, to one who does not check it. */
async function shownNames(port: number, servername?: string): Promise<string> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ...(servername ? { servername } : {}),
  });
  await once(socket, 'secureConnect');
  const names = socket.getPeerX509Certificate()?.subjectAltName ?? '';
  socket.destroy();
  return names;
}

describe.skipIf(address === undefined)(
  'a cloud that serves the network (not tried: this machine is on none)',
  () => {
    const outer = address ?? '';

    test('sends each sign for its pushes to where it came from, by TLS, and refuses who does not trust it', async () => {
      const { caPem, port, networkUrls } = await start(outer);
      expect(networkUrls[0]).toBe(`https://${outer}:${port}`);
      for (const host of ['localhost', outer]) {
        const answer = await asked(`https://${host}:${port}/api/negotiate`, caPem);
        expect(answer).toMatchObject({ url: `https://${host}:${port}/client/?hub=vitrine` });
      }
      const { caPem: foreign } = await anAuthority();
      await expect(asked(`https://${outer}:${port}/api/negotiate`, foreign)).rejects.toMatchObject({
        code: UNTRUSTED,
      });
    });

    test('gives sensors a name that leads here, on the hub as well, and its app reaches both', async () => {
      const { caPem, port, iotHub } = await start('0.0.0.0');
      expect(iotHub.hostName).toBe(`${outer}:${iotHub.port}`);
      const self = await asked(`https://${outer}:${port}/api/self`, caPem);
      expect(self).toEqual({ signalR: 404, registry: expect.any(Number) });
    });

    test('may have its hub for this machine alone', async () => {
      const { iotHub } = await start('0.0.0.0', { iotHubHost: '127.0.0.1' });
      expect(iotHub.hostName).toBe(`localhost:${iotHub.port}`);
    });

    test('shows the certificate of its owner, and still its own to itself', async () => {
      const company = await anAuthority();
      const issued = await company.issue([outer, 'vitrine.invalid']);
      const ownerCertificate = laidDown(folder, issued, company.caPem);
      const { port, iotHub, networkUrls } = await start('0.0.0.0', { ownerCertificate });
      expect(networkUrls).toEqual([`https://${outer}:${port}`, `https://vitrine.invalid:${port}`]);
      const self = await asked(`https://${outer}:${port}/api/self`, company.caPem);
      expect(self).toEqual({ signalR: 404, registry: expect.any(Number) });
      expect(await shownNames(port, 'vitrine.invalid')).not.toContain('localhost');
      expect(await shownNames(iotHub.port, 'vitrine.invalid')).not.toContain('localhost');
      expect(await shownNames(port, 'localhost')).toContain('localhost');
    });

    test('takes a renewed certificate on both ports while it runs', async () => {
      const company = await anAuthority();
      const names = [outer, 'vitrine.invalid'];
      const ownerCertificate = laidDown(folder, await company.issue(names), company.caPem);
      const { port, iotHub } = await start('0.0.0.0', { ownerCertificate, lookEveryMs: 50 });
      const renewed = [...names, 'new.invalid'];
      laidDown(folder, await company.issue(renewed), company.caPem);
      for (const each of [port, iotHub.port]) {
        await expect.poll(() => shownNames(each, 'vitrine.invalid')).toContain('new.invalid');
      }
      writeFileSync(ownerCertificate.certificate, 'broken');
      expect(await shownNames(port, 'new.invalid')).toContain('new.invalid');
    });
  },
);

test('a cloud for this machine alone speaks plain HTTP, and tells nobody of other addresses', async () => {
  const { httpUrl, networkUrls, authority } = await start('127.0.0.1');
  expect(httpUrl).toMatch(/^http:\/\/localhost:\d+$/);
  expect(networkUrls).toEqual([]);
  expect(authority).toEqual({
    caFile: join(folder, 'data/ca.pem'),
    fingerprint: expect.stringMatching(/^([\dA-F]{2}:){31}[\dA-F]{2}$/),
    isNew: true,
  });
});

test('an address that this machine does not have is refused by name', async () => {
  await expect(start('198.51.100.7')).rejects.toMatchObject({
    code: 'ERR_ADDRESS',
    message: expect.stringContaining('198.51.100.7'),
  });
});
