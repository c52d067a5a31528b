import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CdpConnection } from './cdp/cdp-connection.ts';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const CLOSES_WITHIN_MS = 2_000;
const ORPHAN_ENDS_WITHIN_MS = 5_000;
const LOOK_AGAIN_MS = 50;
const LINES_KEPT = 20;

const FLAGS = [
  '--remote-debugging-pipe',
  '--remote-debugging-port=0', // Playwright's own connection
  '--no-startup-window',
  '--no-first-run',
  '--kiosk',
  '--test-type', // no bar that warns about --no-sandbox
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
  '--password-store=basic',
  '--autoplay-policy=no-user-gesture-required',
];

/** The browser that shows the windows. */
export type Chromium = {
  readonly connection: CdpConnection;
  readonly version: string;
  readonly screen: { readonly width: number; readonly height: number; readonly scaleFactor: number };
  /** Resolves when its process is gone. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts Chromium with its profile in `folder`, and prints the line that Playwright waits for.
 * Rejects with what Chromium last wrote if it ends before that.
 */
export async function launchChromium(folder: string, switches: readonly string[]): Promise<Chromium> {
  mkdirSync(folder, { recursive: true });
  await orphanGone(folder);
  // Chromium refuses to run as root with its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    process.env.STANDIN_CHROMIUM ?? SYSTEM_CHROMIUM,
    [...FLAGS, ...sandbox, `--user-data-dir=${folder}`, ...switches],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const { promise: gone, resolve: isGone } = Promise.withResolvers<void>();
  child.once('exit', isGone).once('error', isGone);
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  await listening(child);
  const { product } = await connection.browser.send('Browser.getVersion');
  const { screenInfos } = await connection.browser.send('Emulation.getScreenInfos');
  const screen = screenInfos.find(({ isPrimary }) => isPrimary) ?? screenInfos[0];
  if (screen === undefined) throw new Error('Chromium sees no screen');
  return {
    connection,
    version: product.replace('Chrome/', ''),
    screen: { width: screen.width, height: screen.height, scaleFactor: screen.devicePixelRatio },
    gone,
    async close() {
      connection.browser.send('Browser.close').catch(() => undefined);
      const giveUp = setTimeout(kill, CLOSES_WITHIN_MS);
      await gone;
      clearTimeout(giveUp);
    },
  };
}

/** Chromium writes its DevTools address when it can be talked to. What it wrote before is kept for the error. */
function listening(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const lines: string[] = [];
  if (child.stderr === null) throw new TypeError('Chromium was started without a pipe for its errors');
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
    if (!line.startsWith('DevTools listening on ')) return;
    process.stderr.write(`${line}\n`);
    resolve();
  });
  child.on('error', reject);
  child.on('exit', (code, signal) =>
    reject(new Error(`Chromium ended at once (${signal ?? code}):\n${lines.join('\n')}`)),
  );
  return promise;
}

/**
 * After a kill -9 of the app its Chromium lives on for a moment, and would swallow the start of the next one
 * ("Opening in existing browser session"). The link names its host and process: `host-1234`.
 */
async function orphanGone(folder: string): Promise<void> {
  const until = performance.now() + ORPHAN_ENDS_WITHIN_MS;
  while (performance.now() < until && existsSync(`/proc/${ownerOf(folder)}`)) await delay(LOOK_AGAIN_MS);
}

function ownerOf(folder: string): string | undefined {
  try {
    return readlinkSync(join(folder, 'SingletonLock')).split('-').at(-1);
  } catch {
    return undefined;
  }
}
