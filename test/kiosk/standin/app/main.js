import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron';

// An app that does each thing once which the stand-in must do; plain JavaScript, so that Electron runs it as it is.

const PAGE = join(import.meta.dirname, 'page');
const FONT = createRequire(import.meta.url).resolve(
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self' http:; frame-src http:";
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };

/** What happened, in order, for the tests to read. */
const seen = { events: [], requests: [], lines: [], asked: [] };
globalThis.seen = seen;
const note = (event) => seen.events.push(event);

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock({ from: 'trial' })) void start();
else app.quit();

// Read by nobody: it takes its time, and `ready` must wait for it.
await readFile(FONT);
note('entry ended');

async function start() {
  app.on('second-instance', (_event, argv, _directory, data) =>
    note(`second-instance ${argv.at(-1)} ${data.from}`),
  );
  app.on('before-quit', () => process.stdout.write('before-quit\n'));
  app.on('will-quit', () => process.stdout.write('will-quit\n'));
  app.on('child-process-gone', (_event, { type, serviceName }) =>
    note(`child-process-gone ${type} ${serviceName}`),
  );
  await app.whenReady();
  note('ready');
  protocol.handle('app', answer);
  lockDown(session.defaultSession);
  answerPreload();
  await openWindow();
}

async function answer(request) {
  const { host, pathname } = new URL(request.url);
  try {
    const body = await readFile(pathname === '/trial.woff2' ? FONT : join(PAGE, pathname));
    const type = TYPES[pathname.split('.').at(-1)] ?? 'text/plain';
    return new Response(body, {
      headers: { 'content-type': type, 'content-security-policy': CSP, 'x-host': host },
    });
  } catch {
    return new Response('not here', { status: 404 });
  }
}

function lockDown(ownSession) {
  ownSession.setPermissionRequestHandler((_contents, permission, answerTo) => {
    seen.asked.push(permission);
    answerTo(false);
  });
  ownSession.setPermissionCheckHandler(() => false);
  ownSession.webRequest.onBeforeRequest(({ url, resourceType }, decide) => {
    seen.requests.push(`${resourceType} ${url}`);
    decide({ cancel: !url.startsWith('app://') });
  });
  ownSession.on('will-download', (event, item) => {
    event.preventDefault();
    note(`will-download ${item.getURL()}`);
  });
}

function answerPreload() {
  ipcMain.handle('echo', (event, value) => ({
    value,
    url: event.senderFrame.url,
    isTop: event.senderFrame.parent === null,
  }));
  ipcMain.handle('fail', () => {
    throw new TypeError('this one always fails');
  });
  ipcMain.on('say', (event, line) => {
    seen.lines.push(line);
    event.sender.send('said', { line, at: new Date(0) });
  });
}

async function openWindow() {
  const window = new BrowserWindow({
    kiosk: true,
    frame: false,
    backgroundColor: '#000',
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  const contents = window.webContents;
  contents.setWindowOpenHandler(({ url }) => {
    note(`window ${url}`);
    return { action: 'deny' };
  });
  for (const name of ['will-frame-navigate', 'will-navigate', 'will-redirect']) {
    contents.on(name, (event) => {
      note(`${name} ${event.url}`);
      if (name === 'will-navigate') event.preventDefault();
    });
  }
  contents.on('render-process-gone', (_event, { reason }) => {
    note(`gone ${reason}`);
    contents.reload();
  });
  contents.on('did-finish-load', () => note('loaded'));
  contents.on('did-fail-load', (_event, code, words) => note(`not loaded ${code} ${words}`));
  window.on('ready-to-show', () => note('ready-to-show'));
  window.on('unresponsive', () => {
    note('unresponsive');
    contents.forcefullyCrashRenderer();
  });
  window.on('closed', () => process.stdout.write('closed\n'));
  await window.loadURL('app://trial/index.html');
}
