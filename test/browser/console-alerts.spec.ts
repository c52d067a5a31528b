import type { Page } from '@playwright/test';
import { alertPaintedSchema, type ListedAlert } from '../../cloud/contracts/alert.ts';
import { aSign } from '../renderer/console/signs/known-signs.ts';
import { axeViolations } from './console/axe-violations.ts';
import { DESK, expect, PHONE, test } from './console/console-test.ts';
import { type FakeCloud, fakeCloud } from './console/fake-cloud.ts';
import { snapshotOf } from './console/stores.ts';

const MINUTE_MS = 60_000;

/** Lyon: one door silent, painted by one of two signs, and a clock that somebody put aside. */
async function lyonAsks(page: Page): Promise<{ asked: { what: string; body: unknown }[] }> {
  const nowMs = Date.now();
  const painted = [
    { ...aSign('Front door'), paintedAtMs: nowMs - 11 * MINUTE_MS + 900, why: '' },
    { ...aSign('Passage'), paintedAtMs: null, why: 'Dark since 13:58. Nothing is heard of it.' },
  ].map((sign) => alertPaintedSchema.parse(sign));
  const silent: ListedAlert = {
    ...{ type: 'sensor-silent', source: 'lyon-2', severity: 'alarm', place: { door: 'passage' } },
    ...{ phase: 'active', sinceMs: nowMs - 11 * MINUTE_MS, acknowledged: null, painted },
  };
  const clock: ListedAlert = {
    ...{ type: 'sensor-clock', source: 'lyon-1', severity: 'note', place: { door: 'main' } },
    ...{ phase: 'active', sinceMs: nowMs - 90 * MINUTE_MS, acknowledged: null },
    shelved: { by: 'Jonas', untilMs: nowMs + 60 * MINUTE_MS, why: 'Installer is on the way' },
  };
  const events = [
    { type: 'sensor-silent', source: 'lyon-2', event: 'raised', atMs: silent.sinceMs, by: null },
    { type: 'sensor-clock', source: 'lyon-1', event: 'shelved', atMs: nowMs - MINUTE_MS, by: 'Jonas' },
  ];
  const asked: { what: string; body: unknown }[] = [];
  let acknowledged: ListedAlert['acknowledged'] = null;
  await page.route(/\/stores\/lyon\/alerts(\/\w+)?$/, (route) => {
    const request = route.request();
    const what = `${request.method()} ${new URL(request.url()).pathname.split('/').at(-1)}`;
    if (request.method() === 'GET')
      return route.fulfill({ json: { alerts: [{ ...silent, acknowledged }, clock], events } });
    asked.push({ what, body: request.postDataJSON() });
    if (what === 'POST acknowledge') acknowledged = { by: 'Mara Lindqvist', atMs: Date.now() };
    return route.fulfill({ json: {} });
  });
  return { asked };
}

