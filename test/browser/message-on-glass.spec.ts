import { type BrowserContext, test as base, expect } from '@playwright/test';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { personMadeSchema } from '../../cloud/contracts/person.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { keepsCounting, openMqttSensor } from '../support/mqtt-sensor.ts';

const WITHIN = { timeout: 60_000 };
const FOLDER = process.env.VITRINE_PICTURES;

const test = base.extend<{ cloud: CloudProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess(['--demonstration-store-group', 'here']);
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },
});

test('words that a manager writes in the console stand on the glass, the sign says so, and they go when they are taken back', async ({
  cloud,
  browser,
}) => {
  test.setTimeout(240_000);
  const { httpUrl } = cloud.ready();
  const made = await cloud.call('POST', API_PATHS.people, { name: 'Mara', role: 'manager', storeIds: null });
  const { key } = personMadeSchema.parse(await made.json());
  const store = calleMayor({
    storeGroups: ['here'],
    doors: [{ id: 'front', name: 'Front', sensors: [{ id: 'front-1' }] }],
  });
  const [given = ''] = (await cloud.putStore('calle-mayor', store)).values();
  const speaking = keepsCounting(await openMqttSensor(cloud, given), 3);
  const opened: BrowserContext[] = [];
  const open = async (path: string) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    opened.push(context);
    const page = await context.newPage();
    await page.goto(new URL(path, httpUrl).href);
    return page;
  };
  try {
    const glass = await open('/');
    await expect(glass.locator('main')).toContainText('Calle Mayor', WITHIN);
    const console = await open('/console/messages?write=1&group=here');
    await console.getByLabel('Access key').fill(key);
    await console.getByRole('button', { name: 'Sign in' }).click();
    const form = console.getByRole('form', { name: 'Write a message' });
    await expect(form).toContainText('Reaches 1 sign of 1 group, showing what is true.', WITHIN);
    await form.getByLabel('Words on the glass').fill('Till 4 is closed');
    await form.getByLabel('Warning').check();
    await form.getByRole('button', { name: 'Send to 1 sign' }).click();

    const words = glass.getByTestId('message');
    await expect(words).toHaveText('Till 4 is closed', WITHIN);
    if (FOLDER !== undefined) await glass.screenshot({ path: `${FOLDER}/message-on-glass.png` });
    const receipts = console.locator('.m-open');
    await expect(receipts).toContainText(/Painted by\s+1\s+\d\d:\d\d:\d\d\s+Sign /, WITHIN);
    await expect(console.locator('.mrow')).toContainText('1 of 1 sign', WITHIN);

    await console.getByRole('button', { name: /^Take back/ }).click();
    await expect(console.locator('.mrow')).toContainText('taken back');
    await expect(words).toHaveCount(0, WITHIN);
    await expect(receipts).toContainText(/Painted by\s+1/);
  } finally {
    for (const context of opened) await context.close();
    await speaking[Symbol.asyncDispose]();
  }
});
