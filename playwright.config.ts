import { defineConfig } from '@playwright/test';
import { chromiumPath } from './test/support/chromium-path.ts';

const executablePath = chromiumPath();

export default defineConfig({
  testDir: 'test/browser',
  forbidOnly: true,
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
