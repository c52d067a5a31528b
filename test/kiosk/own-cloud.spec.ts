import { join } from 'node:path';
import { isAlive } from '../support/kiosk-processes.ts';
import { DEMO, expect, runtime, test } from '../support/kiosk-shell.ts';

test(`a kiosk with a cloud of its own starts it, starts it again when it dies, and takes it along (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const { httpUrl, iotHub } = cloud.ready();
  await cloud.kill();
  const kiosk = await startKiosk([
    '--cloud=embedded',
    `--data=${join(cloud.dataDir, 'data')}`,
    `--http-port=${new URL(httpUrl).port}`,
    `--iot-hub-port=${iotHub.port}`,
    DEMO.join('='),
  ]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count')).toBe('38');

  const pids = () => kiosk.logged('ready').map(({ pid }) => Number(pid));
  const [first = 0] = pids();
  process.kill(first, 'SIGKILL');
  await expect.poll(() => pids().length).toBe(2);
  await street.send({ in: 1, boot: 'b1', sequence: 3 });
  await expect.poll(() => kiosk.painted('count'), { timeout: 45_000 }).toBe('39');

  await kiosk.app.close();
  expect(pids().filter(isAlive)).toEqual([]);
  expect(kiosk.logged('stopped').map(({ name }) => name)).toEqual(['cloud', 'shell']);
});
