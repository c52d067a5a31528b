import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { descendantsOf, isAlive } from '../support/kiosk-processes.ts';
import { bareEnvironment, electronPath, expect, ROOT, runtime, test } from '../support/kiosk-shell.ts';

test(`a second start shows the first kiosk and goes (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
  userData,
}) => {
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  const second = spawn(electronPath, [ROOT, `--user-data=${userData}`], {
    env: bareEnvironment(),
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => kiosk.logged('a second start was refused')).toHaveLength(1);
  expect(kiosk.logged('started')).toHaveLength(1);
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count')).toBe('38');
});

test(`a kiosk that quits leaves no process behind (${runtime})`, async ({ startKiosk }) => {
  const kiosk = await startKiosk(['--cloud=embedded', '--http-port=0', '--iot-hub-port=0']);
  await expect.poll(() => kiosk.words()).toContain('Type this code in the console');
  const pids = descendantsOf(kiosk.pid);
  expect(pids.length).toBeGreaterThan(2);
  const exited = once(kiosk.app.process(), 'exit');
  process.kill(kiosk.pid, 'SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  expect(kiosk.logged('stopped').map(({ name }) => name)).toEqual(['cloud', 'shell']);
});
