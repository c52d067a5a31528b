import { defineConfig } from '@playwright/test';
import { chromiumPath } from './test/support/chromium-path.ts';

const executablePath = chromiumPath();

/** Nearly all of their time they wait, for silences that have to last: beside the others they cost none. */
const WAITING = ['told-apart.spec.ts', 'freshness-told.spec.ts'];

export default defineConfig({
  testDir: 'test/browser',
  snapshotPathTemplate: '{testDir}/__screenshots__/{arg}{ext}',
  forbidOnly: true,
  // Named at the end of `npm test` where it was needed.
  retries: 1,
  fullyParallel: false,
  workers: 3,
  projects: [
    { name: 'waiting', testMatch: WAITING, workers: 1 },
    { name: 'drawing', testIgnore: WAITING, workers: 2 },
  ],
  timeout: 60_000,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1920, height: 1080 },
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
});
