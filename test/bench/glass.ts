import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { chromiumPath } from '../support/chromium-path.ts';
import type { Bench, BenchResult, BenchRow } from './bench.ts';
import { DOORS, STORES } from './chain.ts';
import { type GlassRun, type Installation, startInstallation } from './glass-installation.ts';
import { latenciesOf, type Quantiles, quantilesOf } from './glass-latencies.ts';
import { type GlassWindow, openWindow } from './glass-window.ts';
import { builtFolder } from './ingest-cloud.ts';
import { canPin, pinnedProgram } from './line-process.ts';
import { isInMemory } from './machine.ts';
import { type Figures, roundsOf, rowOf } from './rounds.ts';
import { atMost } from './targets.ts';

const POLL_EVERY_MS = 5_000;
const SIGNS_PER_STORE = 5;
const PUSHED = 'pushed';
const POLLED = `polled every ${POLL_EVERY_MS / 1_000} s`;

const FULL = { stores: STORES, perSecond: 1_000, pages: 2, rounds: 3, roundMs: 15_000, warmUpMs: 6_000 };
const QUICK = { stores: 10, perSecond: 50, pages: 1, rounds: 1, roundMs: 2_000, warmUpMs: 1_000 };
type Size = typeof FULL;

const LIMITS = [
  'Of a p99 of 100 ms painted, most is gone before the cloud hears of it and after it has spoken: the sensors, the signs on the wire and ' +
    'Chromium with its pages share one core, on which a message in a hundred leaves late and a frame of 2 million pixels is drawn without a ' +
    'graphics card. Half of all messages are at the signs’ sockets within 3 ms.',
  'Tried, and kept: the disk asked outside of the event loop (7.9 ms to the sockets at p50 before, 3.0 ms after; 104 ms and 83 ms at p99); ' +
    'Chromium kept off the cloud’s core.',
];

const TARGETS = {
  p50Ms: { hold: atMost(50, 'ms') },
  p99Ms: { hold: atMost(250, 'ms'), aim: atMost(100, 'ms') },
};

