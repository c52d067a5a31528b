import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CAMERA_LOGIN, startCamera, startIngest } from '../../../support/polled-camera.ts';

const POLLER = join(import.meta.dirname, '../../../../cloud/local/poller/run-poller.ts');

async function startPoller(config: object | null, { mode = 0o600 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'poller-'));
  const file = join(folder, 'poller.json');
  if (config !== null) await writeFile(file, JSON.stringify(config));
  if (config !== null) await chmod(file, mode);
  const child = spawn(process.execPath, [POLLER, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  return {
    out: () => out,
    errors: () => errors,
    closed: () => closed.then(([code]) => code),
    stop: () => child.kill('SIGTERM'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}

test('as a process it polls with a login until it is told to stop, and ends by itself', async () => {
  await using camera = await startCamera({ asks: 'SHA-256' });
  await using cloud = await startIngest(204);
  const hall = { sensorId: 'hall-1', url: camera.url, everySeconds: 2, ingestKey: 'k-1', ...CAMERA_LOGIN };
  await using poller = await startPoller({ cloudUrl: cloud.url, cameras: [hall] });
  await expect.poll(() => cloud.asked.length).toBeGreaterThan(0);
  expect(cloud.asked[0]).toMatchObject({ path: 'POST /api/ingest/hall-1', key: 'k-1' });
  poller.stop();
  expect(await poller.closed()).toBe(0);
  const lines = poller
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ msg }) => msg)).toEqual([
    'polling',
    'the camera answers',
    'the cloud answers',
    'stopped',
  ]);
  expect(poller.out() + poller.errors()).not.toMatch(/k-1|horse/);
});

test('it stops at once, also while a camera lets it wait', async () => {
  let isAsked = false;
  await using camera = await startCamera({
    instead: () => {
      isAsked = true;
      return true;
    },
  });
  const hall = { sensorId: 'hall-1', url: camera.url, everySeconds: 2, ingestKey: 'k-1' };
  await using poller = await startPoller({ cloudUrl: 'http://127.0.0.1:1', cameras: [hall] });
  await expect.poll(() => isAsked).toBe(true);
  poller.stop();
  expect(await poller.closed()).toBe(0);
});

test('a configuration that others can read is used, with a warning', async () => {
  const hall = { sensorId: 'hall-1', url: 'http://127.0.0.1:1/', ingestKey: 'k-1' };
  await using poller = await startPoller(
    { cloudUrl: 'http://10.0.0.9:7071', cameras: [hall] },
    { mode: 0o644 },
  );
  await expect.poll(poller.out).toContain('polling');
  expect(poller.out()).toContain('others on this machine can read the configuration');
  expect(poller.out()).toContain('cloudUrl should start with https://');
});

test('without a configuration that can be used it says why, and fails', async () => {
  await using missing = await startPoller(null);
  expect(await missing.closed()).toBe(1);
  expect(missing.errors()).toMatch(/^vitrine poller: cannot read .*poller\.json: ENOENT\n$/);
  await using wrong = await startPoller({ cloudUrl: 'http://127.0.0.1:7071', cameras: [] });
  expect(await wrong.closed()).toBe(1);
  expect(wrong.errors()).toContain('cameras: expected at least one camera');
});
