import { defineConfig } from '@playwright/test';

// One kiosk at a time: each of them fills the one screen.
export default defineConfig({
  testDir: 'test/kiosk',
  forbidOnly: true,
  // Named at the end of `npm test` where it was needed.
  retries: 1,
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
