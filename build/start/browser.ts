import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser that can show one page in a window of its own, or else whatever opens web addresses here. */
export type Browser = { readonly path: string; readonly kind: 'chromium' | 'opener' };

export const hasDisplay = (environment: Environment): boolean =>
  Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);

export function findBrowser(environment: Environment): Browser | undefined {
  const folders = (environment.PATH ?? '').split(delimiter);
  const find = (name: string): string | undefined =>
    folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  const chromium = CHROMIUMS.map(find).find((path) => path !== undefined);
  if (chromium !== undefined) return { path: chromium, kind: 'chromium' };
  const opener = find('xdg-open');
  return opener === undefined ? undefined : { path: opener, kind: 'opener' };
}

type Window = {
  readonly url: string;
  readonly profile: string;
  readonly kiosk: boolean;
  /** Chromium's sandbox refuses to run as root. */
  readonly isRoot: boolean;
  /** The key of the private authority that the page's server may be signed by, SHA-256 in base64. */
  readonly pin?: string | undefined;
};

export function chromiumArguments({ url, profile, kiosk, isRoot, pin }: Window): readonly string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--noerrdialogs',
    '--disable-session-crashed-bubble',
    ...(kiosk ? ['--kiosk'] : ['--window-size=1280,720']),
    ...(pin === undefined ? [] : [`--ignore-certificate-errors-spki-list=${pin}`]),
    ...(isRoot ? ['--no-sandbox'] : []),
    // Else it warns of the two above, on the glass.
    ...(isRoot || pin !== undefined ? ['--test-type'] : []),
  ];
}

/** Opens the sign; the signal closes a window of Chromium again, with every process that belongs to it. */
export function openSign(browser: Browser, window: Window, signal: AbortSignal): void {
  const args = browser.kind === 'chromium' ? chromiumArguments(window) : [window.url];
  const child = spawn(browser.path, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  if (browser.kind === 'chromium') signal.addEventListener('abort', () => killGroup(child), { once: true });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has just ended by itself.
  }
}
