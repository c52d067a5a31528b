import type { Page } from '@playwright/test';
import type { PersonRequest } from '../../cloud/contracts/person.ts';
import type { RejectedMessage } from '../../cloud/contracts/rejected.ts';
import type { ListedSensor, SensorPlace } from '../../cloud/contracts/sensor.ts';
import { axeViolations } from './console/axe-violations.ts';
import { DESK, expect, PHONE, test } from './console/console-test.ts';
import { ADMIN, type FakeCloud, fakeCloud } from './console/fake-cloud.ts';

const MINUTE_MS = 60_000;
const HOSTILE = '<img src=x onerror=alert(1)>';

const place = (storeId: string, doorId: string, more: Partial<SensorPlace> = {}): SensorPlace => ({
  ...{ storeId, doorId, zoneId: null, line: null, model: 'axis', flipped: false },
  ...more,
});
const sensor = (sensorId: string, more: Partial<ListedSensor> = {}): ListedSensor => ({
  ...{ sensorId, places: [], hasConnectionString: true, hasIngestKey: false },
  ...{ heardAtMs: null, skewMs: 0, kept: 0, keptWhy: '' },
  ...more,
});

const someSensors = (nowMs: number): ListedSensor[] => [
  sensor('hamburg-main', { places: [place('hamburg', 'main')], heardAtMs: nowMs }),
  sensor('hamburg-passage', {
    places: [place('hamburg', 'passage', { flipped: true, model: 'xovis' })],
    ...{
      heardAtMs: nowMs,
      skewMs: 42_000,
      kept: 3,
      keptWhy: 'expected how many pass, got how many are there',
    },
  }),
  sensor('antwerp-main', { places: [place('antwerp', 'main')], heardAtMs: nowMs }),
  sensor('lyon-passage', { places: [place('lyon', 'passage')], heardAtMs: nowMs - 11 * MINUTE_MS }),
  sensor('axis-b8a44f21', {
    ...{ heardAtMs: nowMs - 4_000, kept: 214 },
    keptWhy: 'the sensor has no door: name it in a store, then replay what was rejected',
  }),
  sensor('test-bench-3', {
    ...{ hasConnectionString: false, heardAtMs: nowMs - 2 * MINUTE_MS, kept: 7, keptWhy: HOSTILE },
  }),
  sensor('spare-1'),
];

const someRejected = (nowMs: number): RejectedMessage[] => [
  {
    ...{ sensorId: 'axis-b8a44f21', reason: 'unplaced-sensor', detail: 'the sensor has no door' },
    ...{ body: '{"in":4,"out":1}', encoding: 'utf-8', times: 214 },
    ...{ firstSeenAtMs: nowMs - 70 * MINUTE_MS, lastSeenAtMs: nowMs - 4_000 },
  },
  {
    ...{ sensorId: 'test-bench-3', reason: 'not-json', detail: 'expected UTF-8 JSON' },
    ...{ body: btoa('\u0000\u00ff\u0010'), encoding: 'base64', times: 6 },
    ...{ firstSeenAtMs: nowMs - 9 * MINUTE_MS, lastSeenAtMs: nowMs - 3 * MINUTE_MS },
  },
  {
    ...{
      sensorId: 'test-bench-3',
      reason: 'not-a-reading',
      detail: HOSTILE,
      body: HOSTILE,
      encoding: 'utf-8',
    },
    ...{ times: 1, firstSeenAtMs: nowMs - 2 * MINUTE_MS, lastSeenAtMs: nowMs - 2 * MINUTE_MS },
  },
];

const described = (storeId: string, name = storeId) => ({
  ...{ name, timeZone: 'Europe/Madrid', limits: { soft: 90, hard: 100 }, storeGroups: [storeId] },
  doors: [
    { id: 'main', name: 'Main entrance', sensors: [{ id: `${storeId}-main`, model: 'axis' }] },
    {
      id: 'passage',
      name: 'Passage',
      sensors: [{ id: `${storeId}-passage`, model: 'xovis', flipped: true }],
    },
  ],
});

type Sensed = FakeCloud & {
  sensors: ListedSensor[];
  rejected: RejectedMessage[];
  /** What it was asked to keep or do, `PUT /api/stores/x`, and with what. */
  readonly done: { readonly what: string; readonly body: unknown }[];
};

