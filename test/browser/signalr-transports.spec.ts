import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { SignJWT } from 'jose';
import { ACCESS_KEY, HUB, type OpenSignalROptions, openSignalR } from '../support/open-signalr.ts';

/** As a browser loads it: the file that npm delivers. */
const CLIENT_FILE = 'node_modules/@microsoft/signalr/dist/browser/signalr.js';
const TRANSPORTS = ['WebSockets', 'ServerSentEvents', 'LongPolling'] as const;
const OFTEN = { delayMs: 50, times: 500 };

type Start = (options?: Omit<OpenSignalROptions, 'databaseFile'>) => ReturnType<typeof openSignalR>;

const test = base.extend<{ start: Start }, { origin: string }>({
  origin: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const script = readFileSync(CLIENT_FILE);
      const server = createServer((request, response) => {
        if (request.url === '/signalr.js') {
          response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
        } else {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end('<!doctype html><link rel="icon" href="data:,"><script src="signalr.js"></script>');
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  start: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-signalr-'));
    const started: Awaited<ReturnType<typeof openSignalR>>[] = [];
    await use(async (options = {}) => {
      const signalR = await openSignalR({ databaseFile: join(folder, 'platform.db'), ...options });
      started.push(signalR);
      return signalR;
    });
    for (const { stop } of started) await stop();
    rmSync(folder, { recursive: true });
  },
});

type Wish = {
  readonly endpoint: string;
  readonly transport?: (typeof TRANSPORTS)[number];
  readonly serverTimeoutMs?: number;
};

/** A started client in the page; what happens to it and to its neighbours is in the page's `told`. */
async function connect(page: Page, origin: string, wish: Wish): Promise<string> {
  if (!page.url().startsWith(origin)) await page.goto(origin);
  return page.evaluate(
    async ({ endpoint, transport, serverTimeoutMs, delayMs, times }) => {
      const { HubConnectionBuilder, HttpTransportType, LogLevel } = Reflect.get(globalThis, 'signalR');
      const options = transport === undefined ? {} : { transport: HttpTransportType[transport] };
      const client = new HubConnectionBuilder()
        .withUrl(`${endpoint}/app?user=ana`, options)
        .withAutomaticReconnect(Array(times).fill(delayMs))
        .configureLogging(LogLevel.None)
        .build();
      const told: string[] = Reflect.get(globalThis, 'told') ?? [];
      Reflect.set(globalThis, 'told', told);
      client.on('news', (value: unknown) => told.push(`news ${value}`));
      client.onreconnecting((error?: Error) => told.push(`away ${error?.message ?? ''}`));
      client.onreconnected(() => told.push('back'));
      client.onclose((error?: Error) => told.push(`closed ${error?.message ?? ''}`));
      if (serverTimeoutMs !== undefined) {
        client.serverTimeoutInMilliseconds = serverTimeoutMs;
        client.keepAliveIntervalInMilliseconds = serverTimeoutMs / 8;
      }
      await client.start();
      return client.connectionId;
    },
    { ...OFTEN, ...wish },
  );
}

const told = (page: Page) => page.evaluate((): string[] => Reflect.get(globalThis, 'told'));
const news = (value: unknown) => ({ target: 'news', arguments: [value] });

for (const transport of TRANSPORTS) {
  test.describe(`the client from npm in Chromium over ${transport}`, () => {
    test('hears what is for all, its group and its user, and why it is closed', async ({
      page,
      origin,
      start,
    }) => {
      const signalR = await start();
      const { service, endpoint } = signalR;
      await service.act(HUB, { action: 'add', userId: 'ana', groupName: 'madrid' });
      const connectionId = await connect(page, origin, { endpoint, transport });
      expect(new Set(signalR.uses)).toEqual(new Set([transport]));
      service.send(HUB, news(1));
      service.send(HUB, { ...news(2), groupName: 'madrid' });
      service.send(HUB, { ...news('占有率 🪧'), userId: 'ana' });
      service.send(HUB, { ...news('no'), groupName: 'oslo' });
      await expect.poll(() => told(page)).toEqual(['news 1', 'news 2', 'news 占有率 🪧']);

      const url = `${endpoint}/api/hubs/${HUB}/connections/${connectionId}`;
      await fetch(`${url}?api-version=2022-06-01&reason=bye`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${await tokenFor(url)}` },
      });
      await expect
        .poll(async () => (await told(page)).at(-1))
        .toBe('closed Server returned an error on close: bye');
    });

    test('comes back when its token is over, and when the service was restarted', async ({
      page,
      origin,
      start,
    }) => {
      const clock = { ms: Date.now() };
      const claims: object[] = [
        { 'asrs.s.coae': 'true', 'asrs.s.aeo': `${Math.ceil(clock.ms / 1_000) + 60}` },
      ];
      const before = await start({
        limits: { beatMs: 10 },
        now: () => clock.ms,
        negotiate: async (service) => {
          const { url } = await service.connectionInfo({ hub: HUB });
          return { url, accessToken: await tokenFor(url, { 'asrs.s.uid': 'ana', ...claims.shift() }) };
        },
      });
      await connect(page, origin, { endpoint: before.endpoint, transport });
      clock.ms += 61_000;
      const over = ['away Server returned an error on close: The access token is over its time.', 'back'];
      await expect.poll(() => told(page)).toEqual(over);

      await before.stop();
      await expect.poll(() => told(page)).toEqual([...over, expect.stringMatching(/^away/)]);
      const after = await start({ port: before.port });
      await expect.poll(() => told(page)).toEqual([...over, expect.stringMatching(/^away/), 'back']);
      after.service.send(HUB, { ...news('again'), userId: 'ana' });
      await expect.poll(async () => (await told(page)).at(-1)).toBe('news again');
    });
  });
}

test('the client in Chromium lives on over each transport with nothing to hear', async ({
  page,
  origin,
  start,
}) => {
  const clientTimeoutMs = 800;
  const limits = { beatMs: 20, keepAliveMs: 100, clientTimeoutMs, longestPollMs: 200 };
  const { endpoint, uses } = await start({ limits });
  for (const transport of TRANSPORTS) {
    await connect(page, origin, { endpoint, transport, serverTimeoutMs: clientTimeoutMs });
  }
  // The one that polls is the clock of all: so many empty polls take twice as long as one may be silent.
  const polls = () => uses.filter((use) => use === 'LongPolling').length;
  await expect.poll(polls).toBeGreaterThan((2 * clientTimeoutMs) / limits.longestPollMs + 1);
  expect(await told(page)).toEqual([]);
});

test('the client in Chromium takes the best transport that gets through', async ({ page, origin, start }) => {
  const withheld = ['WebSockets', 'ServerSentEvents'] as const;
  for (const [index, transport] of TRANSPORTS.entries()) {
    const signalR = await start({ withheld: withheld.slice(0, index) });
    await page.goto('about:blank');
    await connect(page, origin, { endpoint: signalR.endpoint });
    signalR.service.send(HUB, { ...news('here'), userId: 'ana' });
    await expect.poll(() => told(page)).toEqual(['news here']);
    expect(new Set(signalR.uses)).toEqual(new Set([transport]));
    await signalR.stop();
  }
});

const tokenFor = (audience: string, claims: object = {}): Promise<string> =>
  new SignJWT({ exp: Math.floor(Date.now() / 1_000) + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .sign(new TextEncoder().encode(ACCESS_KEY));
