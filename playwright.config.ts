import { defineConfig } from '@playwright/test';
import { chromiumPath } from './test/support/chromium-path.ts';

const executablePath = chromiumPath();

export default defineConfig({
  testDir: 'test/browser',
  snapshotPathTemplate: '{testDir}/__screenshots__/{arg}{ext}',
  forbidOnly: true,
  // Named at the end of `npm test` where it was needed.
  retries: 1,
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1920, height: 1080 },
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
});
