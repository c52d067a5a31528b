import { readdirSync, readFileSync } from 'node:fs';
import { type BrowserServer, chromium, type Page } from '@playwright/test';
import { chromiumPath } from './chromium-path.ts';

/** A browser of its own, whose processes can be killed and stopped: Playwright makes them a group. */
export type OwnBrowser = { readonly server: BrowserServer; readonly page: Page };

/** `proxy`: the only way out that it has. */
export async function openOwnBrowser(url: string, proxy?: string): Promise<OwnBrowser> {
  const executablePath = chromiumPath();
  const server = await chromium.launchServer({
    ...(executablePath === undefined ? {} : { executablePath }),
    ...(proxy === undefined ? {} : { proxy: { server: proxy, bypass: '<-loopback>' } }),
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
  await page.goto(url);
  return { server, page };
}

/** To all of its processes at once, as to a machine. */
export const signalAll = (server: BrowserServer, signal: NodeJS.Signals) =>
  process.kill(-(server.process().pid ?? 0), signal);

/** The processes of its pages: the browser itself, and the machine, go on. */
export function pagesOf(server: BrowserServer): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => fileOf(pid, 'cmdline').includes('--type=renderer') && isBelow(pid, server));
}

function isBelow(pid: number, server: BrowserServer): boolean {
  for (let above = parentOf(pid); above > 1; above = parentOf(above))
    if (above === server.process().pid) return true;
  return false;
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(fileOf(pid, 'status'))?.[1] ?? 0);

/** Empty where the process has ended meanwhile. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