const open = async (page: Page, url: string): Promise<FakeCloud> => {
  const cloud = await fakeCloud(page);
  const signs = [aSign('Front door', { storeGroupId: 'lyon' }), aSign('Passage', { storeGroupId: 'lyon' })];
  cloud.fleet = { nowMs: Date.now(), signs };
  await lyonAsks(page);
  await page.goto(url);
  return cloud;
};
test('the code on a sign opens its alert, ready to be answered', async ({ page, consoleUrl }) => {
  await open(page, `${consoleUrl}/alerts?answer=lyon+sensor-silent+passage`);
  const acknowledge = page.locator('tr.a-open').getByRole('button', { name: 'Acknowledge' });
  await expect(acknowledge).toBeFocused();
  expect(new URL(page.url()).searchParams.get('open')).toBe('lyon sensor-silent lyon-2');
  await acknowledge.press('Enter');
  await expect(page.getByText('Acknowledged. The signs show that you have seen it.')).toBeVisible();
  await page.goto(`${consoleUrl}/alerts?answer=lyon+full+store`);
  await expect(page.getByText('This alert is over.')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

const goals = (page: Page) => page.getByRole('listbox', { name: 'Where to' }).getByRole('option');
const what = (page: Page) => page.locator('.alerts-t .c-what a');

test('the alerts of all stores stand worst first, and those put aside last', async ({ page, consoleUrl }) => {
  await open(page, `${consoleUrl}/alerts`);
  await expect(page.locator('.alerts-t .sec')).toHaveText([
    /Active, nobody answered\s+2/,
    /Active, acknowledged\s+1/,
    /Shelved\s+1/,
  ]);
  await expect(what(page)).toHaveText([
    /^Passage silent since/,
    /^Over the limit/,
    /^Passage counts in and out unevenly/,
    /^The clock of a sensor at Main entrance is wrong/,
  ]);
  await expect(page.locator('.under')).toContainText(
    '2 alerts wait for an answer. The oldest has waited 11 min.',
  );
});

test('how long an alert waits goes on while nothing else happens', async ({ page, consoleUrl }) => {
  const cloud = await open(page, `${consoleUrl}/alerts`);
  await expect(page.locator('.under')).toContainText('has waited 11 min.');
  cloud.aheadMs = 2 * MINUTE_MS;
  await page.clock.setFixedTime(Date.now() + 2 * MINUTE_MS);
  await expect(page.locator('.under')).toContainText('has waited 13 min.');
});

test('an alert opens in its place: who painted it and when, who did not and why, and its record', async ({
  page,
  consoleUrl,
}) => {
  await open(page, `${consoleUrl}/alerts`);
  const link = page.getByRole('link', { name: /^Passage silent since/ });
  await link.click();
  await expect(link).toHaveAttribute('aria-expanded', 'true');
  const detail = page.locator('.a-open');
  await expect(detail).toContainText(/Painted by\s+1\s+\d\d:\d\d:\d\d\s+Front door/);
  await expect(detail).toContainText(/Not painted by\s+1\s+Passage\s*Dark since 13:58/);
  await expect(detail).toContainText(/Its record\s+\d\d:\d\d:\d\d\s+Raised/);
  await expect(detail).not.toContainText('Jonas');
  await page.reload();
  await expect(page.locator('.a-open')).toContainText('Front door');
  await page.keyboard.press('Escape');
  await expect(page.locator('.a-open')).toHaveCount(0);
});

test('by keys alone one moves, opens, acknowledges and shelves', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  const { asked } = await lyonAsks(page);
  await page.goto(`${consoleUrl}/alerts`);
  await expect(what(page)).toHaveCount(4);
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await expect(page.getByRole('radio', { name: '15 min' })).toBeFocused();
  await page.getByLabel('Why').fill('Asked as agreed');
  await page.getByRole('button', { name: 'Shelve for 15 min' }).click();
  await expect(page.getByText('Shelved. It asks nobody until then.')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('Acknowledged. The signs show that you have seen it.')).toBeVisible();
  expect(asked).toEqual([
    {
      what: 'POST shelve',
      body: {
        type: 'sensor-silent',
        source: 'lyon-2',
        forMinutes: 15,
        why: 'Asked as agreed',
        by: 'Mara Lindqvist',
      },
    },
    { what: 'POST acknowledge', body: { type: 'sensor-silent', source: 'lyon-2', by: 'Mara Lindqvist' } },
  ]);
});

test('all alerts that are shown are acknowledged at once, after a question, and what failed is said', async ({
  page,
  consoleUrl,
}) => {
  await fakeCloud(page);
  const { asked } = await lyonAsks(page);
  await page.route('**/stores/copenhagen/alerts/acknowledge', (route) => route.abort());
  await page.goto(`${consoleUrl}/alerts`);
  const all = page.getByRole('button', { name: 'Acknowledge all 2' });
  await all.click();
  const question = page.getByRole('dialog', { name: 'Acknowledge 2 alerts?' });
  await expect(question).toContainText('alerts of 2 stores');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(asked).toEqual([]);
  await all.click();
  await question.getByRole('button', { name: 'Acknowledge 2' }).click();
  await expect(
    page.getByText(/^1 alert acknowledged. 1 not: Copenhagen Strøget, Over the limit/),
  ).toBeVisible();
  expect(asked.map((one) => one.what)).toEqual(['POST acknowledge']);
  await expect(page.locator('.alerts-t .sec').first()).toHaveText(/Active, nobody answered\s+1/);
  await expect(all).toHaveCount(0);
});

test('the filters and the order of the alerts live in the address', async ({ page, consoleUrl }) => {
  await open(page, `${consoleUrl}/alerts`);
  await page.getByRole('button', { name: '2 need an answer' }).click();
  await expect(what(page)).toHaveCount(2);
  await page.keyboard.press('/');
  await page.keyboard.type('stroget');
  await expect(what(page)).toHaveText([/^Over the limit/]);
  await page.getByLabel('Order').selectOption('Newest first');
  expect(new URL(page.url()).search).toBe('?show=asks&text=stroget&sort=newest');
  await page.reload();
  await expect(what(page)).toHaveText([/^Over the limit/]);
  await page.getByLabel('Filter alerts').fill('nothing like it');
  await page.getByRole('button', { name: 'Show all alerts' }).click();
  await expect(what(page)).toHaveCount(4);
});

test('Ctrl K goes to any store, sign, sensor or page by some letters of its name', async ({
  page,
  consoleUrl,
}) => {
  await open(page, consoleUrl);
  await expect(page.locator('.stores')).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Go to a store, sign, sensor or page' });
  await expect(field).toBeFocused();
  await expect(goals(page).first()).toHaveText(/Overview\s*Page/);
  await page.keyboard.type('part dieu');
  await expect(goals(page)).toHaveText([/Lyon Part-Dieu/, /Front door/, /Passage/]);
  await page.keyboard.press('ArrowDown');
  const selected = page.locator('#go-list [aria-selected=true]');
  await expect(selected).toContainText('Front door');
  await expect(field).toHaveAttribute('aria-activedescendant', (await selected.getAttribute('id')) ?? '');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lyon Part-Dieu');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByRole('button', { name: /Go to/ }).click();
  await page.keyboard.type('nothing like it');
  await expect(page.getByText('Nothing is called like that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Go to/ })).toBeFocused();
});

test('G and a letter change the page, ? lists all keys, and none of them fires in a field', async ({
  page,
  consoleUrl,
}) => {
  await open(page, consoleUrl);
  await expect(page.locator('.stores')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alerts');
  await expect(what(page)).toHaveCount(4);
  await page.getByLabel('Filter alerts').pressSequentially('gs?jax');
  await expect(page.getByLabel('Filter alerts')).toHaveValue('gs?jax');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Alerts');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toContainText('Go to a store, sign, sensor or page');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});

test('the rows of the overview stay where they are under the pointer, and a line says how many want to move', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await open(page, consoleUrl);
  const names = page.locator('.stores .c-name a');
  await expect(names.nth(5)).toHaveText('Antwerp Meir');
  await names.nth(5).hover();
  const antwerp = { id: 'antwerp', name: 'Antwerp Meir', count: 221, hard: 220, state: 'over' } as const;
  const pushed = snapshotOf(antwerp, Date.now());
  cloud.push('snapshot', { ...pushed, content: { ...pushed.content, revision: 8 } });
  await expect(page.getByText('1 row wants to move.')).toBeVisible();
  await expect(names.nth(5)).toHaveText('Antwerp Meir');
  await page.getByRole('heading', { level: 1 }).hover();
  await expect(names.nth(2)).toHaveText('Antwerp Meir');
  await expect(page.getByText('wants to move')).toHaveCount(0);
});

test('the order of the overview lives in the address', async ({ page, consoleUrl }) => {
  await open(page, consoleUrl);
  await page.getByLabel('Order').selectOption('By name');
  await expect(page.locator('.stores .c-name a').first()).toHaveText('Antwerp Meir');
  await expect(page.locator('.stores .sec')).toHaveCount(0);
  await page.goto(`${consoleUrl}?sort=inside&state=open`);
  await expect(page.locator('.stores .c-name a')).toHaveText([
    'Antwerp Meir',
    'Vienna Mariahilf',
    'Dublin Grafton Street',
    'Gothenburg Nordstan',
  ]);
});

test('the audit names what was done to whom in words', async ({ page, consoleUrl }) => {
  await open(page, `${consoleUrl}/audit`);
  const row = page.getByRole('row').filter({ hasText: 'Corrected the count' });
  await expect(row).toContainText('Hamburg Mönckebergstraße');
  await expect(page.getByRole('row').filter({ hasText: 'Signed in' })).not.toContainText('p-12345678');
});

for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${size}, ${colorScheme}: nothing keeps a reader out, and nothing scrolls sideways`, async ({
      page,
      consoleUrl,
    }) => {
      test.slow();
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await open(page, `${consoleUrl}/alerts`);
      const look = async (name: string) => {
        const folder = process.env.VITRINE_PICTURES;
        if (folder !== undefined)
          await page.screenshot({ path: `${folder}/${name}.${size}.${colorScheme}.png` });
        const violations = await axeViolations(page);
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect.soft(found, name).toEqual([]);
        const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(scrolled, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
      };
      await expect(what(page)).toHaveCount(4);
      await look('alerts');
      await what(page).first().click();
      await expect(page.locator('.a-open')).toContainText('Front door');
      await page.locator('.a-open summary').click();
      await look('alerts-open');
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('o');
      await expect(goals(page).first()).toBeVisible();
      await look('go-to');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await look('keys');
    });
  }
}
