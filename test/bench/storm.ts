import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Bench, type BenchResult, type BenchRow, spreadOf } from './bench.ts';
import { type LineProcess, startLineProcess } from './line-process.ts';
import { atMost } from './targets.ts';
import { startWatchedCloud, type WatchedCloud } from './watched-cloud.ts';

/** `signIn`: by a signed negotiate of the functions; the others hold a token and come by the service's negotiate alone. */
const FULL = { signs: 5_000, signIn: 1_000, stock: 50, outageMs: 50_000 };
const QUICK = { signs: 150, signIn: 50, stock: 5, outageMs: 1_000 };
const SAID_EVERY_MS = 10_000;
const STOCK_SETTLES_MS = 1_500;
/** Who is not back by then counts as dead. */
const BACK_WITHIN_MS = 120_000;

const LIMITS = [
  'Until all are back one core is always busy: a sign that signs in costs three requests, a signature to check, three rows and a ' +
    'WebSocket, and those that come by a token alone take that core at the same moment. Whoever asked last waits for all of them: with two ' +
    'cores, one of which is the signs’ own, a second is reached by fewer signs, not by a faster answer.',
  'Tried, and kept: 16 requests at a time and 200 that wait, the others told to come later; signs that spread their return; the disk ' +
    'asked outside of the event loop (commits were 34 % of the time before, and stalls twice as long).',
];

/** The whole chain loses its cloud in one instant, and wants it back. */
export const storm: Bench = {
  name: 'storm',
  title: 'Signs back after a restart',
  async run(progress, { quick }) {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
    try {
      return await measured(folder, progress, quick ? QUICK : FULL);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(
  folder: string,
  progress: (step: string) => void,
  { signs, signIn, stock, outageMs }: typeof FULL,
): Promise<BenchResult> {
  await using cloud = await startWatchedCloud(folder);
  await using fleet = startLineProcess('load', [
    ...[process.execPath, join(import.meta.dirname, 'peers/wire-fleet.ts')],
    ...[cloud.httpUrl, cloud.databaseFile, cloud.accessKey],
    ...[signIn, signs - signIn, stock].map(String),
  ]);
  await fleet.next('ready');
  const [firstMs] = (await fleet.ask('follow', 'up')).map(Number);
  progress(
    `${signs} signs and ${stock} clients of the default policy are up, after ${Math.round(firstMs ?? 0)} ms`,
  );

  const shorter = await lostFor(0, 'killed and started again', { cloud, fleet, progress, signs });
  const longer = await lostFor(outageMs, `gone for ${outageMs / 1_000} s`, { cloud, fleet, progress, signs });
  await delay(STOCK_SETTLES_MS);
  const [connected = 0, gone = 0] = (await fleet.ask('default', 'default')).map(Number);
  if (connected + gone !== stock) {
    throw new Error(`of ${stock} clients with the default policy ${connected} are back and ${gone} gone`);
  }
  return {
    rows: [
      ...shorter.rows,
      ...longer.rows,
      {
        what: `of ${stock} clients with the default policy, gone for ever`,
        unit: 'clients',
        figure: spreadOf([gone]),
        beside: null,
      },
    ],
    checked:
      `${signs} signs on the built embedded cloud, killed (SIGKILL) and started again on its data. ${signIn} of them sign in as ` +
      'the product does: challenge, signature, negotiate of the functions, negotiate of the service, WebSocket, handshake, and ' +
      `their snapshot read; ${signs - signIn} hold a token and come by the service's negotiate. All keep the product's own retry ` +
      `policy; ${stock} SignalR clients keep withAutomaticReconnect() as it comes. The figures count from when the cloud ` +
      'was ready; a run ends only when all signs are back.',
    notes: [shorter.said, longer.said],
    limits: LIMITS,
    timesSpent: [shorter.timeSpent],
  };
}

type Scene = {
  readonly cloud: WatchedCloud;
  readonly fleet: LineProcess;
  readonly progress: (step: string) => void;
  readonly signs: number;
};

/** Kills the cloud, waits, starts it, and waits for all signs. */
async function lostFor(outageMs: number, what: string, { cloud, fleet, progress, signs }: Scene) {
  const back = fleet.ask(`back ${outageMs + BACK_WITHIN_MS}`, 'back');
  await cloud.kill();
  for (let leftMs = outageMs; leftMs > 0; leftMs -= SAID_EVERY_MS) {
    progress(`no cloud for another ${leftMs / 1_000} s`);
    await delay(Math.min(leftMs, SAID_EVERY_MS));
  }
  await cloud.startAgain();
  await cloud.longestStallMs();
  const readyMs = performance.now();
  const parts = await cloud.spentDuring(() => back);
  const [missing = 0, p50 = 0, p99 = 0, refused, failed] = (await back).map(Number);
  const allBackMs = performance.now() - readyMs;
  const stallMs = await cloud.longestStallMs();
  progress(`${what}: ${signs - missing} signs are back ${Math.round(allBackMs)} ms after the start`);
  const row = (name: string, value: number, unit = 'ms'): BenchRow => ({
    what: `${what}: ${name}`,
    unit,
    figure: spreadOf([value]),
    beside: null,
  });
  return {
    rows: [
      { ...row('signs that never came back', missing, 'signs'), hold: atMost(0, 'signs') },
      row('until all are back', allBackMs),
      row('challenge and negotiate, p50', p50),
      { ...row('challenge and negotiate, p99', p99), aim: atMost(1_000, 'ms') },
      row("the event loop's longest stall", stallMs),
    ],
    timeSpent: { of: `while signs come back after "${what}"`, parts },
    said: `${what}: ${failed} attempts to sign in had no answer while it was gone or busy, ${refused} were told to come later.`,
  };
}
