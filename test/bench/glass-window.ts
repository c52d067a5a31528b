import type { Browser, Page } from '@playwright/test';
import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { signListSchema } from '../../cloud/contracts/sign.ts';
import { placeSign } from './glass-installation.ts';
import { finelyNow, type Seen } from './glass-latencies.ts';
import type { BenchCloud } from './ingest-cloud.ts';

const PANEL = { width: 1920, height: 1080 };
const SHOWN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** Beyond what asking took: as good as two clocks of one machine can be told apart from outside. */
const CLOCKS_APART_MS = 2;

const paintedSchema = z.array(z.object({ count: z.number(), atMs: z.number() }));

/** A real Chromium page of a sign, and what was painted on it. */
export type GlassWindow = {
  /** What was painted since it was asked before. Resolves once this count was. */
  paintedUntil(count: number): Promise<readonly Seen[]>;
  /** The count on the glass now. */
  shown(): Promise<number>;
};

/** Opens a sign's page and gives it the place of this store. Throws where page and machine disagree about the time. */
export async function openWindow(
  browser: Browser,
  cloud: BenchCloud,
  store: number,
  path: string,
): Promise<GlassWindow> {
  const context = await browser.newContext({ viewport: PANEL });
  const page = await context.newPage();
  await page.addInitScript(watchPaint);
  await page.goto(`${cloud.httpUrl}/${path}`);
  await placeSign(cloud, await newSign(cloud), store);
  await until(async () => (await shownOn(page)) !== null, 'the sign shows a count');
  await sameClock(page);
  return {
    async paintedUntil(count) {
      await until(async () => (await shownOn(page)) === count, `the glass shows ${count}`);
      const seen: Seen[] = [];
      await until(async () => {
        seen.push(...paintedSchema.parse(await page.evaluate('window.takePainted()')));
        return seen.at(-1)?.count === count;
      }, `${count} is painted`);
      return seen;
    },
    async shown() {
      return (await shownOn(page)) ?? Number.NaN;
    },
  };
}

const shownOn = async (page: Page): Promise<number | null> =>
  z
    .number()
    .nullable()
    .parse(await page.evaluate('window.shownCount()'));

/** The one without a place. */
async function newSign(cloud: BenchCloud): Promise<string> {
  let signId: string | undefined;
  await until(async () => {
    const { signs } = signListSchema.parse(await cloud.call('GET', API_PATHS.signs));
    signId = signs.find(({ storeGroupId }) => storeGroupId === null)?.signId;
    return signId !== undefined;
  }, 'the page has made itself known');
  return signId ?? '';
}

async function sameClock(page: Page): Promise<void> {
  const beforeMs = finelyNow();
  const pageMs = z.number().parse(await page.evaluate('performance.timeOrigin + performance.now()'));
  const afterMs = finelyNow();
  if (pageMs >= beforeMs - CLOCKS_APART_MS && pageMs <= afterMs + CLOCKS_APART_MS) return;
  throw new Error(`the page's clock says ${pageMs}, this process's ${beforeMs} to ${afterMs}`);
}

async function until(isSo: () => Promise<boolean>, fact: string): Promise<void> {
  const untilMs = performance.now() + SHOWN_WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > untilMs) throw new Error(`not within ${SHOWN_WITHIN_MS} ms: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * Runs in the page, before its own scripts. The sign tells of each picture; in the next frame its elements are as they
 * will be painted, and when the frame after that begins, it was.
 */
function watchPaint(): void {
  const painted: { count: number; atMs: number }[] = [];
  const figureIn = (root: ParentNode): Element | null => {
    const found = root.querySelector('[data-testid=count]');
    if (found !== null) return found;
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot === null ? null : figureIn(element.shadowRoot);
      if (inner !== null) return inner;
    }
    return null;
  };
  let figure: Element | null = null;
  const shownCount = () => {
    if (figure === null || !figure.isConnected) figure = figureIn(document);
    const digits = figure?.textContent?.trim() ?? '';
    return /^\d+$/.test(digits) ? Number(digits) : null;
  };
  let newest = -1;
  const onDrawn = () =>
    requestAnimationFrame(() => {
      const count = shownCount();
      if (count === null || count === newest) return;
      newest = count;
      requestAnimationFrame(() => painted.push({ count, atMs: performance.timeOrigin + performance.now() }));
    });
  addEventListener('drawn', onDrawn, true);
  Object.assign(window, { shownCount, takePainted: () => painted.splice(0) });
}
