import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { CAMERA_PASSWORD, CAMERA_USER, type FakeCamera, startFakeCamera } from '../support/fake-camera.ts';
import { sensorMessageText } from '../support/sensor-message.ts';
import { changed, replaced } from '../support/vendor-messages.ts';
import { ingestKey, vendorStore } from '../support/vendor-store.ts';

const POLLER = resolve(import.meta.dirname, '../../dist/cloud/poller.mjs');

let cloud: CloudProcess;
beforeAll(async () => {
  cloud = await startCloudProcess();
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** The built poller in a process of its own. */
async function startPoller(cameras: readonly { sensorId: string; url: string }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-poller-'));
  const file = join(folder, 'poller.json');
  const asked = await Promise.all(
    cameras.map(async ({ sensorId, url }) => ({
      sensorId,
      url,
      user: CAMERA_USER,
      password: CAMERA_PASSWORD,
      everySeconds: 2,
      ingestKey: await ingestKey(cloud, sensorId),
    })),
  );
  writeFileSync(file, JSON.stringify({ cloudUrl: cloud.ready().httpUrl, cameras: asked }), { mode: 0o600 });
  const poller = fork(POLLER, [file], { silent: true });
  let output = '';
  for (const stream of [poller.stdout, poller.stderr]) stream?.on('data', (chunk) => (output += chunk));
  return {
    output: () => output,
    async [Symbol.asyncDispose]() {
      const gone = once(poller, 'exit');
      poller.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once the camera has answered twice more: time enough for the first of the two to do harm. */
async function askedAgain(camera: FakeCamera): Promise<void> {
  const before = camera.answers();
  await expect.poll(() => camera.answers()).toBeGreaterThan(before + 1);
}

const SUMMARY = 'dahua-summary.txt';
const LIVE_SUM = 'axis-live-sum.json';
const summary = (utc: string, entered: string, exited: string) =>
  replaced(
    SUMMARY,
    ['UTC=1615580510', `UTC=${utc}`],
    ['EnteredSubtotal.Total=4012', `EnteredSubtotal.Total=${entered}`],
    ['ExitedSubtotal.Total=3990', `ExitedSubtotal.Total=${exited}`],
  );
const liveSum = (timestamp: string, entered: number, left: number) =>
  changed(LIVE_SUM, [['timestamp'], timestamp], [['in'], entered], [['out'], left]);

test('two cameras that have to be asked, behind HTTP Digest: an AXIS People Counter and a Dahua each move their own zones', async () => {
  await using axis = await startFakeCamera('/local/people-counter/.api?live-sum.json', 'application/json');
  await using dahua = await startFakeCamera(
    '/cgi-bin/videoStatServer.cgi?action=getSummary&channel=1',
    'text/plain;charset=utf-8',
  );
  const store = await vendorStore(cloud, 'polled', {
    main: { id: 'axis-1', model: 'axis', flipped: true },
    inner: { id: 'dahua-1' },
  });
  axis.says(sensorMessageText(LIVE_SUM));
  dahua.says(sensorMessageText(SUMMARY));
  await using poller = await startPoller([
    { sensorId: 'axis-1', url: axis.url },
    { sensorId: 'dahua-1', url: dahua.url },
  ]);
  await expect.poll(() => store.heardDoors()).toEqual(['main', 'inner']);
  expect(await store.zones()).toEqual({ hall: 50, back: 50 });

  axis.says(liveSum('20170503112856', 15, 319));
  await expect.poll(() => store.zones()).toEqual({ hall: 48, back: 50 });
  dahua.says(summary('1615580570', '4017', '3991'));
  await expect.poll(() => store.zones()).toEqual({ hall: 44, back: 54 });

  axis.says(liveSum('20170503113056', 15, 319));
  dahua.says(summary('1615580670', '4017', '3991'));
  await Promise.all([askedAgain(axis), askedAgain(dahua)]);
  expect(await store.zones()).toEqual({ hall: 44, back: 54 });
  expect([...(await store.rejectedOf('axis-1')), ...(await store.rejectedOf('dahua-1'))]).toEqual([]);
  expect(poller.output()).not.toContain(CAMERA_PASSWORD);
});

test('who passed a camera while the cloud was down is counted when it is back, and once', async () => {
  await using dahua = await startFakeCamera('/cgi-bin/videoStatServer.cgi?action=getSummary', 'text/plain');
  const store = await vendorStore(cloud, 'cut-off', { side: { id: 'dahua-2', model: 'dahua' } });
  dahua.says(sensorMessageText(SUMMARY));
  await using _poller = await startPoller([{ sensorId: 'dahua-2', url: dahua.url }]);
  await expect.poll(() => store.heardDoors()).toEqual(['side']);
  await cloud.kill();
  dahua.says(summary('1615580570', '4014', '3990'));
  await askedAgain(dahua);
  dahua.says(summary('1615580580', '4019', '3992'));
  await cloud.start();
  await expect.poll(() => store.zones()).toEqual({ hall: 50, back: 55 });
  await askedAgain(dahua);
  expect(await store.zones()).toEqual({ hall: 50, back: 55 });
});
