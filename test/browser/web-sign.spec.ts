import { test as base, type CDPSession, expect, type Page } from '@playwright/test';
import { fleetSchema } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { keepsCounting, openMqttSensor } from '../support/mqtt-sensor.ts';

const WITHIN = { timeout: 60_000 };
const PEOPLE = 37;
/** Beside a figure that is true now. */
const LIVE = /live, (now|\d)/;

const test = base.extend<{ cloud: CloudProcess; counted: AsyncDisposable }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess(['--demonstration-store-group', 'here']);
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },
  /** A store in which so many are inside, as its camera keeps saying. */
  counted: async ({ cloud }, use) => {
    const counting = await counts(cloud);
    await use(counting);
    await counting[Symbol.asyncDispose]();
  },
});

async function counts(cloud: CloudProcess): Promise<AsyncDisposable> {
  const store = calleMayor({
    storeGroups: ['here'],
    doors: [{ id: 'front', name: 'Front', sensors: [{ id: 'front-1' }] }],
  });
  const [given] = (await cloud.putStore('calle-mayor', store)).values();
  return keepsCounting(await openMqttSensor(cloud, given ?? ''), PEOPLE);
}

/** What the page itself says that it shows: the figure is drawn in slots that no reader of text puts together. */
const shown = (page: Page) => page.locator('main');

/** Until everything that the page runs on is kept. */
const isKept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const [name] = await caches.keys();
    const kept = name === undefined ? [] : await (await caches.open(name)).keys();
    return kept.map(({ url }) => new URL(url).pathname);
  });

test('a sign whose cloud is away starts with its last count, says that it is old, and is live again by itself', async ({
  cloud,
  counted,
  page,
}) => {
  test.setTimeout(180_000);
  void counted;
  await page.goto(cloud.ready().httpUrl);
  await expect(shown(page)).toContainText(LIVE, WITHIN);
  await expect(shown(page)).toContainText('Calle Mayor');
  await expect
    .poll(async () => (await isKept(page)).some((path) => path.endsWith('.woff2')), WITHIN)
    .toBe(true);
  expect((await isKept(page)).filter((path) => !/^\/(assets\/.*)?$/.test(path))).toEqual([]);
  await expect.poll(() => remembered(page), WITHIN).toBe(PEOPLE);

  await cloud.kill();
  await page.reload();
  await expect(shown(page)).toContainText(`last known ${PEOPLE} at`, WITHIN);
  await expect(shown(page)).toContainText('before restart');
  await expect(shown(page)).toContainText('Calle Mayor');
  await expect(shown(page)).not.toContainText(LIVE);
  expect(await page.evaluate(() => document.fonts.check('20px "Inter Variable"'))).toBe(true);

  await cloud.start();
  await expect(shown(page)).toContainText(LIVE, WITHIN);
  await expect(shown(page)).not.toContainText('before restart');
});

/** The count that this browser would start with. */
const remembered = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('vitrine-sign-memory');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('shown')) return resolve(undefined);
          const reading = database.transaction('shown').objectStore('shown').get('last');
          reading.onsuccess = () => {
            database.close();
            resolve(reading.result?.stores[0]?.content.count);
          };
        };
      }),
  );

test('a page that cannot fetch what speaks with its cloud says so, stays, and goes on by itself', async ({
  cloud,
  counted,
  page,
}) => {
  test.setTimeout(180_000);
  void counted;
  await page.route(/follow-cloud/, (route) => route.abort());
  await page.goto(cloud.ready().httpUrl);
  await expect(shown(page)).toContainText('Cannot reach the cloud', WITHIN);
  await page.unroute(/follow-cloud/);
  await expect(shown(page)).toContainText(LIVE, WITHIN);
});

test('a browser finds nothing missing to install the sign', async ({ cloud, page }) => {
  await page.goto(cloud.ready().httpUrl);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const session: CDPSession = await page.context().newCDPSession(page);
  const { url, errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject({ display: 'fullscreen' });
  const answer = await page.request.get(url);
  expect(answer.headers()['content-type']).toBe('application/manifest+json');
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('the API, the console and another page are never answered from what is kept', async ({
  cloud,
  page,
}) => {
  await page.goto(cloud.ready().httpUrl);
  await expect.poll(() => isKept(page), WITHIN).toContain('/');
  await cloud.kill();
  for (const path of ['/api/health', '/console/', '/other']) {
    const isAnswered = page.evaluate(
      (asked) =>
        fetch(asked).then(
          () => true,
          () => false,
        ),
      path,
    );
    expect(await isAnswered, path).toBe(false);
  }
});

test('a board comes when its sign asks for it, and is not said to be painted before', async ({
  cloud,
  counted,
  page,
}) => {
  test.setTimeout(180_000);
  void counted;
  const pictures: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith(API_PATHS.heartbeat)) pictures.push(request.postDataJSON().painted?.board);
  });
  const released = Promise.withResolvers<void>();
  await page.route('**/assets/door-board-*.js', async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto(cloud.ready().httpUrl);
  await expect(shown(page)).toContainText(LIVE, WITHIN);
  const fleet = fleetSchema.parse(await (await cloud.call('GET', API_PATHS.fleet)).json());
  const [{ signId } = { signId: '' }] = fleet.signs;
  await expect.poll(() => pictures, WITHIN).toContain('manager');
  const chosen = { name: 'Entrance', settings: { board: 'door', language: 'es' } };
  await cloud.call('PUT', API_PATHS.fleetSign(signId), chosen);
  await expect(page.locator('door-board')).toBeAttached(WITHIN);
  expect(pictures).not.toContain('door');
  released.resolve();
  await expect(page.locator('door-board')).toContainText('Bienvenidos', WITHIN);
  await expect.poll(() => pictures, WITHIN).toContain('door');
});

test('a browser as old as Chromium 90 shows the sign', async ({ cloud, counted, page }) => {
  test.setTimeout(180_000);
  void counted;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.addInitScript(() => {
    const later: [object, string[]][] = [
      [Array.prototype, ['at', 'findLast', 'toSorted', 'toSpliced', 'toReversed', 'with']],
      [String.prototype, ['at', 'isWellFormed', 'toWellFormed']],
      [Object, ['hasOwn', 'groupBy']],
      [Promise, ['withResolvers', 'try']],
      [URL, ['parse', 'canParse']],
      [AbortSignal, ['any', 'timeout', 'abort']],
      [AbortSignal.prototype, ['throwIfAborted', 'reason']],
      [Crypto.prototype, ['randomUUID']],
      [Uint8Array, ['fromBase64']],
      [Uint8Array.prototype, ['toBase64']],
      [globalThis, ['structuredClone']],
    ];
    for (const [owner, names] of later) for (const name of names) Reflect.deleteProperty(owner, name);
    const { supports } = CSS;
    const isLater = (condition: string) => /container|cqmax|translate:|text-box/.test(condition);
    CSS.supports = (name: string, value?: string) =>
      !isLater(name) && (value === undefined ? supports(name) : supports(name, value));
  });
  await page.goto(cloud.ready().httpUrl);
  await expect(shown(page)).toContainText(LIVE, WITHIN);
  await page.setViewportSize({ width: 720, height: 1280 });
  await expect(shown(page)).toContainText('Calle Mayor');
  expect(errors).toEqual([]);
});
