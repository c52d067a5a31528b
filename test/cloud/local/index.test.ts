import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { appFrom } from '../../support/functions-host.ts';

const INDEX = resolve(import.meta.dirname, '../../../cloud/local/index.ts');
const APP = `
app.http('health', { handler: async () => ({ jsonBody: 'well' }) });
app.timer('tick', { schedule: '* * * * * *', handler: async () => {} });
app.hook.appTerminate(() => tell('terminated'));
`;

type Ready = { readonly kind: string; readonly httpUrl: string; readonly hostKey: string };

function place() {
  const app = appFrom(APP);
  const dataFolder = mkdtempSync(join(tmpdir(), 'cloud-process-'));
  const args = ['--data', dataFolder, '--http-port', '0', '--iot-hub-port', '0', '--functions-app', app.file];
  const processes: ChildProcess[] = [];
  return {
    app,
    args,
    /** A cloud in a process of its own. `ready` rejects if it ends first. */
    run(more: readonly string[] = []) {
      const child = fork(INDEX, [...args, ...more], { silent: true });
      processes.push(child);
      const ended = once(child, 'exit').then(([code]) => code as number | null);
      const ready = Promise.race([
        once(child, 'message').then(([message]) => message as Ready),
        ended.then((code) => Promise.reject(new Error(`it ended with ${code}`))),
      ]);
      ready.catch(() => undefined);
      const [out, err] = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''));
      return { child, ready, ended, out, err };
    },
    [Symbol.dispose]() {
      for (const child of processes) child.kill('SIGKILL');
      app.remove();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

test('the process tells its parent when it is ready, serves, and ends cleanly when asked to', async () => {
  using here = place();
  const { child, ready, ended, out } = here.run();
  const { kind, httpUrl, hostKey } = await ready;
  expect(kind).toBe('ready');
  expect(await (await fetch(`${httpUrl}/api/health`)).json()).toBe('well');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(here.app.told()).toEqual(['terminated']);
  const lines =
    (await out)
      ?.trim()
      .split('\n')
      .map((line) => JSON.parse(line)) ?? [];
  expect(lines.find(({ msg }) => msg === 'ready')).toMatchObject({ httpUrl });
  expect(await out).not.toContain(hostKey);
});

test('the process ends when its parent is gone', async () => {
  using here = place();
  const { child, ready, ended } = here.run();
  await ready;
  child.disconnect();
  expect(await ended).toBe(0);
});

test('one data folder has one process; the death of it, however sudden, frees the folder', async () => {
  using here = place();
  const first = here.run();
  await first.ready;
  const second = here.run();
  expect(await second.ended).toBe(1);
  expect((await second.err)?.trim().split('\n')).toEqual([
    expect.stringMatching(/another cloud runs on.*--data/),
  ]);
  first.child.kill('SIGKILL');
  await first.ended;
  const third = here.run();
  expect((await third.ready).kind).toBe('ready');
});

test.each([
  [['--http-port', 'many'], /--http-port/],
  [['--wat'], /--wat/],
  [['--database', 'mysql://x'], /--database/],
])('the options %o are refused in one line', async (options, words) => {
  using here = place();
  const child = spawn(process.execPath, [INDEX, ...here.args, ...options]);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  expect(said.trim().split('\n')).toEqual([expect.stringMatching(words)]);
});
