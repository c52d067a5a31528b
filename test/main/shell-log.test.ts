import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openShellLog } from '../../main/shell-log.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

test('what happened is on record at once, one line each, also from elsewhere', () => {
  using here = aKioskFolder();
  const { log, write } = openShellLog(here.folder);
  log.warn({ what: 'window' }, 'refused');
  write('{"name":"cloud","msg":"ready"}');
  const lines = readFileSync(here.path('shell.log'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { name: 'shell', what: 'window', msg: 'refused' },
    { name: 'cloud', msg: 'ready' },
  ]);
});

test('a log never grows beyond its bound, and the newest lines are in it', () => {
  using here = aKioskFolder();
  const { write } = openShellLog(here.folder, 1_000);
  for (let line = 0; line < 1_000; line += 1) write(`line ${line}`);
  expect(readdirSync(here.folder).sort()).toEqual(['shell.log', 'shell.log.1']);
  for (const file of ['shell.log', 'shell.log.1']) expect(statSync(here.path(file)).size).toBeLessThan(1_100);
  expect(readFileSync(here.path('shell.log'), 'utf8')).toContain('line 999');
});

test.skipIf(!existsSync('/dev/full'))('a full disk costs the log, not the sign', () => {
  using here = aKioskFolder();
  symlinkSync('/dev/full', here.path('shell.log'));
  const { log } = openShellLog(here.folder);
  expect(() => log.error('nowhere to go')).not.toThrow();
});