/** From a sensor's publication to the frame that shows it, beside signs that ask every five seconds. */
export const glass: Bench = {
  name: 'glass',
  title: 'From the sensor to the glass',
  async run(progress, { quick }) {
    const folder = mkdtempSync(join(isInMemory(tmpdir()) ? process.cwd() : tmpdir(), 'vitrine-bench-'));
    try {
      return await measured(folder, progress, quick ? QUICK : FULL);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Progress = (step: string) => void;

/** What one round found, at the signs' sockets and on the glass. */
type Found = { readonly received: GlassRun; readonly painted: Quantiles };
type Side = {
  readonly what: string;
  readonly installation: Installation;
  readonly windows: readonly GlassWindow[];
  readonly found: Found[];
};

async function measured(folder: string, progress: Progress, size: Size): Promise<BenchResult> {
  const dist = await builtFolder();
  const pollingPage = await builtPollingPage(folder);
  await using resources = new AsyncDisposableStack();
  const program = chromiumPath() ?? chromium.executablePath();
  const browser = await chromium.launch({
    executablePath: pinnedProgram(join(folder, 'chromium'), 'load', program),
  });
  resources.defer(() => browser.close());
  const sides: Side[] = [];
  for (const { what, signPage, pollEveryMs, path } of [
    { what: PUSHED, signPage: join(dist, 'sign'), pollEveryMs: null, path: '' },
    { what: POLLED, signPage: pollingPage, pollEveryMs: POLL_EVERY_MS, path: `?every=${POLL_EVERY_MS}` },
  ]) {
    const own = join(folder, pollEveryMs === null ? 'pushed' : 'polled');
    mkdirSync(own);
    const options = { dist, folder: own, signPage, pollEveryMs, signsPerStore: SIGNS_PER_STORE };
    const installation = resources.use(
      await startInstallation({ ...options, stores: size.stores, watched: size.pages }),
    );
    // Until every door has spoken, a sign shows no figure.
    await installation.run(size.perSecond, (size.stores * DOORS * 1_000) / size.perSecond);
    const windows = await openWindows(browser, installation, size.pages, path);
    sides.push({ what, installation, windows, found: [] });
    progress(`${size.stores * DOORS} sensors, ${size.stores * SIGNS_PER_STORE} signs, ${what}`);
  }
  await roundsOf({
    unit: 'ms, p99 to the painted frame',
    count: size.rounds,
    progress,
    sides: sides.map((side) => ({ what: side.what, round: () => paintedP99(side, size) })),
  });
  return { rows: rowsOf(sides), checked: checkedAt(size), notes: notesAt(size, sides), limits: LIMITS };
}

/** The sign's own page with another feed, built as the product is. */
async function builtPollingPage(folder: string): Promise<string> {
  const outDir = join(folder, 'polling-page');
  await build({
    root: join(import.meta.dirname, 'polling'),
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'chrome120', assetsInlineLimit: 0 },
  });
  return outDir;
}

async function openWindows(
  browser: Browser,
  { cloud }: Installation,
  count: number,
  path: string,
): Promise<readonly GlassWindow[]> {
  const windows: GlassWindow[] = [];
  for (let store = 0; store < count; store += 1) windows.push(await openWindow(browser, cloud, store, path));
  return windows;
}

async function paintedP99({ installation, windows, found }: Side, size: Size): Promise<number> {
  const before = await Promise.all(windows.map((window) => window.shown()));
  const ms = found.length === 0 ? size.warmUpMs : size.roundMs;
  const run = await installation.run(size.perSecond, ms);
  const painted = quantilesOf(
    (await Promise.all(windows.map((window, index) => paintedIn(window, run, index, before)))).flat(),
  );
  found.push({ received: run, painted });
  return painted.p99Ms;
}

async function paintedIn(
  window: GlassWindow,
  { published }: GlassRun,
  index: number,
  counts: readonly number[],
): Promise<number[]> {
  const [ofStore = [], before = Number.NaN] = [published[index], counts[index]];
  return latenciesOf(ofStore, before, await window.paintedUntil(before + ofStore.length));
}

function rowsOf(sides: readonly Side[]): BenchRow[] {
  const figures = (of: (found: Found) => number): Figures =>
    new Map(sides.map(({ what, found }) => [what, found.slice(1).map(of)]));
  const rows = (where: keyof Found, words: string): BenchRow[] =>
    (['p50Ms', 'p99Ms'] as const).flatMap((quantile) => {
      const values = figures((found) => found[where][quantile]);
      const name = `${words}, ${quantile.replace('Ms', '')}`;
      const ours = rowOf(values, PUSHED, 'ms', POLLED);
      const bounds = where === 'painted' ? TARGETS[quantile] : {};
      return [
        { ...rowOf(values, POLLED, 'ms'), what: `${name}: ${POLLED}` },
        { ...ours, ...bounds, what: `${name}: ${PUSHED}` },
      ];
    });
  return [...rows('painted', 'publish to painted frame'), ...rows('received', 'publish to received')];
}

const checkedAt = ({ stores, perSecond, roundMs, pages }: Size): string =>
  `${stores} stores with ${SIGNS_PER_STORE} signs each, ${stores * DOORS} sensors that publish ${perSecond} messages a second over ` +
  `MQTT and TLS for ${roundMs / 1_000} s, whatever comes back (open loop). Every message is one person who comes, so each sign had ` +
  'to show each of them: it is timed from its publication to the first moment at which a sign had a count that holds it. ' +
  `Received: at the socket of the ${stores * SIGNS_PER_STORE - pages} signs on the wire. Painted: in ${pages} Chromium pages of ` +
  'the built sign, when the frame after the one with the new figure begins. ' +
  'Both sides are whole built clouds of the same kind; after every round each sign showed exactly the people who had come, ' +
  'and each message was acknowledged.';

const notesAt = ({ pages }: Size, sides: readonly Side[]): string[] => [
  `The cloud has a core of its own${canPin ? '' : ' (not here: there is no `taskset`)'}; all sensors and signs share the other ` +
    `with Chromium and its ${pages * 2} pages at 1920 x 1080, drawn without a graphics card.`,
  `In the worst round the process of sensors and signs took: ${sides.map(loadOf).join('; ')}.`,
];

function loadOf({ what, found }: Side): string {
  const most = (of: (run: GlassRun) => number) => Math.max(...found.map(({ received }) => of(received)));
  const busy = Math.round(most((run) => run.busy) * 100);
  return `${what}: ${busy} % of a core, its messages 99 of 100 less than ${most((run) => run.lateP99Ms).toFixed(1)} ms late`;
}
