import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { fleetSchema } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { chromiumPath } from '../support/chromium-path.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { startCuttableProxy } from '../support/cuttable-proxy.ts';
import { type KnownCounter, knownCounter } from '../support/known-counter.ts';
import { openMqttSensor } from '../support/mqtt-sensor.ts';
import { type GlassSample, lastSample, watchGlass } from './glass-samples.ts';

const LIVE_FOR_MS = 10_000;
/** From a picture to the next one. */
const DRAWN_WITHIN_MS = 1_001;
const YEAR_MS = 365 * 24 * 3_600_000;
const SOON = { timeout: 60_000 };
const GREEN = ['open', 'nearly', 'full'];

async function openSign(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 960, height: 540 } })).newPage();
  await watchGlass(page);
  await page.goto(url);
  return page;
}

/** Long after its last word a figure is old, however the glass is set. */
const isOld = (counter: KnownCounter) =>
  expect
    .poll(() => Date.now() - counter.countedAtMs(counter.count()), SOON)
    .toBeGreaterThan(LIVE_FOR_MS + 3_000);

/** A figure on the glass, or green on a door, while the store had last been heard longer ago than a live count may be. */
function oldAsLive(samples: readonly GlassSample[], counter: KnownCounter): GlassSample[] {
  const lastHeardMs = (atMs: number) => {
    // What had not been acknowledged by then may have been counted: the glass is given the benefit.
    const heard = counter.saidBy(atMs);
    return Math.min(atMs, counter.countedAtMs(heard));
  };
  return samples.filter(({ atMs, ran, count, isSolid, door }) => {
    const showsLive = door === null ? isSolid && count !== null : GREEN.includes(door);
    const trueAtMs = count === null ? lastHeardMs(atMs) : counter.countedAtMs(count);
    return ran && showsLive && atMs - trueAtMs > LIVE_FOR_MS + DRAWN_WITHIN_MS;
  });
}

const calledLive = (sample: GlassSample): GlassSample => ({
  ...sample,
  isSolid: true,
  door: sample.door === null ? null : 'open',
});

/** The first sign becomes a board for customers. */
async function asDoor(cloud: CloudProcess): Promise<void> {
  let signId: string | undefined;
  const find = async () => {
    const fleet = await (await cloud.call('GET', API_PATHS.fleet)).json();
    signId = fleetSchema.parse(fleet).signs[0]?.signId;
    return signId;
  };
  await expect.poll(find, SOON).toBeDefined();
  const wishes = { name: 'Entrance', settings: { board: 'door' } };
  await cloud.call('PUT', API_PATHS.fleetSign(signId ?? ''), wishes);
}

test('in a real browser no old number is shown as live while its clock is set, its process stops and its network is cut', async () => {
  test.setTimeout(400_000);
  await using cloud = await startCloudProcess(['--demonstration-store-group', 'lively']);
  await using proxy = await startCuttableProxy();
  const [sensor] = await cloud.putStore(
    'calle-mayor',
    calleMayor({
      storeGroups: ['lively'],
      limits: { soft: 900, hard: 1_000 },
      liveForSeconds: LIVE_FOR_MS / 1_000,
      doors: [{ id: 'front', name: 'Front', sensors: [{ id: 'front-1' }] }],
    }),
  );
  await using counter = knownCounter(await openMqttSensor(cloud, sensor?.[1] ?? ''));
  const executablePath = chromiumPath();
  const server = await chromium.launchServer({
    ...(executablePath === undefined ? {} : { executablePath }),
    proxy: { server: proxy.url, bypass: '<-loopback>' },
  });
  const signal = (name: NodeJS.Signals) => process.kill(-(server.process().pid ?? 0), name);
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const { httpUrl } = cloud.ready();
    const door = await openSign(browser, httpUrl);
    await asDoor(cloud);
    const manager = await openSign(browser, httpUrl);
    const setClocksBy = async (ms: number) => {
      for (const page of [manager, door]) await page.evaluate((by) => window.setClockBy(by), ms);
    };
    const live = async () => {
      const from = counter.count();
      await expect.poll(async () => (await lastSample(manager))?.isSolid, SOON).toBe(true);
      await expect.poll(async () => (await lastSample(manager))?.count, SOON).toBeGreaterThan(from);
      await expect.poll(async () => (await lastSample(door))?.door, SOON).toBe('open');
    };
    const notLive = async () => {
      await expect.poll(async () => (await lastSample(manager))?.isSolid, SOON).toBe(false);
      await expect.poll(async () => (await lastSample(door))?.door, SOON).toBe('unknown');
    };

    counter.resume();
    await live();
    await setClocksBy(3 * YEAR_MS);
    await live();
    await setClocksBy(-5 * YEAR_MS);
    await live();
    await counter.pause();
    await isOld(counter);
    await notLive();

    counter.resume();
    await live();
    await counter.pause();
    await setClocksBy(-LIVE_FOR_MS);
    signal('SIGSTOP');
    await isOld(counter);
    signal('SIGCONT');
    await notLive();

    counter.resume();
    await live();
    proxy.cut();
    await notLive();
    await setClocksBy(-YEAR_MS);
    await setClocksBy(2 * YEAR_MS);
    proxy.mend();
    await live();
    await counter.pause();

    for (const page of [manager, door]) {
      const samples = await page.evaluate(() => window.samples);
      expect(samples.length, 'looks at the glass').toBeGreaterThan(100);
      expect(oldAsLive(samples, counter)).toEqual([]);
      expect(oldAsLive(samples.map(calledLive), counter), 'one that calls all live is found').not.toEqual([]);
    }
  } finally {
    signal('SIGCONT');
    await server.kill();
  }
});