/** The fake cloud, which knows of sensors, groups and refused messages as well. */
async function cloudWithSensors(page: Page): Promise<Sensed> {
  const nowMs = Date.now();
  const cloud = await fakeCloud(page);
  const more = {
    sensors: someSensors(nowMs),
    rejected: someRejected(nowMs),
    done: [] as { what: string; body: unknown }[],
  };
  const sensed = Object.assign(cloud, more);
  await page.route(/\/api\/(sensors|rejected|stores\/[^/]+$|store-groups|people)/, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const method = request.method();
    const body: unknown = request.postDataJSON();
    const [, , list, id = '', part] = pathname.split('/');
    if (method !== 'GET') sensed.done.push({ what: `${method} ${pathname}${search}`, body });
    const json = (answer: unknown, status = 200) => route.fulfill({ status, json: answer });
    if (list === 'people' && method === 'GET') {
      const bo = { personId: 'p-bo-bo-bo-bo', name: 'Bo Lund', role: 'viewer', storeIds: ['hamburg'] };
      const seen = { madeAtMs: nowMs, lastSeenAtMs: nowMs };
      return json({
        people: [
          { ...bo, ...seen },
          { ...ADMIN, ...seen },
        ],
      });
    }
    if (list === 'people' && method === 'POST')
      return json({
        person: {
          personId: 'p-cy-cy-cy-cy',
          ...(body as PersonRequest),
          madeAtMs: nowMs,
          lastSeenAtMs: null,
        },
        key: 'a-key-that-is-shown-once',
      });
    if (list === 'people') return json({ personId: id });
    if (list === 'stores' && method === 'GET') return json({ storeId: id, description: described(id) });
    if (list === 'stores') return json({ storeId: id, createdSensors: [] });
    if (list === 'store-groups' && method === 'GET')
      return json({ storeGroupId: id, storeIds: [id], description: { dailyReset: { at: '05:00', to: 0 } } });
    if (list === 'store-groups') return json({ storeGroupId: id });
    if (list === 'rejected' && method === 'GET') return json({ rejected: sensed.rejected });
    if (list === 'rejected' && method === 'DELETE') {
      const gone = new URLSearchParams(search).get('sensorId');
      sensed.rejected = sensed.rejected.filter(({ sensorId }) => sensorId !== gone);
      return json({ deleted: 7 });
    }
    if (list === 'rejected') return json({ replayed: 214, stillRejected: 2 });
    if (method === 'GET') return json({ nowMs: Date.now(), sensors: sensed.sensors });
    if (part === 'ingest-key') return json({ sensorId: id, key: 'the-key', path: `/api/ingest/${id}` });
    const sensorId = id === '' ? Object(body).sensorId : id;
    return json({ sensorId, connectionString: `HostName=hub;DeviceId=${sensorId};SharedAccessKey=a2V5` });
  });
  return sensed;
}

const open = async (page: Page, url: string, path: string) => {
  await page.goto(url + path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
};

test('sensors stand by what they need: those that knock, silent ones, the others, those to be placed', async ({
  page,
  consoleUrl,
}) => {
  await cloudWithSensors(page);
  await open(page, consoleUrl, '/sensors');
  await expect(page.locator('.sensors-t tr.sec th')).toHaveText([
    /^Knocking\s*2/,
    /^Silent\s*1/,
    /^As it should be\s*3/,
    /^Not placed yet\s*1/,
  ]);
  await expect(page.locator('.row-open')).toHaveText([
    ...['axis-b8a44f21', 'test-bench-3', 'lyon-passage', 'antwerp-main', 'hamburg-main', 'hamburg-passage'],
    'spare-1',
  ]);
  await expect(page.locator('.under').first()).toContainText(
    '3 of 4 reported within the time they promise. 2 knock',
  );
  await expect(page.locator('tr[data-sensor=test-bench-3] .c-kept')).toContainText(HOSTILE);
  await page.keyboard.press('/');
  await page.keyboard.type('flipped hamburg');
  await expect(page.locator('.row-open')).toHaveText(['hamburg-passage']);
});

test('a sensor that knocks is placed at a door by keyboard, and what is kept of it is counted', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/sensors');
  await expect(page.locator('.row-open').first()).toBeVisible();
  for (const key of ['j', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Place it at a door' }).click();
  await page.getByRole('combobox', { name: 'Store', exact: true }).selectOption('hamburg');
  await expect(page.getByLabel('Door or zone')).toBeEnabled();
  await page.getByLabel('Door or zone').selectOption('Passage');
  await page.getByLabel('Mounted the other way round').check();
  await picture(page, 'sensor-place');
  await page.getByRole('button', { name: 'Place it', exact: true }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'It counts there now. 212 kept messages counted.' }),
  ).toBeVisible();
  const kept = cloud.done.find(({ what }) => what === 'PUT /api/stores/hamburg')?.body;
  expect(Object(kept).doors[1].sensors.at(-1)).toEqual({ id: 'axis-b8a44f21', model: 'auto', flipped: true });
  expect(cloud.done.at(-1)).toEqual({
    what: 'POST /api/rejected/replay',
    body: { sensorId: 'axis-b8a44f21' },
  });
});

