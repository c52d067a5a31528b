import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { chromiumPath } from '../support/chromium-path.ts';
import { serveGlassPage } from '../support/glass-page.ts';
import { aSnapshot, following } from '../support/glass-states.ts';
import { type Bench, type BenchRow, quantileOf, spreadOf } from './bench.ts';
import { atMost } from './targets.ts';

const FULL = { updates: 1_000_000, looks: 20, changes: 600, idleMs: 60_000 };
const QUICK = { updates: 5_000, looks: 5, changes: 30, idleMs: 2_000 };
type Size = typeof FULL;

/** While frames are timed: faster than any door. */
const CHANGE_EVERY_MS = 250;
const BYTES_PER_KB = 1_000;
const MS_PER_S = 1_000;

/** What a glass costs that stands for months: its memory over a million updates, its frames in a change, and its rest. */
export const steady: Bench = {
  name: 'steady',
  title: 'A glass that stands for months',
  async run(progress, { quick }) {
    const size = quick ? QUICK : FULL;
    await using resources = new AsyncDisposableStack();
    const pages = await serveGlassPage();
    resources.defer(() => pages.close());
    const executablePath = chromiumPath();
    const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
    resources.defer(() => browser.close());

    const idle = await idleShare(await openGlass(browser, pages.fixtureUrl), size);
    progress(`idle for ${size.idleMs / MS_PER_S} s: ${(idle * 100).toFixed(2)} % of a core`);
    const frames = await framesInChange(await openGlass(browser, pages.fixtureUrl), size);
    progress(`${size.changes} changes: ${frames.length} frames`);
    const heap = await heapOver(await openGlass(browser, pages.fixtureUrl), size, progress);
    return { rows: rowsOf(idle, frames, heap), checked: checkedAt(size), notes: [NOTE] };
  },
};

type Opened = { readonly page: Page; readonly session: CDPSession };
type Look = { readonly updates: number; readonly heapBytes: number };

async function openGlass(browser: Browser, url: string): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 } });
  await page.goto(url);
  await page.evaluate((state) => window.tell(state), following(aSnapshot()));
  await page.locator('count-figure').waitFor();
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return { page, session };
}

/** Of a core, by the page's own threads of script, style, layout and paint: the second hand of its ages included. */
async function idleShare({ page, session }: Opened, { idleMs }: Size): Promise<number> {
  const before = await metricsOf(session);
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), idleMs);
  const after = await metricsOf(session);
  await page.close();
  const spent = (after.get('ProcessTime') ?? Number.NaN) - (before.get('ProcessTime') ?? 0);
  return (spent * MS_PER_S) / idleMs;
}

/** ms between frames while a number changes. */
async function framesInChange({ page }: Opened, { changes }: Size): Promise<number[]> {
  const frames = await page.evaluate(
    async ({ state, count, everyMs }) => {
      const found: number[] = [];
      let lastMs: number | undefined;
      let isOn = true;
      const onFrame = (nowMs: number) => {
        if (lastMs !== undefined) found.push(nowMs - lastMs);
        lastMs = nowMs;
        if (isOn) requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
      for (let change = 1; change <= count; change += 1) {
        const [store] = state.stores;
        if (store === undefined) break;
        const content = { ...store.content, count: change % 60, revision: store.content.revision + change };
        window.tell({ ...state, stores: [{ ...store, content }] });
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
      isOn = false;
      return found;
    },
    { state: following(aSnapshot()), count: changes, everyMs: CHANGE_EVERY_MS },
  );
  await page.close();
  return frames;
}

/** The heap after garbage collection, as the updates go by. */
async function heapOver(
  { page, session }: Opened,
  { updates, looks }: Size,
  progress: (step: string) => void,
): Promise<Look[]> {
  const found: Look[] = [];
  const each = Math.ceil(updates / looks);
  // What comes once, such as compiled code, comes before the first look.
  for (let look = 0; look <= looks; look += 1) {
    const from = look * each;
    await page.evaluate(tellMany, { state: following(aSnapshot()), from, count: each });
    await session.send('HeapProfiler.collectGarbage');
    const heapBytes = (await metricsOf(session)).get('JSHeapUsedSize') ?? Number.NaN;
    found.push({ updates: from, heapBytes });
    progress(`${from + each} updates: ${Math.round(heapBytes / BYTES_PER_KB)} KB`);
  }
  const shown = await page.getByTestId('count').textContent();
  if (shown?.trim() !== String((found.length * each - 1) % 60)) throw new Error(`the glass shows ${shown}`);
  await page.close();
  return found.slice(1);
}

type Told = { readonly state: ReturnType<typeof following>; readonly from: number; readonly count: number };

/** Runs in the page: each update is drawn, since the next one waits for it. */
async function tellMany({ state, from, count }: Told): Promise<void> {
  const app = document.querySelector('sign-app');
  const [store] = state.stores;
  for (let update = from; update < from + count; update += 1) {
    if (store === undefined) return;
    const content = { ...store.content, count: update % 60, revision: update };
    window.tell({ ...state, stores: [{ ...store, content }] });
    await app?.updateComplete;
    window.drawn.length = 0;
    // Frames go on between.
    if (update % 500 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function metricsOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** Bytes an update, by least squares. */
function slopeOf(looks: readonly Look[]): number {
  const mean = (of: (look: Look) => number) => looks.reduce((sum, look) => sum + of(look), 0) / looks.length;
  const [meanUpdates, meanBytes] = [mean(({ updates }) => updates), mean(({ heapBytes }) => heapBytes)];
  const both = mean(({ updates, heapBytes }) => (updates - meanUpdates) * (heapBytes - meanBytes));
  return both / mean(({ updates }) => (updates - meanUpdates) ** 2);
}

function rowsOf(idle: number, frames: readonly number[], heap: readonly Look[]): BenchRow[] {
  const row = (what: string, unit: string, figures: readonly number[]): BenchRow => ({
    what,
    unit,
    figure: spreadOf(figures),
    beside: null,
  });
  return [
    {
      ...row('idle, with its age by the second', '% of a core', [idle * 100]),
      hold: atMost(1, '% of a core'),
    },
    row('frame while a number changes, median', 'ms', [quantileOf(frames, 0.5)]),
    { ...row('frame while a number changes, p99', 'ms', [quantileOf(frames, 0.99)]), aim: atMost(17, 'ms') },
    row(
      'heap after garbage collection',
      'KB',
      heap.map(({ heapBytes }) => heapBytes / BYTES_PER_KB),
    ),
    { ...row('heap an update, its slope', 'bytes', [slopeOf(heap)]), hold: atMost(1, 'bytes') },
  ];
}

const checkedAt = ({ updates, changes, idleMs }: Size): string =>
  `The glass as it is built, at 1920 x 1080, told by the page itself. Idle: ${idleMs / MS_PER_S} s without news. Frames: ` +
  `${changes} changes of the figure, one every ${CHANGE_EVERY_MS} ms. Heap: ` +
  `${updates.toLocaleString('en-US')} updates after the first ones, each with another figure and drawn; at the end the glass showed the last.`;

const NOTE =
  'Chromium without a window draws without a graphics card: on a player that has one, frames cost less of a core.';
