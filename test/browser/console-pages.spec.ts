import type { Page } from '@playwright/test';
import { aSign, darkSign } from '../renderer/console/signs/known-signs.ts';
import { axeViolations } from './console/axe-violations.ts';
import { DESK, expect, PHONE, test } from './console/console-test.ts';
import { fakeCloud, KEY } from './console/fake-cloud.ts';
import { snapshotOf } from './console/stores.ts';

const BRAND = { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' };

test('an access key opens the console, and a wrong one is answered in plain words', async ({
  page,
  consoleUrl,
}) => {
  await fakeCloud(page, { signedIn: false });
  await page.goto(consoleUrl);
  await expect(page).toHaveTitle('Sign in – Vitrine');
  await page.getByLabel('Access key').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This key is not known');
  await picture(page, 'sign-in');
  await page.getByLabel('Access key').fill(KEY);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await expect(page).toHaveTitle('Overview – Vitrine');
});

test('the overview shows the stores worst first, and follows what is pushed', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await fakeCloud(page);
  await page.goto(consoleUrl);
  await expect(page.locator('.stores .c-name a')).toHaveText([
    'Lyon Part-Dieu',
    'Copenhagen Strøget',
    'Berlin Alexanderplatz',
    'Hamburg Mönckebergstraße',
    'Gothenburg Nordstan',
    'Antwerp Meir',
    'Dublin Grafton Street',
    'Vienna Mariahilf',
  ]);
  await expect(page.locator('.under')).toContainText('Lyon Part-Dieu cannot be counted and is left out.');
  await expect(page.locator('.rail .live-foot')).toContainText('Live');
  const antwerp = { id: 'antwerp', name: 'Antwerp Meir', count: 221, hard: 220, state: 'over' } as const;
  const pushed = snapshotOf(antwerp, Date.now());
  cloud.push('snapshot', { ...pushed, content: { ...pushed.content, revision: 8 } });
  await expect(page.locator('.stores .c-name a').nth(2)).toHaveText('Antwerp Meir');
});

test('the state chips filter the list, and the address keeps the filter', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  await page.goto(consoleUrl);
  await page.getByRole('button', { name: '2 full', exact: true }).click();
  await expect(page.locator('.stores .c-name a')).toHaveText(['Copenhagen Strøget', 'Berlin Alexanderplatz']);
  await page.keyboard.press('/');
  await page.keyboard.type('stroget');
  await expect(page.locator('.stores .c-name a')).toHaveText(['Copenhagen Strøget']);
  await page.reload();
  await expect(page.locator('.stores .c-name a')).toHaveText(['Copenhagen Strøget']);
});

test('a store is opened and its count corrected by keyboard alone', async ({ page, consoleUrl }) => {
  const cloud = await fakeCloud(page);
  await page.goto(consoleUrl);
  await expect(page.locator('.stores')).toBeVisible();
  for (const key of ['j', 'j', 'j', 'j', 'Enter']) await page.keyboard.press(key);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hamburg Mönckebergstraße');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('c');
  await page.getByLabel('People, minus for fewer').fill('6');
  await expect(page.locator('.after')).toContainText('The signs will say 7 more may enter instead of 13.');
  await page.getByLabel('Why').fill('Twins in one pram');
  await picture(page, 'correct');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'The count is put right' })).toBeVisible();
  expect(cloud.asked.find(({ what }) => what === 'POST /api/stores/hamburg/corrections')?.body).toEqual({
    ...{ kind: 'add', people: 6, zone: 'ground', by: 'Mara Lindqvist', why: 'Twins in one pram' },
  });
});

