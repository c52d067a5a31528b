import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { _electron, test as base, chromium, type ElectronApplication } from '@playwright/test';
import { chromiumPath } from './chromium-path.ts';

const root = resolve(import.meta.dirname, '../..');
const installed = join(root, 'node_modules/electron/path.txt');
const isReal = existsSync(installed);

/** What the tests run on, for their titles. */
export const runtime = isReal ? 'Electron' : 'stand-in';

/** The executable, for a test that starts it without Playwright. */
export const electronPath = isReal
  ? join(root, 'node_modules/electron/dist', readFileSync(installed, 'utf8'))
  : join(root, 'test/standin/electron');

// Playwright asks the electron package where its binary is; without one, that is where the stand-in is.
if (!isReal) {
  process.env.ELECTRON_OVERRIDE_DIST_PATH = join(root, 'test/standin');
  process.env.STANDIN_CHROMIUM ??= chromiumPath() ?? chromium.executablePath();
}

export type LaunchOptions = {
  /** A folder with a package.json, or a file. */
  readonly app: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export type ElectronFixtures = {
  /** Where the apps of one test keep their data. */
  readonly userData: string;
  /** Starts an app on `userData`. What still runs at the end of the test is closed. */
  readonly launch: (options: LaunchOptions) => Promise<ElectronApplication>;
};

export const test = base.extend<ElectronFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  userData: async ({}, use, info) => use(info.outputPath('user-data')),

  launch: async ({ userData }, use) => {
    const launched: ElectronApplication[] = [];
    await use(async ({ app, args = [], env = {} }) => {
      const started = await _electron.launch({
        args: [app, `--user-data-dir=${userData}`, ...args],
        env: { ...definedEnvironment(), ...env },
      });
      launched.push(started);
      return started;
    });
    for (const each of launched) await each.close();
  },
});

export { expect } from '@playwright/test';

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
