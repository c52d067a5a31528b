import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { personMadeSchema } from '../../cloud/contracts/person.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { axeViolations } from './console/axe-violations.ts';

/** A folder that the pictures of each step are kept in; else they stay with the results. */
const PICTURES = process.env.VITRINE_PICTURES;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const test = base.extend<{ cloud: CloudProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess();
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },
});

test.use({ viewport: DESK, locale: 'en-GB', timezoneId: 'Europe/Madrid' });

test('stores go out as a table, a bad row is named, and a good table comes back in as it was checked', async ({
  cloud,
  page,
}, info) => {
  await cloud.putStore('calle-mayor', calleMayor());
  await cloud.putStore(
    'gran-via',
    calleMayor({
      name: 'Gran Vía',
      storeGroups: ['gran-via'],
      doors: [{ id: 'front', name: 'Front', sensors: [{ id: 'gran-via-front' }] }],
    }),
  );
  await signedIn(cloud, page, null);
  const seen = (name: string) => looked(page, join(PICTURES ?? info.outputPath('transfer'), name));

  await page.getByRole('link', { name: 'Import, export' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import and export' })).toBeVisible();
  await expect(page).toHaveTitle('Import and export – Vitrine');
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export stores' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('stores.csv');
  const table = await readFile(await download.path(), 'utf8');
  expect(table).toContain('Calle Mayor');
  await seen('open');

  const file = page.getByLabel('A file to import');
  const csv = (text: string) => ({ name: 'stores.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const check = page.getByRole('button', { name: 'Check' });
  const importIt = page.getByRole('button', { name: /^Import/ });

  await file.setInputFiles(csv(table));
  await check.click();
  await expect(page.getByRole('heading', { name: 'The table changes nothing' })).toBeFocused();
  await expect(importIt).toBeDisabled();

  // One row of a table with a fault keeps the whole of it out.
  const renamed = table.replace('Calle Mayor', 'Calle Mayor 12');
  const row = renamed.split('\r\n').findIndex((line) => line.startsWith('gran-via')) + 1;
  await file.setInputFiles(csv(renamed.replace(/^gran-via(.*)Europe\/Madrid/m, 'gran-via$1Europe/Nowhere')));
  await check.click();
  await expect(page.getByRole('heading', { name: 'Nothing is imported while a row is wrong' })).toBeFocused();
  const wrong = page.getByRole('table', { name: 'Rows to put right' }).getByRole('row').nth(1);
  await expect(wrong).toContainText(String(row));
  await expect(wrong).toContainText('timeZone');
  await expect(wrong).toContainText('Europe/Nowhere');
  await expect(importIt).toBeDisabled();
  await seen('wrong');

  await file.setInputFiles(csv(renamed));
  await expect(page.getByRole('table')).toHaveCount(0);
  await check.click();
  await expect(page.getByText('2 rows, 0 new, 1 changed, 1 as before.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'What would change' })).toContainText('store:calle-mayor');
  await seen('checked');
  await importIt.click();
  await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeFocused();
  await seen('imported');

  await page.getByRole('link', { name: 'Overview' }).first().click();
  await expect(page.getByRole('row', { name: /Calle Mayor 12/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Gran Vía/ })).toBeVisible();
});

test('a sensor that a pasted table brings shows its key once, and a later import does not take it away', async ({
  cloud,
  page,
}, info) => {
  await cloud.putStore('calle-mayor', calleMayor());
  await signedIn(cloud, page, null);
  await page.goto(new URL('/console/transfer', cloud.ready().httpUrl).href);
  await page.getByLabel('Table').selectOption('Sensors');
  const rows = page.getByLabel('Or paste the rows, with the header');
  const importPasted = async (text: string) => {
    await rows.fill(text);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: 'Import 1 change' }).click();
    await expect(page.getByRole('heading', { name: 'Imported', exact: true })).toBeVisible();
  };
  const exported = await (await cloud.call('GET', '/api/export/sensors')).text();
  expect(exported).toContain('street-1');
  await importPasted('store,door,id\ncalle-mayor,street,street-2\n');
  const keys = page.getByLabel('Connection strings', { exact: true });
  await expect(keys.last()).toContainText(/street-2\s.*SharedAccessKey=/);
  await importPasted('store,door,id\ncalle-mayor,arcade,arcade-2\n');
  await expect(keys.last()).toContainText('street-2');
  await expect(keys.last()).toContainText('arcade-2');
  await looked(page, join(PICTURES ?? info.outputPath('transfer'), 'keys'));
});

test('an admin of one store is not led to the tables of all of them', async ({ cloud, page }) => {
  await cloud.putStore('calle-mayor', calleMayor());
  await signedIn(cloud, page, ['calle-mayor']);
  await expect(page.getByRole('link', { name: 'People and keys' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import, export' })).toHaveCount(0);
  await page.setViewportSize(PHONE);
  await page.goto(new URL('/console/more', cloud.ready().httpUrl).href);
  await expect(page.getByRole('link', { name: 'New store' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Import, export' })).toHaveCount(0);
  await page.goto(new URL('/console/transfer', cloud.ready().httpUrl).href);
  await expect(page.getByText('Only an admin of all stores can import and export.')).toBeVisible();
});

test('on a phone the tables are under More', async ({ cloud, page }) => {
  await page.setViewportSize(PHONE);
  await signedIn(cloud, page, null);
  await page.getByRole('link', { name: 'More' }).click();
  await page.getByRole('link', { name: 'Import, export' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import and export' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'More' })).toHaveAttribute('aria-current', 'page');
});

async function signedIn(cloud: CloudProcess, page: Page, storeIds: readonly string[] | null): Promise<void> {
  page.on('pageerror', (error) => expect.soft(String(error), 'a fault in the page').toBe(''));
  page.on('console', (message) => expect.soft(message.text()).not.toContain('Content Security Policy'));
  const made = await cloud.call('POST', API_PATHS.people, { name: 'First key', role: 'admin', storeIds });
  await page.goto(new URL('/console', cloud.ready().httpUrl).href);
  await page.getByLabel('Access key').fill(personMadeSchema.parse(await made.json()).key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
}

/** On a desk and on a phone: nothing that keeps people out, nothing that scrolls sideways. */
async function looked(page: Page, path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  for (const [where, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${path}-${where}.png`, fullPage: true });
    const violations = await axeViolations(page);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect.soft(found, where).toEqual([]);
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(scrolled, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(DESK);
}
