import { expect, test } from './glass.ts';

test('a browser is the same sign after a reload, and its private key cannot be read', async ({
  page,
  pages,
}) => {
  const keys: unknown[] = [];
  await page.route('**/api/signs', (route) => {
    keys.push(route.request().postDataJSON().publicKey);
    return route.fulfill({ status: 503 });
  });
  await page.goto(pages.signUrl);
  await expect.poll(() => keys.length).toBeGreaterThan(0);
  await page.reload();
  const before = keys.length;
  await expect.poll(() => keys.length).toBeGreaterThan(before);
  expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(1);
  expect(await extractable()).toBe(false);

  function extractable(): Promise<boolean> {
    return page.evaluate(
      () =>
        new Promise<boolean>((resolve, reject) => {
          const opening = indexedDB.open('vitrine-sign');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction('keys').objectStore('keys').get('sign');
            reading.onsuccess = () => resolve(reading.result.privateKey.extractable);
          };
        }),
    );
  }
});

test('with no cloud behind it the page says so in plain words', async ({ page, pages }) => {
  await page.route('**/api/**', (route) => route.abort());
  await page.goto(pages.signUrl);
  await expect(page.getByRole('status')).toHaveText('Cannot reach the cloud');
});

test('outside a secure context the page says what it needs', async ({ page, pages }) => {
  const insecure = 'http://sign.example';
  await page.route(`${insecure}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    // Fetched here and not by the route, which a tab's icon would still be using when the test has ended.
    const answer = await fetch(new URL(pathname, pages.signUrl));
    const contentType = answer.headers.get('content-type') ?? '';
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, contentType, body }).catch(() => undefined);
  });
  await page.goto(insecure + new URL(pages.signUrl).pathname);
  await expect(page.locator('main')).toContainText('This page needs https');
});
