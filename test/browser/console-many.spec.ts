import type { Page } from '@playwright/test';
import { aSign } from '../renderer/console/signs/known-signs.ts';
import { DESK, expect, PHONE, test } from './console/console-test.ts';
import { fakeCloud } from './console/fake-cloud.ts';
import { snapshotOf } from './console/stores.ts';

const MANY = 1_000;
const LAST = `Store ${MANY - 1}`;

/** A cloud with a thousand stores, all open, and a sign in each. */
async function openMany(page: Page, url: string): Promise<Awaited<ReturnType<typeof fakeCloud>>> {
  const cloud = await fakeCloud(page);
  const nowMs = Date.now();
  const names = Array.from({ length: MANY }, (_, index) => `Store ${String(index).padStart(3, '0')}`);
  const stores = names.map((name, index) => {
    const like = { id: `store-${index}`, name, count: index % 90, hard: 100, state: 'open' as const };
    return { snapshot: snapshotOf(like, nowMs), storeGroups: [like.id] };
  });
  const storeGroups = stores.map(({ storeGroups: [id = ''] }) => ({ storeGroupId: id, storeIds: [id] }));
  Object.assign(cloud.overview, { stores, storeGroups });
  const signs = names.map((_, index) => ({
    ...aSign(`Sign ${index}`, { storeGroupId: `store-${index}`, heardAtMs: nowMs, stateSinceMs: nowMs }),
    signId: `s-${String(index).padStart(43, '0')}`,
  }));
  cloud.fleet = { nowMs, signs };
  await page.goto(url);
  return cloud;
}

const PAGES = {
  stores: { path: '', table: '.stores', first: 'Store 000', last: LAST, found: 'Store 700' },
  signs: { path: '/signs', table: '.signs-t', first: 'Sign 0', last: `Sign 999`, found: 'Sign 700' },
} as const;

for (const [what, { path, table, first, last, found }] of Object.entries(PAGES)) {
  for (const [held, size] of Object.entries({ desk: DESK, phone: PHONE })) {
    test(`of a thousand ${what} those near the window are drawn, and keys and the browser’s search reach all, ${held}`, async ({
      page,
      consoleUrl,
    }) => {
      await page.setViewportSize(size);
      await openMany(page, `${consoleUrl}${path}?sort=name`);
      const links = page.locator(`${table} .c-name a`);
      await expect(links.first()).toHaveText(first);
      expect(await links.count()).toBeLessThan(MANY / 2);
      await expect(page.locator(table)).toHaveAttribute('aria-rowcount', String(MANY + 1));

      await page.keyboard.press('k');
      await expect(page.locator(`${table} .c-name a:focus`)).toHaveText(last);
      await expect(page.locator(`${table} .c-name a:focus`)).toBeInViewport();

      const words = page.locator(`${table} .not-drawn div`, { hasText: new RegExp(`^${found}\\b`) });
      await expect(words).toHaveAttribute('hidden', 'until-found');
      await words.evaluate((hidden) => hidden.dispatchEvent(new Event('beforematch', { bubbles: true })));
      await expect(links.filter({ hasText: found })).toBeInViewport();
      expect(await links.count()).toBeLessThan(MANY / 2);
    });
  }
}

test('a list that is printed is on the paper whole', async ({ page, consoleUrl }) => {
  // Before the page's own listeners: it still is as it was printed.
  await page.addInitScript(() => {
    addEventListener('afterprint', () => {
      document.documentElement.dataset.onPaper = String(
        document.querySelectorAll('.stores .c-name a').length,
      );
    });
  });
  await openMany(page, `${consoleUrl}?sort=name`);
  const links = page.locator('.stores .c-name a');
  await expect(links.first()).toHaveText('Store 000');
  await page.pdf();
  await expect(page.locator('html')).toHaveAttribute('data-on-paper', String(MANY));
  await expect.poll(() => links.count()).toBeLessThan(MANY / 2);
});

test('a store far below that gets full comes to the top of the list', async ({ page, consoleUrl }) => {
  const cloud = await openMany(page, consoleUrl);
  const links = page.locator('.stores .c-name a');
  await expect(links.first()).toHaveText('Store 000');
  const snapshot = cloud.overview.stores.at(-1)?.snapshot;
  if (snapshot === undefined) throw new Error('there are stores');
  const { content, proof } = snapshot;
  // Until the page listens nothing is heard.
  await expect(async () => {
    cloud.push('snapshot', {
      content: { ...content, revision: content.revision + 1, count: 100, state: 'full', mayEnter: 0 },
      proof: { ...proof, sentAtMs: Date.now() },
    });
    await expect(links.first()).toHaveText(LAST, { timeout: 1_000 });
  }).toPass();
  await expect(page.locator('.stores .sec')).toHaveText([/Needs a person\s*1/, /As it should be\s*999/]);
});
