import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, expect } from '@playwright/test';
import { connectAsync } from 'mqtt';
import { calleMayor } from './calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from './cloud-process.ts';
import { deviceOf, sasTokenOf } from './device-credentials.ts';
import { test as base } from './electron-fixture.ts';

export { electronPath, runtime } from './electron-fixture.ts';
export { expect };

export const ROOT = resolve(import.meta.dirname, '../..');
export const DEMO = ['--demonstration-store-group', 'demo'];

/** Of an empty glass. */
const GROUND_COLOURS = 8;

type LogLine = { readonly msg: string; readonly [name: string]: unknown };

/** A people counter at a door. */
export type Counter = {
  /** Resolves once the hub has acknowledged it. */
  send(body: object): Promise<void>;
  close(): Promise<void>;
};

/** One run of the shell, with what a person in front of it could see. */
export type Kiosk = {
  readonly app: ElectronApplication;
  /** The text of an element on the glass by its test id, through all shadow roots; null where it is not there. */
  painted(testId: string): Promise<string | null>;
  /** Every word on the glass. */
  words(): Promise<string>;
  /** Runs in the page; works on after its process died, as Playwright's own page does not. */
  inPage(script: string): Promise<unknown>;
  /** Resolves once nothing on the glass moves. */
  atRest(): Promise<void>;
  /** What the shell has on record, with that message. */
  logged(message: string): readonly LogLine[];
  readonly pid: number;
  /** By SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
};

export type KioskFixtures = {
  /** The built embedded cloud. */
  readonly cloud: CloudProcess;
  /** The counter at the street door of its one store, in which there are 37 people. */
  readonly street: Counter;
  /** Starts a shell on `userData`; what still runs at the end of the test is closed. */
  readonly startKiosk: (args: readonly string[], app?: string) => Promise<Kiosk>;
};

export const test = base.extend<KioskFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  cloud: async ({}, use) => {
    const cloud = await startCloudProcess(DEMO);
    await use(cloud);
    await cloud[Symbol.asyncDispose]();
  },

  street: async ({ cloud }, use) => {
    const sensors = await cloud.putStore('calle-mayor', calleMayor());
    const [street, arcade] = await Promise.all(
      ['street-1', 'arcade-1'].map((id) => openCounter(sensors.get(id) ?? '', cloud.ready().caFile)),
    );
    if (street === undefined || arcade === undefined) throw new Error('a store has two doors');
    await arcade.send({ in: 12, boot: 'b1', sequence: 1 });
    await street.send({ in: 25, boot: 'b1', sequence: 1 });
    await use(street);
    await Promise.all([street.close(), arcade.close()]);
  },

  startKiosk: async ({ userData }, use) => {
    const started: ElectronApplication[] = [];
    await use(async (args, folder = ROOT) => {
      const app = await _electron.launch({
        args: [folder, `--user-data=${userData}`, ...args],
        cwd: folder,
        env: { ...definedEnvironment(), VITRINE_TEST: '1' },
      });
      started.push(app);
      return kioskOf(app, userData);
    });
    for (const app of started) await app.close();
  },
});

/** A plain MQTT client: the hub's own device SDK cannot be imported by Playwright. */
export async function openCounter(connectionString: string, caFile: string): Promise<Counter> {
  const device = deviceOf(connectionString);
  const client = await connectAsync(`mqtts://${device.hostName}`, {
    protocolVersion: 4,
    clientId: device.id,
    username: `${device.hostName}/${device.id}/?api-version=2021-04-12`,
    password: sasTokenOf(device),
    ca: readFileSync(caFile),
    reconnectPeriod: 250,
  });
  return {
    async send(body) {
      await client.publishAsync(`devices/${device.id}/messages/events/`, JSON.stringify(body), { qos: 1 });
    },
    close: () => client.endAsync(true),
  };
}

function kioskOf(app: ElectronApplication, userData: string): Kiosk {
  const shell = app.process();
  const inPage = (script: string) =>
    app.evaluate(({ BrowserWindow }, code) => {
      const [window] = BrowserWindow.getAllWindows();
      return window?.webContents.executeJavaScript(code).catch(() => null);
    }, script);
  return {
    app,
    inPage,
    painted: async (testId) => (await inPage(paintedScript(testId))) as string | null,
    words: async () => String(await inPage(WORDS_SCRIPT)),
    atRest: async () => {
      const moving = async () => Number(await inPage(MOVING_SCRIPT));
      await expect.poll(moving).toBe(0);
    },
    logged: (message) => logIn(userData).filter(({ msg }) => msg === message),
    pid: shell.pid ?? 0,
    async kill() {
      const dead = once(shell, 'exit');
      shell.kill('SIGKILL');
      await dead;
    },
  };
}

export function logIn(userData: string): readonly LogLine[] {
  const file = join(userData, 'shell.log');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line));
}

/** Every element, through open shadow roots. */
const ALL = `const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);`;
const paintedScript = (testId: string) =>
  `(() => { ${ALL} return all(document).find((one) => one.dataset?.testid === '${testId}')?.textContent.trim() ?? null; })()`;
const MOVING_SCRIPT = `(() => { ${ALL} return all(document).flatMap((one) => one.getAnimations({ subtree: true })).filter(({ playState }) => playState === 'running').length; })()`;
const WORDS_SCRIPT = `(() => { ${ALL} return all(document).filter((one) => one.children.length === 0 && !['STYLE', 'SCRIPT', 'TITLE'].includes(one.tagName)).map((one) => one.textContent.trim()).filter(Boolean).join(' | '); })()`;

/** A picture of the whole X display, once more is on it than the ground. */
export async function pictureOfDisplay(file: string): Promise<void> {
  const colours = () => {
    execFileSync('import', ['-window', 'root', file]);
    return Number(execFileSync('identify', ['-format', '%k', file], { encoding: 'utf8' }));
  };
  await expect.poll(colours).toBeGreaterThan(GROUND_COLOURS);
}

/** For a start without Playwright, which itself turns off the sandbox that Chromium refuses to root. */
export const bareEnvironment = (): Record<string, string> => ({
  ...definedEnvironment(),
  ...(process.getuid?.() === 0 ? { ELECTRON_DISABLE_SANDBOX: '1' } : {}),
});

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
