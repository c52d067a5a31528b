import { test as base, expect } from '@playwright/test';
import { serveConsole } from './serve-console.ts';

export { expect };

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A page whose errors, and what its content policy refused, fail the test. */
export const watchedTest = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints, 'errors and what the policy refused').toEqual([]);
    },
    { auto: true },
  ],
});

/** The same on the built console, served as the product serves it, at a desk. */
export const test = watchedTest.extend<object, { consoleUrl: string }>({
  viewport: DESK,
  consoleUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const served = await serveConsole();
      await use(served.url);
      await served.close();
    },
    { scope: 'worker' },
  ],
});
