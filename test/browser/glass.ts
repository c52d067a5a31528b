import { test as base, expect, type Page } from '@playwright/test';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { type GlassPage, serveGlassPage } from '../support/glass-page.ts';
import { SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { textBoxes, wordsOf } from './text-boxes.ts';

export const SIZES = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  '4K': { width: 3840, height: 2160 },
} as const;

/** A glass whose clock stands still until it is run, and whose cloud is the test. */
export type Glass = {
  readonly page: Page;
  /** Opens at Saturday 16:24:10; `query` as the operator would write it. */
  open(query?: string): Promise<void>;
  tell(state: FeedState): Promise<void>;
  /** All words that can be read, without those that are only spoken. */
  text(): Promise<string>;
};

type WorkerFixtures = { pages: GlassPage };

export const test = base.extend<{ glass: Glass }, WorkerFixtures>({
  pages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const pages = await serveGlassPage();
      await use(pages);
      await pages.close();
    },
    { scope: 'worker' },
  ],
  glass: async ({ page, pages }, use) => {
    const complaints = complaintsOf(page, new URL(pages.fixtureUrl).origin);
    await use({
      page,
      async open(query = '') {
        await page.clock.install({ time: SATURDAY_AFTERNOON_MS - 60_000 });
        await page.goto(pages.fixtureUrl + query);
        await page.clock.pauseAt(SATURDAY_AFTERNOON_MS);
        await page.evaluate(() => document.fonts.load('20px "Inter Variable"'));
      },
      tell: (state) => page.evaluate((told) => window.tell(told), state),
      text: async () => wordsOf(await textBoxes(page)),
    });
    expect(complaints, 'errors, refused styles, and requests to another origin').toEqual([]);
  },
});

function complaintsOf(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(request.url());
  });
  return complaints;
}

export { expect };
