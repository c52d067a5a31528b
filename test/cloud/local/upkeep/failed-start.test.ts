import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { appFrom } from '../../../support/functions-host.ts';
import { canMount, mountSmallDisk } from '../../../support/small-disk.ts';

const INDEX = resolve(import.meta.dirname, '../../../../cloud/local/index.ts');

const ENDS_WITHIN_MS = 8_000;

async function ended(dataFolder: string, source: string) {
  const app = appFrom(source);
  const ending = new AbortController();
  try {
    const args = [
      '--data',
      dataFolder,
      '--http-port',
      '0',
      '--iot-hub-port',
      '0',
      '--functions-app',
      app.file,
    ];
    const child = spawn(process.execPath, [INDEX, ...args]);
    ending.signal.addEventListener('abort', () => child.kill('SIGKILL'));
    const [said, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'exit', { signal: AbortSignal.timeout(ENDS_WITHIN_MS) }),
    ]);
    return { said, code };
  } finally {
    ending.abort();
    app.remove();
  }
}

test('a start that fails ends the process, whatever was left running', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'failed-start-'));
  try {
    const { said, code } = await ended(folder, `setInterval(() => {}, 1_000); throw new Error('not today');`);
    expect(code).toBe(1);
    expect(said).toMatch(/not today/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.skipIf(!canMount)(
  'a first start on a full disk (needs root, to mount one) says that it is full, and where',
  async () => {
    using disk = mountSmallDisk(2);
    using _ = disk.fill();
    const folder = join(disk.folder, 'data');
    const { said, code } = await ended(folder, `app.http('a', { handler: async () => ({}) });`);
    expect(code).toBe(1);
    expect(said).toContain(`the disk of the data folder ${folder} is full`);
  },
);
