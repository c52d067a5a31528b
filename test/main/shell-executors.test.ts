import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { shellExecutors, UNANSWERED_FILE } from '../../main/shell-executors.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

const executorsIn = (folder: string, restart = () => {}) =>
  shellExecutors({
    folder,
    reload: async () => undefined,
    restart,
    screenshot: async () => ({ mediaType: 'image/jpeg', body: new Uint8Array() }),
    log: pino({ level: 'silent' }),
  });

test('the command that a shell ends with is found by the next start, and by no later one', async () => {
  using here = aKioskFolder();
  await executorsIn(here.folder).unanswered.keep('c-1');
  const next = executorsIn(here.folder).unanswered;
  expect(await next.take()).toBe('c-1');
  expect(await next.take()).toBeUndefined();
});

test('a broken file of it is no command', async () => {
  using here = aKioskFolder();
  writeFileSync(join(here.folder, UNANSWERED_FILE), '{"sha256":"0","value":"c-1"}');
  expect(await executorsIn(here.folder).unanswered.take()).toBeUndefined();
});

test('a shell that cannot start anew says why', async () => {
  using here = aKioskFolder();
  const executors = executorsIn(here.folder, () => {
    throw new Error('not in this build');
  });
  await expect(executors.restart?.()).rejects.toThrow('not in this build');
});
