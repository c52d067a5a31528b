import { type BrowserContext, test as base, expect } from '@playwright/test';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { personMadeSchema } from '../../cloud/contracts/person.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { type FollowingSign, followAsSign } from '../support/following-sign.ts';
import { keepsCounting, openMqttSensor } from '../support/mqtt-sensor.ts';

const PAGES = 4;
/** The product's own client with a painter that only says what it would paint. */
const SIMULATED = 196;
const ALL = PAGES + SIMULATED;
const WITHIN = { timeout: 120_000 };

const test = base.extend<{ cloud: CloudProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess(['--demonstration-store-group', 'here']);
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },
});

const aStore = (name: string, group: string, sensor: string) =>
  calleMayor({
    name,
    storeGroups: [group],
    doors: [{ id: 'front', name: 'Front', sensors: [{ id: sensor }] }],
  });

test('two hundred signs are moved at once: all paint the new store and say so, and the console shows it (4 pages, 196 simulated painters)', async ({
  cloud,
  browser,
}) => {
  test.setTimeout(400_000);
  const { httpUrl } = cloud.ready();
  const made = await cloud.call('POST', API_PATHS.people, {
    name: 'First key',
    role: 'admin',
    storeIds: null,
  });
  const { key } = personMadeSchema.parse(await made.json());
  const sensors = [
    ...(await cloud.putStore('calle-mayor', aStore('Calle Mayor', 'here', 'here-1'))).values(),
    ...(await cloud.putStore('gran-via', aStore('Gran Vía', 'there', 'there-1'))).values(),
  ];
  const counters = await Promise.all(sensors.map((given) => openMqttSensor(cloud, given)));
  // However long this takes: a figure that nobody renews would rightly be called old.
  const speaking = counters.map((counter, index) => keepsCounting(counter, index + 3));

  const simulated: FollowingSign[] = [];
  const opened: BrowserContext[] = [];
  const open = async (path: string) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    opened.push(context);
    const page = await context.newPage();
    await page.goto(new URL(path, httpUrl).href);
    return page;
  };
  try {
    for (let number = 0; number < SIMULATED; number += 1) simulated.push(await followAsSign(httpUrl));
    const glasses = await Promise.all(Array.from({ length: PAGES }, () => open('/')));
    for (const glass of glasses) await expect(glass.locator('main')).toContainText('Calle Mayor', WITHIN);

    const console = await open('/console/signs');
    await console.getByLabel('Access key').fill(key);
    await console.getByRole('button', { name: 'Sign in' }).click();
    const summary = console.locator('.under').first();
    const allConfirmed = `${ALL} of ${ALL} confirmed a fresh figure`;
    await expect(summary).toContainText(allConfirmed, WITHIN);

    await console.getByLabel('Select all').check();
    await expect(console.locator('sign-bulk')).toContainText(`${ALL} selected`);
    await console.getByLabel('Group to assign to').selectOption({ value: 'there' });
    await console.getByRole('button', { name: 'Assign', exact: true }).click();
    await expect(console.locator('.bulk-said')).toContainText(`${ALL} signs assigned to Gran Vía`, WITHIN);
    for (const glass of glasses) await expect(glass.locator('main')).toContainText('Gran Vía', WITHIN);
    await expect
      .poll(() => simulated.filter((sign) => sign.shown()?.content.store.id === 'gran-via').length, WITHIN)
      .toBe(SIMULATED);
    await expect(summary).toContainText(allConfirmed, WITHIN);
    await expect(console.locator('.c-name small').filter({ hasText: 'Calle Mayor' })).toHaveCount(0);
  } finally {
    for (const sign of simulated) sign[Symbol.dispose]();
    for (const context of opened) await context.close();
    for (const one of speaking) await one[Symbol.asyncDispose]();
  }
});
