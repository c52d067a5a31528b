import { join } from 'node:path';
import { ROOT } from '../places.ts';
import { findBrowser, hasDisplay, openSign } from './browser.ts';
import type { CloudReady } from './cloud.ts';
import { openKiosk, provideElectron } from './kiosk.ts';
import type { StartOptions } from './options.ts';
import { authorityFileOf, pinOf } from './trust.ts';

export type ShownSign = {
  readonly shown: 'kiosk' | 'browser' | 'nowhere';
  /** Resolves when a kiosk has closed. */
  readonly closed?: Promise<void>;
};

export const SIGN_WORDS = {
  kiosk: 'The kiosk shows the sign.',
  browser: 'The sign opens in a window of its own.',
  nowhere: 'Open the sign in a browser.',
} as const;

type Parts = {
  readonly options: StartOptions;
  readonly cloud: Pick<CloudReady, 'httpUrl' | 'caFile'>;
  readonly signUrl: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** On the screen, if there is one and nobody is against it: by the kiosk, or else by the machine's browser. */
export async function showSign({ options, cloud, signUrl, say, signal }: Parts): Promise<ShownSign> {
  const { open, kiosk, data } = options;
  if (!open || !hasDisplay(process.env)) return { shown: 'nowhere' };
  const authorityFile = authorityFileOf(cloud);
  const pin = authorityFile === undefined ? undefined : pinOf(authorityFile);
  const isRoot = process.getuid?.() === 0;
  const provision = { root: ROOT, environment: process.env, say, signal };
  const electron = kiosk ? await provideElectron(provision) : undefined;
  if (electron !== undefined) {
    const userData = join(data, 'kiosk');
    const window = { electron, root: ROOT, cloudUrl: cloud.httpUrl, authorityFile, userData, isRoot };
    return { shown: 'kiosk', closed: openKiosk(window, signal) };
  }
  const browser = findBrowser(process.env);
  if (browser === undefined) return { shown: 'nowhere' };
  openSign(browser, { url: signUrl, kiosk, isRoot, profile: join(data, 'sign-window'), pin }, signal);
  return { shown: 'browser' };
}
