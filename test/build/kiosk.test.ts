import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { electronIn, openKiosk } from '../../build/start/kiosk.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

function put(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

test('Electron is at hand once its binary is, not its package alone', () => {
  using here = aKioskFolder();
  put(here.path('node_modules/electron/package.json'), '{}');
  expect(electronIn(here.folder, {})).toBeUndefined();
  put(here.path('node_modules/electron/path.txt'), 'electron');
  expect(electronIn(here.folder, {})).toBeUndefined();
  const executable = put(here.path('node_modules/electron/dist/electron'), '');
  expect(electronIn(here.folder, {})).toBe(executable);
});

test('another Electron may be named, as its own package has it', () => {
  using here = aKioskFolder();
  const executable = put(here.path('elsewhere/electron'), '');
  expect(electronIn(here.folder, { ELECTRON_OVERRIDE_DIST_PATH: here.path('elsewhere') })).toBe(executable);
});

test('the kiosk joins the cloud that runs, and is gone when everything stops', async () => {
  using here = aKioskFolder();
  const told = here.path('told');
  const electron = put(
    here.path('electron'),
    `#!/bin/sh\necho "$@" > ${told}.new; mv ${told}.new ${told}; exec sleep 60\n`,
  );
  const stop = new AbortController();
  const closed = openKiosk(
    {
      electron,
      root: here.folder,
      cloudUrl: 'http://localhost:7071',
      userData: join(here.folder, 'kiosk'),
      isRoot: false,
    },
    stop.signal,
  );
  await expect.poll(() => existsSync(told)).toBe(true);
  expect(readFileSync(told, 'utf8').trim()).toBe(
    `${here.folder} --cloud=http://localhost:7071 --user-data=${here.folder}/kiosk`,
  );
  stop.abort();
  await closed;
});
