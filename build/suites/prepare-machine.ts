import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const SAY_EVERY_MS = 10_000;

/** Installs the Chromium that the browser tests need, where none is there: by apt on a Debian of ours, else Playwright's own. */
export async function prepareMachine(): Promise<void> {
  if (chromiumPath() !== undefined) return;
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (isDebianRoot) {
    console.log('Installing Chromium by apt (about a minute, once)');
    const isThere =
      (await quietly('apt-get', 'update')) && (await quietly('apt-get', 'install', '-y', 'chromium'));
    if (isThere) return;
  }
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
