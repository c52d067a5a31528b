import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const SAY_EVERY_MS = 10_000;

/** Programs of the kiosk's screen, by the Debian packages that have them. */
const SCREEN = { 'xvfb-run': 'xvfb', xauth: 'xauth', openbox: 'openbox' } as const;

/**
 * Installs what the browser and kiosk tests need, where it is missing: by apt on a Debian of ours, else Playwright's own
 * Chromium; for the screen, whoever is not root is told what to install.
 */
export async function prepareMachine(): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (isDebianRoot) {
    console.log(`Installing ${missing.join(', ')} by apt (about a minute, once)`);
    const isThere =
      (await quietly('apt-get', 'update')) && (await quietly('apt-get', 'install', '-y', ...missing));
    if (isThere) return;
  }
  const screen = missing.filter((name) => name !== 'chromium');
  if (screen.length > 0)
    console.log(`The kiosk tests need a screen of their own: install ${screen.join(', ')}`);
  if (chromiumPath() !== undefined) return;
  console.log("Installing Playwright's Chromium (about a minute, once)");
  await quietly('playwright', 'install', 'chromium');
}

/** `Node 24.21.0, SQLite 3.53.4, Chromium 156.0.8078.79`: what the tests are about to run on. */
export function machineWords(): string {
  const path = chromiumPath();
  const browser =
    path === undefined
      ? 'no Chromium'
      : execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, ${/^[^\d]*[\d.]+/.exec(browser)?.[0] ?? browser}`;
}

function missingPackages(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const isThere = (program: string) => folders.some((folder) => existsSync(join(folder, program)));
  const screen = process.platform === 'linux' ? Object.entries(SCREEN) : [];
  return [
    ...(chromiumPath() === undefined ? ['chromium'] : []),
    ...screen.filter(([program]) => !isThere(program)).map(([, name]) => name),
  ];
}

function chromiumPath(): string | undefined {
  return [SYSTEM_CHROMIUM, chromium.executablePath()].find((path) => existsSync(path));
}

/** Runs a command that may take long; shows what it wrote only if it fails. */
async function quietly(program: string, ...args: string[]): Promise<boolean> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000);
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const ticking = setInterval(() => console.log(`  still at it, ${seconds()} s`), SAY_EVERY_MS);
  const succeeded = await once(child, 'close').then(
    ([code]) => code === 0,
    () => false,
  );
  clearInterval(ticking);
  console.log(`  ${program} ${args.join(' ')}: ${succeeded ? 'done' : 'failed'} after ${seconds()} s`);
  if (!succeeded) process.stdout.write(Buffer.concat(output));
  return succeeded;
}