test('a sensor is flipped, and moved to a door of another store: the one gives it before the other takes it', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/sensors');
  await page.getByRole('button', { name: 'hamburg-main', exact: true }).click();
  await page.getByRole('button', { name: /^Flip/ }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'IN is people leaving from now on' }),
  ).toBeVisible();
  expect(Object(cloud.done[0]?.body).doors[0].sensors[0]).toMatchObject({
    id: 'hamburg-main',
    flipped: true,
  });
  await page.getByRole('button', { name: /^Move/ }).click();
  await page.getByRole('combobox', { name: 'Store', exact: true }).selectOption('antwerp');
  await expect(page.getByLabel('Door or zone')).toBeEnabled();
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'If others know it, make a new one.' }),
  ).toBeVisible();
  expect(cloud.done.slice(1).map(({ what }) => what)).toEqual([
    'PUT /api/stores/hamburg',
    'PUT /api/stores/antwerp',
  ]);
  expect(Object(cloud.done[1]?.body).doors[0].sensors).toEqual([]);
  expect(Object(cloud.done[2]?.body).doors[0].sensors).toHaveLength(2);
});

test('a new connection string is asked for first, shown once with a code to scan, and hidden by hand or by time', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/sensors');
  await page.getByRole('button', { name: 'lyon-passage', exact: true }).click();
  await page.getByRole('button', { name: 'New connection string' }).click();
  await expect(page.locator('.ask-first')).toContainText('The old connection string stops working at once');
  expect(cloud.done).toEqual([]);
  await page.getByRole('button', { name: 'Make a new connection string' }).click();
  await expect(page.locator('.secret')).toHaveText('HostName=hub;DeviceId=lyon-passage;SharedAccessKey=a2V5');
  await expect(page.getByRole('img', { name: /a code to scan/ })).toBeVisible();
  await expect(page.locator('once-secret')).toContainText('Waiting for its first reading');
  expect(page.url()).not.toContain('Shared');
  await picture(page, 'sensor-secret');
  await page.getByRole('button', { name: 'Hide it now' }).click();
  await expect(page.locator('once-secret')).toHaveCount(0);

  await page.clock.install();
  await page.getByRole('button', { name: 'HTTP address and key' }).click();
  await page.getByRole('button', { name: 'Make an HTTP key' }).click();
  await expect(page.locator('.secret').last()).toHaveText(/\/api\/ingest\/lyon-passage\/the-key$/);
  await page.clock.runFor(5 * MINUTE_MS + 2_000);
  await expect(page.locator('once-secret')).toHaveCount(0);
});

test('a sensor is let in before it has a door', async ({ page, consoleUrl }) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/sensors');
  await expect(page.locator('.row-open').first()).toBeVisible();
  await page.keyboard.press('n');
  await page.getByLabel('Name of the sensor').fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Begin with a letter or a digit.');
  await page.getByLabel('Name of the sensor').fill('hamburg-passage-2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'hamburg-passage-2 is made' })).toBeFocused();
  expect(cloud.done).toEqual([{ what: 'POST /api/sensors', body: { sensorId: 'hamburg-passage-2' } }]);
});

test('refused messages are read as text whatever they hold, tried again, and deleted after a question', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/rejected');
  await expect(page.locator('.rejected h2')).toHaveText(['axis-b8a44f21', 'test-bench-3']);
  const bench = page.locator('.rejected').nth(1);
  for (const row of await bench.locator('summary').all()) await row.click();
  await expect(bench.locator('pre')).toHaveText([HOSTILE, '00 ff 10']);
  const downloading = page.waitForEvent('download');
  await bench.getByRole('button', { name: 'Download it whole' }).last().click();
  expect((await downloading).suggestedFilename()).toMatch(/^test-bench-3-not-json-\d+\.bin$/);
  await picture(page, 'rejected-open');
  await page
    .locator('.rejected')
    .first()
    .getByRole('button', { name: /^Try to count/ })
    .click();
  await expect(
    page.getByRole('status').filter({ hasText: '212 messages of axis-b8a44f21 counted. 2 still cannot be.' }),
  ).toBeVisible();
  await bench.getByRole('button', { name: /^Delete those/ }).click();
  await expect(bench.locator('.ask-first')).toContainText('gone for good');
  await bench.getByRole('button', { name: 'Delete all of test-bench-3' }).click();
  await expect(page.locator('.rejected h2')).toHaveText(['axis-b8a44f21']);
  expect(cloud.done.at(-1)?.what).toBe('DELETE /api/rejected?sensorId=test-bench-3');
});