test('a new store is described, and its sensor’s key is shown once', async ({ page, consoleUrl }) => {
  const cloud = await fakeCloud(page);
  await page.goto(`${consoleUrl}/new-store`);
  await page.getByLabel('Store', { exact: true }).fill('Málaga Larios');
  await page.getByLabel('Limit').fill('200');
  await picture(page, 'new-store');
  await page.getByRole('button', { name: 'Make the store' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Málaga Larios is made');
  await expect(page.locator('.secret')).toContainText('SharedAccessKey=');
  await picture(page, 'new-store-made');
  expect(cloud.asked.find(({ what }) => what === 'PUT /api/stores/malaga-larios')?.body).toMatchObject({
    limits: { soft: 180, hard: 200 },
    doors: [{ id: 'main-entrance', name: 'Main entrance', sensors: [{ id: 'malaga-larios-main-entrance' }] }],
  });
});

test('a page that is cut off says so, and its figures lose their colour', async ({ page, consoleUrl }) => {
  const cloud = await fakeCloud(page);
  await page.goto(consoleUrl);
  await expect(page.locator('.rail .live-foot')).toContainText('Live');
  await cloud.cut();
  await expect(page.locator('.cutbar')).toContainText('This page is not connected since');
  await expect(page.locator('.rail .live-foot')).toContainText('Not live for');
  await picture(page, 'cut');
});

test('a sign that waits for its place is none that is missing, and has one name on all pages', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await fakeCloud(page);
  const storeGroupId = cloud.overview.stores[0]?.storeGroups[0] ?? '';
  const unnamed = aSign('', { storeGroupId });
  cloud.fleet = { nowMs: Date.now(), signs: [unnamed, aSign('New', { storeGroupId: null })] };
  await page.goto(consoleUrl);
  await expect(page.locator('.sum')).toContainText(/1 of 1 signs fresh\s+1 sign waits for a place/);
  const name = `Sign ${unnamed.fingerprint}`;
  await page.goto(`${consoleUrl}/signs`);
  await expect(page.locator('.signs-t')).toContainText(name);
  await page.goto(`${consoleUrl}/stores/${cloud.overview.stores[0]?.snapshot.content.store.id}`);
  await expect(page.locator('.signlist')).toContainText(name);
});

test('on a phone signs stand under their causes, and the line about the page keeps off the page of a sign', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await fakeCloud(page);
  const at = { storeGroupId: 'hamburg' };
  const signs = [
    aSign('Main', { ...at, settings: { board: 'manager', brand: BRAND } }),
    darkSign('Passage', { ...at, cause: 'network' }),
    darkSign('Front', { ...at, cause: 'unplugged' }),
    darkSign('Cellar', { ...at, cause: 'network' }),
  ];
  cloud.fleet = { nowMs: Date.now(), signs };
  await page.setViewportSize(PHONE);
  await page.goto(`${consoleUrl}/signs?by=cause`);
  const headings = page.locator('.signs-t .sec th');
  await expect(headings).toHaveText([
    /No power or own cable out\s+1/,
    /Store cut off\s+2/,
    /Nothing is wrong\s+1/,
  ]);
  for (const heading of await headings.all()) await expect(heading).toBeVisible();
  await picture(page, 'signs-by-cause.phone');
  await page.getByLabel('Filter signs').fill('cut off');
  await expect(page.locator('.signs-t .c-name a')).toHaveText(['Cellar', 'Passage']);
  await page.goto(`${consoleUrl}/signs/${signs[0]?.signId}`);
  const [live, close] = await Promise.all([
    page.locator('.phone-live').boundingBox(),
    page.locator('.why > header').getByText('Close').boundingBox(),
  ]);
  expect((live?.y ?? 0) + (live?.height ?? 0)).toBeLessThanOrEqual(close?.y ?? 0);
  await page.getByText('Name and settings').click();
  const ground = page.getByLabel('Ground');
  expect((await ground.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await ground.scrollIntoViewIfNeeded();
  await picture(page, 'sign-colours.phone');
});

const PAGES = [
  '',
  '/stores/hamburg',
  '/stores/lyon',
  '/alerts',
  '/audit',
  '/people',
  '/new-store',
  '/more',
  '/signs',
  '/pair',
];
for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no page has a finding for who cannot see it well, nor scrolls sideways: ${size}, ${colorScheme}`, async ({
      page,
      consoleUrl,
    }) => {
      // Ten pages, each looked through whole.
      test.slow();
      await fakeCloud(page);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const path of PAGES) {
        await page.goto(consoleUrl + path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await picture(page, `${path.replaceAll('/', '-') || '-overview'}.${size}.${colorScheme}`);
        const violations = await axeViolations(page);
        const found = violations.map(
          ({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        );
        expect.soft(found).toEqual([]);
        const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(scrolled, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  }
}

/** For looking at: only where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.VITRINE_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
