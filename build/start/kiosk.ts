import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where its binaries are kept. */
const RELEASES = 'https://github.com/electron/electron/releases';
const ANSWERS_WITHIN_MS = 3_000;
const FETCHED_WITHIN_MS = 300_000;
const KILL_AFTER_MS = 5_000;

/** Electron's executable; undefined where it is not installed. By the same signs as the electron package itself. */
export function electronIn(root: string, environment: Environment): string | undefined {
  const instead = environment.ELECTRON_OVERRIDE_DIST_PATH;
  const named = join(root, 'node_modules/electron/path.txt');
  if (!instead && !existsSync(named)) return undefined;
  const executable = instead
    ? join(instead, 'electron')
    : join(root, 'node_modules/electron/dist', readFileSync(named, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}

type Provision = {
  readonly root: string;
  readonly environment: Environment;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Electron's executable, fetched where it is missing and the network has it; else undefined, which was said. */
export async function provideElectron({
  root,
  environment,
  say,
  signal,
}: Provision): Promise<string | undefined> {
  const installed = electronIn(root, environment);
  if (installed !== undefined) return installed;
  if (await answers(RELEASES, signal)) {
    say('Fetching Electron for the kiosk (about 100 MB, once)');
    const install = join(root, 'node_modules/electron/install.js');
    const child = spawn(process.execPath, [install], { stdio: 'ignore', timeout: FETCHED_WITHIN_MS });
    await endOf(child, signal);
  }
  const fetched = electronIn(root, environment);
  if (fetched === undefined && !signal.aborted)
    say("Electron is not installed and cannot be fetched; the sign is shown in this machine's browser.");
  return fetched;
}

type KioskWindow = {
  readonly electron: string;
  readonly root: string;
  readonly cloudUrl: string;
  /** Where it is private. */
  readonly authorityFile?: string | undefined;
  /** The shell's own folder: its key, its log, what it last showed. */
  readonly userData: string;
  /** Chromium's sandbox refuses to run as root. */
  readonly isRoot: boolean;
};

/** Opens the kiosk on a cloud that runs; the signal closes it. Resolves when every process of it is gone. */
export function openKiosk(window: KioskWindow, signal: AbortSignal): Promise<void> {
  const { electron, root, cloudUrl, authorityFile, userData, isRoot } = window;
  const authority = authorityFile === undefined ? [] : [`--cloud-authority=${authorityFile}`];
  const child = spawn(electron, [root, `--cloud=${cloudUrl}`, ...authority, `--user-data=${userData}`], {
    stdio: 'ignore',
    env: { ...process.env, ...(isRoot ? { ELECTRON_DISABLE_SANDBOX: '1' } : {}) },
  });
  return endOf(child, signal);
}

/** Waits for its end; asks for it when the signal comes, and then insists. */
async function endOf(child: ChildProcess, signal: AbortSignal): Promise<void> {
  let insist: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    insist = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  const ended = once(child, 'exit').catch(() => undefined);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  await ended;
  clearTimeout(insist);
  signal.removeEventListener('abort', stop);
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN_MS)]);
    return (await fetch(url, { method: 'HEAD', signal: within })).ok;
  } catch {
    return false;
  }
}
