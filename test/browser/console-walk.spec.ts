import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { personMadeSchema } from '../../cloud/contracts/person.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { openMqttSensor } from '../support/mqtt-sensor.ts';

/** A folder that the pictures of each step are kept in; else they stay with the results. */
const PICTURES = process.env.VITRINE_PICTURES;
const DESK = { width: 1440, height: 900 };
const GLASS = { width: 1920, height: 1080 };

const test = base.extend<{ cloud: CloudProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess();
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },
});

test('from the first start to a replaced sign: sign in, make a store, pair by the code, count, move, replace', async ({
  cloud,
  browser,
}, info) => {
  test.setTimeout(120_000);
  const { httpUrl } = cloud.ready();
  const made = await cloud.call('POST', API_PATHS.people, {
    name: 'First key',
    role: 'admin',
    storeIds: null,
  });
  const { key } = personMadeSchema.parse(await made.json());
  // Where the sign is moved to later.
  await cloud.putStore(
    'gran-via',
    calleMayor({
      name: 'Gran Vía',
      storeGroups: ['gran-via'],
      doors: [{ id: 'front', name: 'Front', sensors: [{ id: 'gran-via-front' }] }],
    }),
  );
  const opened: BrowserContext[] = [];
  const open = async (path: string, viewport: { width: number; height: number }): Promise<Page> => {
    const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/Madrid' });
    opened.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => expect.soft(String(error), 'a fault in the page').toBe(''));
    await page.goto(new URL(path, httpUrl).href);
    return page;
  };
  let step = 0;
  const picture = async (page: Page, what: string) => {
    step += 1;
    const folder = PICTURES ?? info.outputPath('walk');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `walk-${String(step).padStart(2, '0')}-${what}.png`) });
  };
  /** What stands on the glass as large as nothing else. */
  const figure = (glass: Page, count: number) =>
    expect(glass.locator('count-figure').first()).toContainText(String(count));

  const console = await open('/console', DESK);
  await console.getByLabel('Access key').fill(key);
  await picture(console, 'sign-in');
  await console.getByRole('button', { name: 'Sign in' }).click();
  await expect(console.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await console.getByRole('link', { name: 'New store' }).first().click();
  await console.getByLabel('Store', { exact: true }).fill('Calle Mayor');
  await console.getByLabel('Door 1').fill('Street');
  await console.getByRole('button', { name: 'Another door' }).click();
  await console.getByLabel('Door 2').fill('Arcade');
  await picture(console, 'new-store');
  await console.getByRole('button', { name: 'Make the store' }).click();
  await expect(console.getByRole('heading', { name: 'Calle Mayor is made' })).toBeVisible();
  const connectionStrings = await console.locator('code.secret').allTextContents();
  expect(connectionStrings).toHaveLength(2);
  await picture(console, 'store-made');

  const glass = await open('/', GLASS);
  const codeOn = async (page: Page) => {
    await expect(page.locator('pairing-board .code')).toHaveText(/^\s*[A-Z]{4}\s+[A-Z]{4}\s*$/);
    return (await page.locator('pairing-board .code').innerText()).trim();
  };
  const code = await codeOn(glass);
  const fingerprint = await glass.locator('pairing-board .print .value').innerText();
  await picture(glass, 'code-on-the-glass');

  await console.getByRole('link', { name: 'Put up a sign' }).click();
  await console.getByLabel('Code on the glass').fill(code.toLowerCase());
  await expect(console.locator('.fp')).toHaveText(fingerprint);
  await console.getByRole('button', { name: 'It matches' }).click();
  await console.getByLabel('Name', { exact: true }).fill('Front window');
  await console.getByLabel('Store group').selectOption({ value: 'calle-mayor' });
  await picture(console, 'pair');
  await console.getByRole('button', { name: 'Pair this sign' }).click();
  await expect(console.getByText('It is on the glass.')).toBeVisible({ timeout: 20_000 });
  await picture(console, 'paired');

  const street = await openMqttSensor(cloud, connectionStrings[0] ?? '');
  await street.send('{"in":7,"boot":"b1","sequence":1}');
  await figure(glass, 7);
  await picture(glass, 'count-on-the-glass');
  await console.getByRole('link', { name: 'Overview' }).first().click();
  await expect(console.locator('main')).toContainText('Calle Mayor');
  await street.send('{"in":2,"boot":"b1","sequence":2}');
  await figure(glass, 9);
  const row = console.getByRole('row', { name: /Calle Mayor/ });
  await expect(row).toContainText('9');
  await expect(row).toContainText('1/1', { timeout: 20_000 });
  await picture(console, 'overview');

  await console.getByRole('link', { name: 'Signs' }).first().click();
  await console.getByRole('link', { name: 'Front window' }).click();
  const why = console.locator('sign-why');
  await why.getByText('Move to another group').click();
  await why.getByLabel('Group').selectOption({ value: 'gran-via' });
  await why.getByRole('button', { name: 'Move' }).click();
  await expect(glass.locator('main')).toContainText('Gran Vía');
  await expect(why.getByText(/Confirmed from the glass/)).toBeVisible({ timeout: 20_000 });
  await picture(console, 'moved');
  await picture(glass, 'moved-glass');

  const newGlass = await open('/', GLASS);
  const newCode = await codeOn(newGlass);
  await why.getByRole('link', { name: 'Replace the device' }).click();
  await console.getByLabel('Code on the glass').fill(newCode);
  await console.getByRole('button', { name: 'It matches' }).click();
  await picture(console, 'replace');
  await console.getByRole('button', { name: 'Replace Front window' }).click();
  await expect(console.getByText('It is on the glass.')).toBeVisible({ timeout: 20_000 });
  await expect(newGlass.locator('main')).toContainText('Gran Vía');
  await expect(glass.locator('main')).toContainText('Out of service');
  await picture(console, 'replaced');
  await picture(glass, 'old-glass');
  await console.getByRole('link', { name: 'Audit' }).first().click();
  await expect(console.locator('main')).toContainText('Front window');
  await picture(console, 'audit');

  await street[Symbol.asyncDispose]();
  for (const context of opened) await context.close();
});
