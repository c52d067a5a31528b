import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Bench, type BenchRow, spreadOf } from './bench.ts';
import { type CloudCrowd, startCloudCrowd } from './cloud-crowd.ts';
import { type PeerName, startCrowd } from './crowd.ts';
import { startLineProcess } from './line-process.ts';
import { roundsOf, rowOf, type Side } from './rounds.ts';
import { clientToken } from './sign-targets.ts';
import { startWatchedCloud, type WatchedCloud } from './watched-cloud.ts';

const UNIT = 'ms';
const CLOUD = 'embedded cloud';
const PEERS: readonly (readonly [PeerName, string])[] = [
  ['ws', 'ws, one Buffer'],
  ['socket.io', 'socket.io, a room'],
];
const FULL = { signs: 10_000, messages: 10, rounds: 3, quietSigns: 200, hostile: 2_000, attackedMs: 8_000 };
const QUICK = { signs: 100, messages: 3, rounds: 1, quietSigns: 20, hostile: 50, attackedMs: 500 };
const SETTLED_AFTER_MS = 200;
const BETWEEN_BROADCASTS_MS = 100;

type Size = typeof FULL;
type Progress = (step: string) => void;

/** For how long at most the event loop of a server stands still: so long everything else waits. */
export const stalls: Bench = {
  name: 'stalls',
  title: 'Longest stall of the event loop',
  async run(progress, { quick }) {
    const size = quick ? QUICK : FULL;
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
    try {
      await using cloud = await startWatchedCloud(folder);
      const fanOut = await inFanOut(cloud, folder, size, progress);
      return {
        rows: [...fanOut, ...(await underAttack(cloud, folder, size, progress))],
        checked:
          'As perf_hooks.monitorEventLoopDelay saw it inside each server (it looks every millisecond, which is the least it can ' +
          `tell). Fan-out: ${size.messages} messages, one after the other, each to ${size.signs} clients in one turn; to the cloud by ` +
          `its data plane. Under attack: ${size.hostile} sockets that never speak, ${size.hostile} requests that dawdle, and 50 frames ` +
          `a second that claim to be far over the limit, while ${size.quietSigns} signs were told ten messages a second; each had ` +
          'every one of them, else there would be no figures here. The storm has its own figures above.',
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function inFanOut(
  cloud: WatchedCloud,
  folder: string,
  size: Size,
  progress: Progress,
): Promise<BenchRow[]> {
  await using crowd = await startCloudCrowd(cloud, size.signs, folder);
  progress(`${size.signs} signs of the ${CLOUD}`);
  await using peers = await startPeers(folder, size, progress);
  const ours: Side = {
    what: CLOUD,
    async round() {
      await crowd.keepAlive();
      await delay(SETTLED_AFTER_MS);
      await cloud.longestStallMs();
      for (let left = size.messages; left > 0; left -= 1) await crowd.broadcast();
      return cloud.longestStallMs();
    },
  };
  const figures = await roundsOf({ unit: UNIT, count: size.rounds, progress, sides: [...peers.sides, ours] });
  const told = (row: BenchRow) => ({
    ...row,
    what: `${size.signs.toLocaleString('en-US')} deliveries a turn: ${row.what}`,
  });
  return [
    ...PEERS.map(([, what]) => told(rowOf(figures, what, UNIT))),
    ...PEERS.map(([, what]) => told(rowOf(figures, CLOUD, UNIT, what))),
  ];
}

async function startPeers(folder: string, { signs, messages }: Size, progress: Progress) {
  await using stack = new AsyncDisposableStack();
  const sides: Side[] = [];
  for (const [name, what] of PEERS) {
    const crowd = await startCrowd(name, { folder });
    if (crowd === null) continue;
    stack.use(crowd);
    await crowd.connect(signs);
    progress(`${signs} clients of ${what}`);
    const round = async () => await crowd.longestStallMsOf(messages);
    sides.push({ what, round });
  }
  const kept = stack.move();
  return { sides, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function underAttack(
  cloud: WatchedCloud,
  folder: string,
  size: Size,
  progress: Progress,
): Promise<BenchRow[]> {
  await using crowd = await startCloudCrowd(cloud, size.quietSigns, folder);
  const quietMs = await longestWhile(cloud, crowd, size.attackedMs);
  const token = await clientToken(cloud.httpUrl, size.quietSigns, cloud.accessKey);
  await using hostile = startLineProcess('load', [
    ...[process.execPath, join(import.meta.dirname, 'peers/hostile-clients.ts'), new URL(cloud.httpUrl).port],
    ...[`/client/?hub=vitrine&access_token=${token}`, String(size.hostile)],
  ]);
  await hostile.next('ready');
  await cloud.longestStallMs();
  const [sockets] = await hostile.ask('attack', 'attacking');
  const arrivingMs = await cloud.longestStallMs();
  progress(`${sockets} hostile sockets`);
  const attackedMs = await longestWhile(cloud, crowd, size.attackedMs);
  const row = (what: string, ms: number): BenchRow => ({
    what: `${CLOUD}: ${what}`,
    unit: UNIT,
    figure: spreadOf([ms]),
    beside: null,
  });
  return [
    row('nobody attacks', quietMs),
    row(`${sockets} hostile sockets arrive`, arrivingMs),
    row('under attack', attackedMs),
  ];
}

async function longestWhile(cloud: WatchedCloud, crowd: CloudCrowd, forMs: number): Promise<number> {
  await crowd.keepAlive();
  await cloud.longestStallMs();
  const endMs = performance.now() + forMs;
  while (performance.now() < endMs) {
    await crowd.broadcast();
    await delay(BETWEEN_BROADCASTS_MS);
  }
  return cloud.longestStallMs();
}
