import { readdirSync, readFileSync } from 'node:fs';
import { type BrowserServer, test as base, chromium, expect } from '@playwright/test';
import { type Fleet, fleetSchema } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { HEARD_WITHIN_MS } from '../../cloud/domain/sign-state.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { chromiumPath } from '../support/chromium-path.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { startCuttableProxy } from '../support/cuttable-proxy.ts';
import { keepsCounting, openMqttSensor } from '../support/mqtt-sensor.ts';

/** The README states 45 s after the last report, or 150 s where the connection seems open; the rest is for a busy machine. */
const STATED = { timeout: HEARD_WITHIN_MS + 60_000 };
const SOON = { timeout: 60_000 };

const test = base.extend<{ cloud: CloudProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess(['--demonstration-store-group', 'lively']);
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },
});

const aStore = (name: string, group: string, sensor: string, liveForSeconds: number) =>
  calleMayor({
    name,
    storeGroups: [group],
    liveForSeconds,
    doors: [{ id: 'front', name: 'Front', sensors: [{ id: sensor }] }],
  });

/** A browser of its own, whose processes can be killed and stopped: Playwright makes them a group. */
async function openSign(cloud: CloudProcess, proxy?: string) {
  const executablePath = chromiumPath();
  const server = await chromium.launchServer({
    ...(executablePath === undefined ? {} : { executablePath }),
    ...(proxy === undefined ? {} : { proxy: { server: proxy, bypass: '<-loopback>' } }),
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
  await page.goto(cloud.ready().httpUrl);
  return { server, page };
}

/** The processes of its pages: the browser itself, and the machine, go on. */
function pagesOf(server: BrowserServer): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => fileOf(pid, 'cmdline').includes('--type=renderer') && isBelow(pid, server));
}

function isBelow(pid: number, server: BrowserServer): boolean {
  for (let above = parentOf(pid); above > 1; above = parentOf(above))
    if (above === server.process().pid) return true;
  return false;
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(fileOf(pid, 'status'))?.[1] ?? 0);

/** Empty where the process has ended meanwhile. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

const signalAll = (server: BrowserServer, signal: NodeJS.Signals) =>
  process.kill(-(server.process().pid ?? 0), signal);

test('a sign that was switched off, one that stands still, one whose network is cut and one that shows an old figure are told apart', async ({
  cloud,
}) => {
  test.setTimeout(400_000);
  const fleet = async (): Promise<Fleet> =>
    fleetSchema.parse(await (await cloud.call('GET', API_PATHS.fleet)).json());
  const signs = new Map<string, string>();
  const nameNewest = async (name: string) => {
    const isNew = ({ signId }: Fleet['signs'][number]) => ![...signs.values()].includes(signId);
    await expect.poll(async () => (await fleet()).signs.filter(isNew).length, SOON).toBe(1);
    signs.set(name, (await fleet()).signs.find(isNew)?.signId ?? '');
  };
  const told = async (name: string) => {
    const sign = (await fleet()).signs.find(({ signId }) => signId === signs.get(name));
    return `${sign?.state}: ${sign?.why}`;
  };
  await using proxy = await startCuttableProxy();
  const [lively] = await cloud.putStore('calle-mayor', aStore('Calle Mayor', 'lively', 'lively-1', 120));
  const [quiet] = await cloud.putStore('gran-via', aStore('Gran Vía', 'quiet', 'quiet-1', 10));
  await using livelyCounter = keepsCounting(await openMqttSensor(cloud, lively?.[1] ?? ''), 7);
  const quietCounter = keepsCounting(await openMqttSensor(cloud, quiet?.[1] ?? ''), 4);
  void livelyCounter;

  const opened: Awaited<ReturnType<typeof openSign>>[] = [];
  const open = async (name: string, through?: string) => {
    const sign = await openSign(cloud, through);
    opened.push(sign);
    await nameNewest(name);
    return sign;
  };
  try {
    const off = await open('switched off');
    const frozen = await open('stands still');
    const cut = await open('cut off', proxy.url);
    const old = await open('old figure');
    await cloud.call('PUT', API_PATHS.assignment(signs.get('old figure') ?? ''), { storeGroupId: 'quiet' });
    await expect(old.page.locator('main')).toContainText('Gran Vía', SOON);
    for (const name of signs.keys()) await expect.poll(() => told(name), SOON).toMatch(/^fresh/);

    signalAll(off.server, 'SIGKILL');
    for (const pid of pagesOf(frozen.server)) process.kill(pid, 'SIGSTOP');
    proxy.cut();
    await quietCounter[Symbol.asyncDispose]();

    await expect.poll(() => told('old figure'), STATED).toBe('stale: It shows an old figure, and says so.');
    await expect
      .poll(() => told('switched off'), STATED)
      .toBe('dark: Its program ended or its PC was switched off.');
    await expect.poll(() => told('stands still'), STATED).toMatch(/^stale: Its page stands still/);
    await expect.poll(() => told('cut off'), STATED).toMatch(/^still: It does not answer/);
    await expect(cut.page.locator('main')).toContainText('No connection', SOON);

    for (const pid of pagesOf(frozen.server)) process.kill(pid, 'SIGCONT');
    proxy.mend();
    await expect.poll(() => told('stands still'), SOON).toMatch(/^fresh/);
    await expect.poll(() => told('cut off'), SOON).toMatch(/^fresh/);
    expect(await told('switched off')).toMatch(/^dark/);
    expect(await told('old figure')).toMatch(/^stale/);
  } finally {
    for (const { server } of opened) await server.kill();
  }
});
