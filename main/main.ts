import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { PaintedGlass } from '../cloud/client/painted-glass.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import type { PaintedReport } from './bridge.ts';
import { openBridgeDoor } from './bridge-door.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { startFeed } from './feed.ts';
import { forkCloudFrom } from './fork-cloud.ts';
import { keepAwake } from './keep-awake.ts';
import { kioskWindowOptions, showWhenReady } from './kiosk-window.ts';
import { lockDown } from './lock-down.ts';
import { PAGE_URL } from './page-address.ts';
import { createPageServer } from './page-files.ts';
import { panelPicture } from './panel-picture.ts';
import { closeBeforeQuit, dieOnFault } from './quit.ts';
import { watchRenderer } from './renderer-watch.ts';
import { readSettings, type Settings } from './settings.ts';
import { shellAbout } from './shell-about.ts';
import { shellExecutors } from './shell-executors.ts';
import { openShellLog, type ShellLog } from './shell-log.ts';
import { showOnSecondStart } from './single-instance.ts';

const EXIT_REFUSED = 2;
const DIST = resolve(import.meta.dirname, '..');

type Shell = { readonly settings: Settings; readonly folder: string; readonly log: ShellLog };

let kiosk: BrowserWindow | undefined;

try {
  boot();
} catch (error) {
  process.stderr.write(`vitrine: ${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(EXIT_REFUSED);
}

/**
 * All in one turn: Electron becomes ready only after the end of this module, so nothing here may wait for that, and the
 * sandbox and the scheme are not taken later.
 */
function boot(): void {
  const given = parseCommandLine(process.argv.slice(app.isPackaged ? 1 : 2), {
    underTest: !app.isPackaged && process.env.VITRINE_TEST === '1',
  });
  if (given.userData !== undefined) app.setPath('userData', resolve(given.userData));
  // One shell for that folder: from here on this is the only one that writes in it.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const shell = shellIn(app.getPath('userData'), given);
  const { log } = shell.log;
  dieOnFault(app, log);
  showOnSecondStart(app, () => kiosk, log);
  app.enableSandbox();
  registerAppScheme(protocol);
  Menu.setApplicationMenu(null);
  app.whenReady().then(() => run(shell));
}

function shellIn(folder: string, given: CommandLine): Shell {
  const log = openShellLog(folder);
  const onBroken = (why: string) => log.log.error({ why }, 'the settings are broken and set aside');
  return { settings: readSettings(folder, given, onBroken), folder, log };
}

async function run({ settings, folder, log: { log, write } }: Shell): Promise<void> {
  log.info({ version: app.getVersion(), cloud: settings.cloud, folder }, 'started');
  const life = new AbortController();
  const { signal } = life;
  const requests = lockDown({ app, session: session.defaultSession, log });
  serveApp(protocol, await createPageServer(join(DIST, 'kiosk')));
  keepAwake(powerSaveBlocker, signal);

  const steadyMs = () => performance.now();
  const glass = new PaintedGlass(steadyMs);
  const executors = shellExecutors({
    folder,
    reload: () => watch.reload(),
    restart() {
      app.relaunch();
      app.quit();
    },
    screenshot: () => panelPicture(contents),
    log,
  });
  const feed = await startFeed({
    settings,
    folder,
    forkCloud: forkCloudFrom(utilityProcess, DIST, folder, settings.embedded),
    report: { about: () => shellAbout(app, screen), boot: randomUUID(), glass, executors },
    onCloudLine: write,
    log,
    signal,
  });
  const window = new BrowserWindow(kioskWindowOptions(join(import.meta.dirname, 'preload.cjs')));
  const { webContents: contents } = window;
  kiosk = window;
  showWhenReady(window);
  const load = () => window.loadURL(PAGE_URL);
  const watch = watchRenderer({ contents, load, log, signal, now: steadyMs });
  const onPainted = (report: PaintedReport): void => {
    watch.painted();
    glass.report(report);
  };
  openBridgeDoor({ ipcMain, contents, feed, onPainted, answer: feed.answer, log, now: steadyMs });
  const close = async (): Promise<void> => {
    life.abort();
    await feed.ended();
    log.info({ requests }, 'stopped');
  };
  closeBeforeQuit(app, close, log);
}
