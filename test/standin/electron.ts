import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, ForkOptions } from 'electron';
import { App } from './app.ts';
import { appOnDisk } from './app-on-disk.ts';
import { Window } from './browser-window.ts';
import { CommandLine } from './command-line.ts';
import { IpcMain } from './ipc-main.ts';
import { type Chromium, launchChromium } from './launch-chromium.ts';
import { PowerSaveBlocker } from './power-save-blocker.ts';
import { Protocol } from './protocol.ts';
import { refuseStrangers } from './refuse-strangers.ts';
import { interceptRequests } from './requests.ts';
import { Screen } from './screen.ts';
import { Session } from './session.ts';
import { UtilityProcess } from './utility-process.ts';
import type { WebContents } from './web-contents.ts';

// What `import ... from 'electron'` gives: the one place where the parts are made and tied together.

const windows = new Set<Window>();
const utilities = new Set<UtilityProcess>();
const commandLine = new CommandLine(process.argv);
let launching: Promise<Chromium> | undefined;
let launched: Chromium | undefined;

export const protocol = new Protocol();
export const session = { defaultSession: new Session(protocol) };
export const ipcMain = new IpcMain();
export const powerSaveBlocker = new PowerSaveBlocker();
export const screen = new Screen(chromium);
export const app = new App(appOnDisk(process.argv), commandLine, {
  async start() {
    launching = launchChromium(join(app.getPath('userData'), 'chromium'), commandLine.forChromium());
    launched = await launching;
    const { connection, gone, version } = launched;
    const { browser } = connection;
    const { defaultSession } = session;
    // Electron is its own browser: without it nothing is left.
    void gone.then(() => app.exit(1));
    Object.defineProperty(process.versions, 'chrome', { value: version, enumerable: true });
    const strangers = await refuseStrangers(connection, async (targetId) => {
      await Promise.allSettled(webContents.getAllWebContents().map((contents) => contents.opened()));
      return webContents.fromDevToolsTargetId(targetId) !== undefined;
    });
    // The frames within a page are told of as those of the oldest window; a kiosk has one.
    const requesterOf = (frameId: string) =>
      strangers.has(frameId)
        ? undefined
        : (webContents.fromDevToolsTargetId(frameId) ?? webContents.getAllWebContents()[0]);
    await interceptRequests({ browser, protocol, webRequest: defaultSession.webRequest, requesterOf });
    await defaultSession.refuseDownloads(browser, requesterOf);
  },
  closeWindows() {
    for (const window of windows) window.close();
    return windows.size === 0;
  },
  async stop() {
    const closing = launching?.then((started) => started.close());
    await Promise.all([closing?.catch(() => undefined), ...[...utilities].map((utility) => utility.stop())]);
  },
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.quit());

export class BrowserWindow extends Window {
  constructor(options: BrowserWindowConstructorOptions = {}) {
    const onCreated = (window: Window) => {
      app.emit('web-contents-created', {}, window.webContents);
      app.emit('browser-window-created', {}, window);
    };
    const onLastClosed = () => app.windowsGone();
    const parts = { chromium: chromium(), session: session.defaultSession, ipcMain, windows };
    super({ ...parts, onCreated, onLastClosed }, options);
  }

  static getAllWindows(): Window[] {
    return [...windows];
  }

  static fromWebContents(contents: WebContents): Window | null {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }
}

export const webContents = {
  getAllWebContents: () => [...windows].map((window) => window.webContents),
  fromDevToolsTargetId: (targetId: string) =>
    webContents.getAllWebContents().find((contents) => contents.targetId === targetId),
};

export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    const utility = new UtilityProcess(modulePath, args, options);
    utilities.add(utility);
    void utility.exited().then((end) => {
      utilities.delete(utility);
      if (end.reason !== 'clean-exit') app.emit('child-process-gone', {}, end);
    });
    return utility;
  },
};

/** A kiosk has no menu. */
export const Menu = { setApplicationMenu: (_menu: null) => undefined };

function chromium(): Chromium {
  if (launched === undefined) throw new Error('Cannot be used before app is ready');
  return launched;
}
