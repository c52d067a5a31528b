import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestCounts } from '../../main/lock-down.ts';
import {
  bareEnvironment,
  electronPath,
  expect,
  type Kiosk,
  ROOT,
  runtime,
  test,
} from '../support/kiosk-shell.ts';

const refusals = (kiosk: Kiosk, what: string) => kiosk.logged('refused').filter((line) => line.what === what);

/** Every way for a page to reach out, each stopped by its policy. Runs in the page. */
function tryEverything(url: string): void {
  const blocked: string[] = [];
  Object.assign(window, { blocked });
  document.addEventListener('securitypolicyviolation', (event) => {
    blocked.push(`${event.effectiveDirective} ${new URL(event.blockedURI).pathname}`);
  });
  const make = (tag: string, set: object) =>
    document.body.append(Object.assign(document.createElement(tag), set));
  fetch(`${url}/fetch`).catch(() => undefined);
  navigator.sendBeacon(`${url}/beacon`, 'x');
  new WebSocket(`${url.replace('http', 'ws')}/socket`);
  new EventSource(`${url}/events`);
  make('img', { src: `${url}/image` });
  make('iframe', { src: `${url}/frame` });
  make('link', { rel: 'stylesheet', href: `${url}/style` });
  make('link', { rel: 'prefetch', href: `${url}/prefetch` });
  const form = Object.assign(document.createElement('form'), { action: `${url}/form` });
  document.body.append(form);
  form.submit();
}

const BLOCKED = [
  'connect-src /beacon',
  'connect-src /events',
  'connect-src /fetch',
  'connect-src /socket',
  'default-src /prefetch',
  'form-action /form',
  // Of a frame only the origin is told.
  'frame-src /',
  'img-src /image',
  'style-src-elem /style',
];

/** Somebody else's server, and how often it was reached. */
async function aStranger() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('<h1>Not the sign</h1>');
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test(`the kiosk’s page asks for its own files and nothing else, however it tries (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const stranger = await aStranger();
  try {
    const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
    await expect.poll(() => kiosk.painted('count')).toBe('37');
    await kiosk.inPage(`(${tryEverything})('${stranger.url}')`);
    await expect.poll(() => kiosk.inPage('[...window.blocked].sort()')).toEqual(BLOCKED);
    await street.send({ in: 1, boot: 'b1', sequence: 2 });
    await expect.poll(() => kiosk.painted('count')).toBe('38');
    await kiosk.app.close();
    const [requests] = kiosk.logged('stopped').map((line) => line.requests as RequestCounts);
    expect(requests?.refused).toBe(0);
    expect(requests?.own).toBeGreaterThan(2);
    expect(stranger.asked).toEqual([]);
  } finally {
    stranger.close();
  }
});

test(`no other window opens, and the kiosk goes nowhere else (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const stranger = await aStranger();
  try {
    const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
    await expect.poll(() => kiosk.painted('count')).toBe('37');
    await kiosk.inPage(`void open('${stranger.url}/window')`);
    await expect.poll(() => refusals(kiosk, 'window')).toHaveLength(1);
    await kiosk.inPage(`location.href = '${stranger.url}/navigation'`);
    // A window that is not to be may get as far as asking for its page, which is refused as well.
    await expect
      .poll(() => refusals(kiosk, 'navigation').map(({ detail }) => detail))
      .toContain(`${stranger.url}/navigation`);
    await expect
      .poll(() => kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
      .toBe(1);
    await expect.poll(() => kiosk.app.windows().length).toBe(1);
    await street.send({ in: 1, boot: 'b1', sequence: 2 });
    await expect.poll(() => kiosk.painted('count')).toBe('38');
    expect(
      await kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
    ).toBe('app://sign/index.html');
    expect(stranger.asked).toEqual([]);
  } finally {
    stranger.close();
  }
});

test(`the page is given no permission (${runtime})`, async ({ startKiosk }) => {
  const kiosk = await startKiosk(['--cloud=http://127.0.0.1:9']);
  await expect.poll(() => kiosk.words()).toContain('Cannot reach the cloud');
  const states = await kiosk.inPage(`Promise.all(
    ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'].map(async (name) =>
      (await navigator.permissions.query({ name })).state))`);
  expect(states).toEqual(Array(6).fill('denied'));
  expect(
    await kiosk.inPage(
      `navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', () => 'refused')`,
    ),
  ).toBe('refused');
});

test(`the page has one narrow bridge, and what it says over it is checked (${runtime})`, async ({
  startKiosk,
}) => {
  const kiosk = await startKiosk(['--cloud=http://127.0.0.1:9']);
  await expect.poll(() => kiosk.words()).toContain('Cannot reach the cloud');
  expect(
    await kiosk.inPage(`[Object.keys(window.vitrine).sort(), typeof window.require, typeof window.process]`),
  ).toEqual([['answer', 'onFeed', 'painted'], 'undefined', 'undefined']);
  for (const report of ['null', '7', '{}', '{ shown: { storeId: 7 } }', '{ shown: null, more: 1 }']) {
    await kiosk.inPage(`void window.vitrine.painted(${report})`);
  }
  await expect.poll(() => refusals(kiosk, 'report')).toHaveLength(5);
  const answered = (asked: string) =>
    kiosk.inPage(`window.vitrine.answer(${asked}).then(({ kind }) => kind)`);
  for (const asked of ['null', '7', '{ storeId: "calle-mayor" }', '{ storeId: "../x", alertKey: "a" }'])
    expect(await answered(asked)).toBe('refused');
  expect(refusals(kiosk, 'answer')).toHaveLength(4);
  expect(await kiosk.words()).toContain('Cannot reach the cloud');
});

test(`a kiosk does not start with a switch that opens it (${runtime})`, ({ userData }) => {
  const { status, stderr } = spawnSync(
    electronPath,
    [ROOT, `--user-data=${userData}`, '--remote-debugging-port=9222'],
    { encoding: 'utf8', timeout: 20_000, env: bareEnvironment() },
  );
  expect(stderr).toContain('--remote-debugging-port');
  expect(status).toBe(2);
  expect(existsSync(userData)).toBe(false);
});
