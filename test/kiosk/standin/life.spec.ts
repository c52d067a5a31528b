import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ElectronApplication } from '@playwright/test';
import { electronPath, expect, runtime, test } from '../../support/electron-fixture.ts';
import { eventsOf, pageOf, processesNaming, TRIAL } from './trial.ts';

const UTILITY = join(TRIAL, 'utility.js');

test.describe(`the life of an app, on ${runtime}`, () => {
  test('a second start ends at once, and the first is told', async ({ launch, userData }) => {
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    const second = spawn(electronPath, [TRIAL, '--no-sandbox', `--user-data-dir=${userData}`, '--hello'], {
      stdio: 'ignore',
    });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await expect.poll(() => eventsOf(app)).toContain('second-instance --hello trial');
    expect(app.windows()).toHaveLength(1);
  });

  test('an app is ready when its entry module has ended, and knows what it is', async ({
    launch,
    userData,
  }) => {
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    expect((await eventsOf(app)).slice(0, 2)).toEqual(['entry ended', 'ready']);
    const known = await app.evaluate(({ app: ours }) => [
      ours.getName(),
      ours.getVersion(),
      ours.getAppPath(),
      ours.getPath('userData'),
      ours.isPackaged,
      process.type,
    ]);
    expect(known).toEqual(['standin-trial', '1.2.3', TRIAL, userData, false, 'browser']);
  });

  test('an app that was killed can be started again at once', async ({ launch }) => {
    const first = await launch({ app: TRIAL });
    await pageOf(first);
    await kill(first);
    await pageOf(await launch({ app: TRIAL }));
  });

  test('an app that was killed leaves no process, not even of its utilities', async ({
    launch,
    userData,
  }) => {
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    await app.evaluate(
      ({ utilityProcess }, [module, arg]) =>
        new Promise<void>((resolve) => void utilityProcess.fork(module, [arg]).once('spawn', resolve)),
      [UTILITY, userData] as const,
    );
    expect(processesNaming(UTILITY)).toHaveLength(1);
    await kill(app);
    await expect.poll(() => processesNaming(userData)).toEqual([]);
  });

  for (const how of ['app.quit', 'SIGTERM'] as const) {
    test(`${how} closes the windows between before-quit and will-quit, and leaves no process`, async ({
      launch,
      userData,
    }) => {
      const app = await launch({ app: TRIAL });
      await pageOf(app);
      const child = app.process();
      if (child.stdout === null) throw new TypeError('the app has no output');
      const output = text(child.stdout);
      if (how === 'SIGTERM') child.kill();
      else await app.evaluate(({ app: ours }) => ours.quit());
      expect((await output).split('\n').filter((line) => line !== '')).toEqual([
        'before-quit',
        'closed',
        'will-quit',
      ]);
      await expect.poll(() => processesNaming(userData)).toEqual([]);
    });
  }

  test('a utility process gets messages, its environment and its end, and can be made again', async ({
    launch,
  }) => {
    const app = await launch({ app: TRIAL });
    await pageOf(app);
    const told = await app.evaluate(
      async ({ utilityProcess }, module) => {
        const lives: unknown[] = [];
        for (const end of ['end', 'throw', 'kill']) {
          const child = utilityProcess.fork(module, ['--arg'], {
            serviceName: 'trial',
            stdio: 'pipe',
            env: { TRIAL: end },
          });
          const heard = new Promise((resolve) => child.once('message', resolve));
          const exited = new Promise((resolve) => child.once('exit', resolve));
          child.postMessage({ at: new Date(0) });
          const message = await heard;
          const hasPid = typeof child.pid === 'number';
          if (end === 'kill') child.kill();
          else child.postMessage(end);
          const code = await exited;
          lives.push({ message, hasPid, isClean: code === 0, isGone: child.pid === undefined });
        }
        return lives;
      },
      join(TRIAL, 'utility.js'),
    );
    const message = (of: string) => ({ echo: { at: new Date(0) }, args: ['--arg'], of, type: 'utility' });
    expect(told).toEqual([
      { message: message('end'), hasPid: true, isClean: true, isGone: true },
      { message: message('throw'), hasPid: true, isClean: false, isGone: true },
      { message: message('kill'), hasPid: true, isClean: expect.any(Boolean), isGone: true },
    ]);
    await expect.poll(() => eventsOf(app)).toContain('child-process-gone Utility trial');
  });
});

async function kill(app: ElectronApplication): Promise<void> {
  const gone = app.waitForEvent('close');
  app.process().kill('SIGKILL');
  await gone;
}
