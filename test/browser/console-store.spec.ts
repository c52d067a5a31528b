import type { Page } from '@playwright/test';
import type { CorrectionRecord } from '../../cloud/contracts/correction.ts';
import { axeViolations } from './console/axe-violations.ts';
import { DESK, expect, PHONE, test } from './console/console-test.ts';
import { type FakeCloud, fakeCloud } from './console/fake-cloud.ts';

const HOUR_MS = 3_600_000;

const askedOf = (cloud: FakeCloud, what: string) => cloud.asked.filter((one) => one.what === what);
const contentOf = (cloud: FakeCloud, storeId: string) => {
  const found = cloud.overview.stores.find(({ snapshot }) => snapshot.content.store.id === storeId);
  if (found === undefined) throw new Error(`no such store: ${storeId}`);
  return found.snapshot.content;
};

test('an admin edits a store, reads what it will do, and gets the key of the new sensor', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await fakeCloud(page);
  await page.goto(`${consoleUrl}/stores/hamburg`);
  await page.getByRole('link', { name: 'Edit limits' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Hamburg Mönckebergstraße');
  const effects = page.getByRole('list', { name: 'What saving will do' });
  const limits = page.locator('#part-limits');
  await limits.getByLabel('Nearly full from').fill('165');
  await expect(effects).toContainText('The signs will say “Nearly full” 5 people earlier.');
  await expect(effects).toContainText('The store stays nearly full now.');

  await page.getByRole('button', { name: 'Remove Passage' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('What it counted stays on record.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('[name="doors.1.name"]')).toHaveValue('Passage');
  await page.getByRole('button', { name: 'Remove Passage' }).click();
  await dialog.getByRole('button', { name: 'Remove the door' }).click();
  await expect(effects).toContainText('Door Passage is removed; what it counted stays on record.');

  await page.getByRole('button', { name: 'Another door' }).click();
  await page.locator('[name="doors.1.name"]').fill('<b>Yard</b>');
  await page.locator('[name="doors.1.into"]').selectOption('upper');
  await page.getByRole('group', { name: '<b>Yard</b>' }).getByLabel('flipped').check();
  await page.getByRole('button', { name: 'Save the store' }).click();
  await expect(page.locator('.secret')).toContainText('SharedAccessKey=');
  const [put] = askedOf(cloud, 'PUT /api/stores/hamburg');
  expect(put?.body).toMatchObject({
    limits: { soft: 165, hard: 200, staff: 6 },
    doors: [
      { id: 'main', name: 'Main entrance', into: 'ground' },
      { id: 'b-yard-b', into: 'upper', sensors: [{ id: 'hamburg-b-yard-b', flipped: true }] },
    ],
  });
  await page.getByRole('link', { name: 'Go to the store' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hamburg Mönckebergstraße');
});

test('opening hours are copied to all weekdays, and a date has hours of its own', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await fakeCloud(page);
  await page.goto(`${consoleUrl}/stores/hamburg/edit?part=hours`);
  await page.locator('[name="hours.week.mon.0.closes"]').fill('22:00');
  await page.getByRole('button', { name: 'Copy to all weekdays' }).click();
  await expect(page.locator('[name="hours.week.fri.0.closes"]')).toHaveValue('22:00');
  await expect(page.locator('[name="hours.week.sat.0.closes"]')).toHaveValue('20:00');
  await page.getByRole('checkbox', { name: 'open, Sunday' }).check();
  await page.getByRole('button', { name: 'Another date' }).click();
  await page.locator('[name="hours.dates.1.date"]').fill('2099-12-25');
  await expect(page.locator('.effects')).toContainText('It is closed on Fri 25 Dec.');
  await page.getByRole('button', { name: 'Save the store' }).click();
  await expect.poll(() => askedOf(cloud, 'PUT /api/stores/hamburg')).toHaveLength(1);
  expect(askedOf(cloud, 'PUT /api/stores/hamburg')[0]?.body).toMatchObject({
    hours: {
      week: { fri: [{ opens: '09:00', closes: '22:00' }], sun: [{ opens: '09:00', closes: '20:00' }] },
      dates: [{ date: '2099-12-24' }, { date: '2099-12-25', hours: [] }],
    },
  });
});

test('what is refused is said at its field, by the page and by the cloud', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  const [status, code] = [409, 'sensor-taken'];
  const field = 'doors.1.sensors.0.id';
  const detail = `${field}: taken belongs to the store antwerp`;
  await page.route(/\/api\/stores\/hamburg$/, (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({
          status,
          contentType: 'application/problem+json',
          json: {
            type: 'about:blank',
            title: 'Taken',
            status,
            detail,
            code,
            field,
          },
        })
      : route.fallback(),
  );
  await page.goto(`${consoleUrl}/stores/hamburg/edit`);
  const name = page.locator('[name="doors.0.name"]');
  await name.fill('');
  await page.getByRole('button', { name: 'Save the store' }).click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription('Give it a name of at most 80 letters.');
  await name.fill('North');
  await expect(name).toHaveAttribute('aria-invalid', 'false');
  const sensor = page.locator(`[name="${field}"]`);
  await sensor.fill('taken');
  await page.getByRole('button', { name: 'Save the store' }).click();
  await expect(sensor).toBeFocused();
  await expect(sensor).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert')).toContainText('belongs to the store antwerp');
});

test('what is not saved is not lost by a click or by the way back', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  await page.goto(`${consoleUrl}/stores/hamburg`);
  await page.getByRole('link', { name: 'Edit limits' }).click();
  const name = page.locator('[name="name"]');
  await name.fill('Hamburg');
  const dialog = page.getByRole('dialog');
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(dialog).toContainText('What you changed on this page is lost.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(name).toHaveValue('Hamburg');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hamburg Mönckebergstraße');
  await page.goForward();
  await expect(page.getByRole('alert')).toHaveText('What you had not saved is here again.');
  await expect(name).toHaveValue('Hamburg');
  await page.getByRole('link', { name: 'Audit' }).click();
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit');
});

test('a correction is taken back by its opposite', async ({ page, consoleUrl }) => {
  const cloud = await fakeCloud(page);
  const done: CorrectionRecord = {
    ...{ number: 3, storeId: 'hamburg', zoneId: 'ground', kind: 'add', people: 6, before: 113, after: 119 },
    ...{ atMs: Date.now(), madeAtMs: Date.now(), by: 'Mara Lindqvist', why: '' },
  };
  await page.route(/\/stores\/hamburg\/corrections$/, (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    cloud.asked.push({ what: 'corrected', body: route.request().postDataJSON() });
    return route.fulfill({ json: { corrections: [done] } });
  });
  await page.goto(`${consoleUrl}/stores/hamburg`);
  await page.getByRole('button', { name: 'Correct the count' }).click();
  await page.getByLabel('People, minus for fewer').fill('6');
  await page.getByRole('button', { name: 'Add 6 people' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Taken back' })).toBeVisible();
  expect(askedOf(cloud, 'corrected').map(({ body }) => body)).toMatchObject([
    { kind: 'add', people: 6, zone: 'ground' },
    { kind: 'add', people: -6, zone: 'ground' },
  ]);
});

test('a reset says what the count becomes', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  await page.goto(`${consoleUrl}/stores/hamburg`);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.locator('.after')).toContainText('187 inside become 0, in each zone.');
  await expect(page.getByRole('button', { name: 'Reset to 0' })).toBeVisible();
});

test('the history is chosen by keyboard, and is a table as well', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  await page.goto(`${consoleUrl}/stores/hamburg`);
  await expect(page.locator('.history .leg')).toContainText('usual');
  await page.getByRole('radio', { name: 'Today' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('img', { name: /last seven days/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('img', { name: /last eight weeks/ })).toBeVisible();
  await page.getByText('The same as a table').click();
  const table = page.getByRole('region', { name: 'The numbers of the picture' });
  await expect(table.getByRole('columnheader')).toHaveText([
    'Day',
    'Came in',
    'Went out',
    'Most inside',
    'Corrected by',
  ]);
  await expect(table.getByRole('row')).toHaveCount(57);
  const csv = page.getByRole('link', { name: 'Save as CSV' });
  await expect(csv).toHaveAttribute('href', /^\/api\/stores\/hamburg\/history\?.*step=day&format=csv$/);
});

test('an alert is shelved with a reason, and asks again when somebody wants it', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await fakeCloud(page);
  let shelved: unknown = null;
  await page.route(/\/stores\/lyon\/alerts(\/shelve)?$/, (route) => {
    const request = route.request();
    if (request.method() === 'POST') {
      const body = request.postDataJSON();
      cloud.asked.push({ what: 'shelved', body });
      const { forMinutes, why } = body;
      const untilMs = Date.now() + forMinutes * 60_000;
      shelved = forMinutes === 0 ? null : { by: 'Mara Lindqvist', untilMs, why };
      return route.fulfill({ json: {} });
    }
    const alert = {
      ...{ type: 'sensor-silent', source: 'lyon-passage', severity: 'warn', place: { door: 'passage' } },
      ...{ phase: 'active', sinceMs: Date.now() - HOUR_MS, acknowledged: null, shelved },
    };
    return route.fulfill({ json: { alerts: [alert], events: [] } });
  });
  await page.goto(`${consoleUrl}/stores/lyon`);
  await page.locator('.shelve summary').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: '15 min' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.getByLabel('Why').fill('Lift is being repaired');
  await expect(page.locator('.shelve')).toContainText('It stays active and on record, but asks nobody.');
  await page.getByRole('button', { name: 'Shelve for 1 h' }).click();
  await expect(page.locator('.al-shelved')).toContainText('asks again at');
  await expect(page.locator('.al-shelved')).toContainText('Lift is being repaired');
  await page.getByRole('button', { name: 'Ask again now' }).click();
  await expect(page.locator('.al-hot')).toContainText('Passage silent');
  expect(askedOf(cloud, 'shelved').map(({ body }) => body)).toMatchObject([
    { type: 'sensor-silent', source: 'lyon-passage', forMinutes: 60, why: 'Lift is being repaired' },
    { forMinutes: 0 },
  ]);
});

test('a store says when it closes, and one that is closed wears the moon', async ({ page, consoleUrl }) => {
  const cloud = await fakeCloud(page);
  contentOf(cloud, 'hamburg').opening = { open: true, changesAtMs: Date.now() + HOUR_MS };
  contentOf(cloud, 'antwerp').opening = { open: false, changesAtMs: null };
  await page.goto(consoleUrl);
  await expect(page.locator('.stores tr', { hasText: 'Antwerp' }).locator('.s-closed')).toHaveText('Closed');
  await page.getByRole('button', { name: '1 closed' }).click();
  await expect(page.locator('.stores .c-name a')).toHaveText(['Antwerp Meir']);
  await page.goto(`${consoleUrl}/stores/hamburg`);
  await expect(page.locator('.under')).toContainText(/Open until (\w+ )?\d\d:\d\d\./);
});

test('doors and rooms are drawn where there is room, and listed on a phone', async ({ page, consoleUrl }) => {
  await fakeCloud(page);
  await page.goto(`${consoleUrl}/stores/lyon`);
  await expect(page.locator('.plan-drawing .zone')).toHaveCount(2);
  await expect(page.locator('.plan-drawing .is-silent')).toContainText('Passage');
  await expect(page.locator('.plan-drawing .door').first()).toContainText('921');
  await page.setViewportSize(PHONE);
  await expect(page.locator('.plan-drawing')).toBeHidden();
  const passage = page.locator('.plan-list .doors li', { hasText: 'Passage' });
  await expect(passage).toContainText('street to Ground floor');
  await expect(passage).toContainText('921 in');
  await expect(passage).toContainText('silent');
});

for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`a store and its editing have no finding, and scroll one way only: ${size}, ${colorScheme}`, async ({
      page,
      consoleUrl,
    }) => {
      // Several states, each looked through whole.
      test.slow();
      const cloud = await fakeCloud(page);
      contentOf(cloud, 'antwerp').opening = { open: false, changesAtMs: null };
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto(`${consoleUrl}/stores/lyon`);
      await expect(page.locator('.history .u-wrap')).toBeVisible();
      await page.getByText('The same as a table').click();
      await page.locator('.shelve summary').click();
      await looksWell(page, `store.${size}.${colorScheme}`);
      await page.locator('.history').getByText('8 weeks').click();
      await page.getByRole('button', { name: 'Reset', exact: true }).click();
      await looksWell(page, `store-weeks.${size}.${colorScheme}`);
      await page.goto(`${consoleUrl}/stores/antwerp`);
      await expect(page.locator('.live-fig .s-closed')).toBeVisible();
      await looksWell(page, `store-closed.${size}.${colorScheme}`);
      await page.goto(`${consoleUrl}/stores/hamburg/edit`);
      await page.locator('#part-limits').getByLabel('Full at').fill('');
      for (const more of await page.locator('.more-fields > summary').all()) await more.click();
      await page.getByRole('button', { name: 'Save the store' }).click();
      await expect(page.locator('#part-limits').getByText('A whole number of at least 1.')).toBeVisible();
      await looksWell(page, `store-edit.${size}.${colorScheme}`);
    });
  }
}

async function looksWell(page: Page, name: string): Promise<void> {
  // For looking at: only where a folder is named.
  const folder = process.env.VITRINE_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  const violations = await axeViolations(page);
  expect
    .soft(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes.map(({ html }) => html).join(' ')}`))
    .toEqual([]);
  const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(scrolled, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}