test('a group gets its stores through what the stores say, and its daily reset by itself', async ({
  page,
  consoleUrl,
}) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/groups');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByLabel('Name of the group').fill('north');
  await page.getByLabel('Hamburg Mönckebergstraße').check();
  await page.getByLabel('Dublin Grafton Street').check();
  await picture(page, 'group-new');
  await page.getByRole('button', { name: 'Make the group' }).click();
  await expect(page.getByLabel('Name of the group')).toHaveCount(0);
  expect(cloud.done.map(({ what, body }) => [what, Object(body).storeGroups])).toEqual([
    ['PUT /api/stores/dublin', ['dublin', 'north']],
    ['PUT /api/stores/hamburg', ['hamburg', 'north']],
  ]);
  await page.getByRole('button', { name: 'antwerp', exact: true }).click();
  await page.getByLabel('Every day at').fill('04:30');
  await page.getByRole('button', { name: 'Keep the reset' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It holds from the next day on.' })).toBeVisible();
  expect(cloud.done.at(-1)).toEqual({
    ...{ what: 'PUT /api/store-groups/antwerp', body: { dailyReset: { at: '04:30', to: 0 } } },
  });
});

test('a person is let in for all stores, or for any of them', async ({ page, consoleUrl }) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/people');
  const form = page.locator('.person-form');
  await form.getByLabel('Name').fill('Cy Young');
  await form.getByRole('combobox', { name: 'Stores' }).selectOption('some');
  await form.getByRole('button', { name: 'Make a key' }).click();
  await expect(form.getByRole('alert')).toHaveText('Choose at least one store.');
  await expect(form.getByLabel('Antwerp Meir')).toBeFocused();
  await form.getByLabel('Hamburg Mönckebergstraße').check();
  await form.getByLabel('Antwerp Meir').check();
  await picture(page, 'person-new');
  await form.getByRole('button', { name: 'Make a key' }).click();
  await expect(page.getByText('The key of Cy Young.')).toBeVisible();
  await expect(form.getByRole('group', { name: 'Their stores' })).toHaveCount(0);
  const asked = { name: 'Cy Young', role: 'viewer', storeIds: ['antwerp', 'hamburg'] };
  expect(cloud.done).toEqual([{ what: 'POST /api/people', body: asked }]);
});

test('a person gets another role and other stores in their line', async ({ page, consoleUrl }) => {
  const cloud = await cloudWithSensors(page);
  await open(page, consoleUrl, '/people');
  await page.getByRole('button', { name: 'Change Bo Lund' }).click();
  const form = page.locator('person-change');
  await form.getByLabel('Role').selectOption('manager');
  await expect(form.getByLabel('Hamburg Mönckebergstraße')).toBeChecked();
  await form.getByLabel('Antwerp Meir').check();
  await picture(page, 'person-change');
  await form.getByRole('button', { name: 'Keep what Bo Lund may do' }).click();
  await expect(form).toHaveCount(0);
  expect(cloud.done).toEqual([
    { what: 'PUT /api/people/p-bo-bo-bo-bo', body: { role: 'manager', storeIds: ['antwerp', 'hamburg'] } },
  ]);
});

for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no page of sensors has a finding for who cannot see it well, nor scrolls sideways: ${size}, ${colorScheme}`, async ({
      page,
      consoleUrl,
    }) => {
      // Each page is looked through whole, twice.
      test.slow();
      await cloudWithSensors(page);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      for (const path of ['/sensors', '/groups', '/rejected', '/people']) {
        await open(page, consoleUrl, path);
        const opener =
          path === '/people'
            ? page.getByRole('button', { name: 'Change Bo Lund' })
            : page.locator('.row-open').first();
        await expect(opener).toBeVisible();
        await looked(page, `${path.slice(1)}.${size}.${colorScheme}`);
        await opener.click();
        if (path === '/sensors') {
          await page.getByRole('button', { name: 'New connection string' }).click();
          await page.getByRole('button', { name: 'Make a new connection string' }).click();
          await expect(page.locator('once-secret')).toBeVisible();
          await page.getByRole('button', { name: 'Place it at a door' }).click();
          await expect(page.getByLabel('Door or zone')).toBeEnabled();
        }
        await looked(page, `${path.slice(1)}-open.${size}.${colorScheme}`);
      }
    });
  }
}

async function looked(page: Page, name: string): Promise<void> {
  await picture(page, name);
  const violations = await axeViolations(page);
  const found = violations.map(
    ({ id, nodes }) => `${name} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect.soft(found).toEqual([]);
  const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(scrolled, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** For looking at: only where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.VITRINE_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
