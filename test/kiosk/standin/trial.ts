import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from '../../support/electron-fixture.ts';

export const TRIAL = join(import.meta.dirname, 'app');
export const TRIAL_PAGE = 'app://trial/index.html';

/** What app/main.js notes down. */
type Seen = {
  readonly events: readonly string[];
  readonly requests: readonly string[];
  readonly lines: readonly unknown[];
  readonly asked: readonly string[];
};

type Said = { readonly line: unknown; readonly at: Date };

declare global {
  interface Window {
    /** What app/preload.cjs exposes. */
    readonly trial: {
      readonly nested: { readonly list: readonly number[] };
      add(a: number, b: number): number;
      later(value: unknown): Promise<unknown>;
      refuse(): never;
      echo(value: unknown): Promise<{ value: unknown; url: string; isTop: boolean }>;
      fail(): Promise<never>;
      nobody(): Promise<never>;
      say(line: unknown): void;
      onSaid(listener: (said: Said) => void): () => void;
    };
  }
}

export const seen = (app: ElectronApplication): Promise<Seen> =>
  app.evaluate(() => Reflect.get(globalThis, 'seen') as Seen);

export const eventsOf = async (app: ElectronApplication) => (await seen(app)).events;

/** The page of the app's window, when its script has run. */
export async function pageOf(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await expect(page.locator('#state')).toHaveText('sum 5');
  return page;
}

/** What the window shows, asked by the app: after a crash Playwright's own page is dead. */
export const stateOf = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "document.querySelector('#state')?.textContent",
    ),
  );

/** The processes whose command line names this, as of now. */
export function processesNaming(text: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && commandLine(pid).includes(text));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** A server on this machine that keeps count of who asks. */
export async function startForeignServer() {
  const paths: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    paths.push(url);
    response.setHeader('access-control-allow-origin', '*').end('foreign');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
