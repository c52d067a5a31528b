import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchResult, BenchRow } from './bench.ts';
import { type Crowd, type PeerName, startCrowd } from './crowd.ts';
import { canPin } from './line-process.ts';
import { type Figures, roundsOf, rowOf } from './rounds.ts';
import { ratioAtMost } from './targets.ts';

const UNIT = 'us CPU a delivery';
const NAMES: Readonly<Record<PeerName, string>> = {
  signalr: 'SignalR service',
  net: "Node's socket.write alone",
  ws: 'ws, one Buffer',
  'socket.io': 'socket.io, a room',
  c: 'C, a send() loop',
};
const PEERS: readonly PeerName[] = ['c', 'net', 'ws', 'socket.io', 'signalr'];
const PER_TURN = 16;

const FULL = { signs: [1_000, 5_000, 10_000], deliveries: 100_000, rounds: 5 };
const QUICK = { signs: [100], deliveries: 6_400, rounds: 1 };

/** What a delivery of one message to one of many signs costs the server, beside what others do and what the system asks at least. */
export const fanOut: Bench = {
  name: 'fan-out',
  title: 'Fan-out to signs',
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
  size: typeof FULL,
): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  const notes: string[] = [];
  for (const [place, signs] of size.signs.entries()) {
    await using crowds = await startCrowds(folder, signs, progress);
    if (!crowds.of.has('c')) notes[0] = 'No C compiler here: no floor, and the clients run in Node.';
    const messages = Math.max(PER_TURN, Math.round(size.deliveries / signs));
    rows.push(...fanOutRows(signs, await oneByOne(crowds.of, messages, size.rounds, progress)));
    const many = crowds.of.get('signalr');
    if (place === 0 && many !== undefined)
      rows.push(await coalesced(many, { messages, signs, rounds: size.rounds, progress }));
  }
  if (!canPin) notes.push('Without `taskset`, server and clients shared the cores.');
  return {
    rows,
    checked:
      'User and system time of the server process for one message to one client, frames of about 295 bytes (socket.io: 264), ' +
      'closed loop with at most two broadcasts on their way; the server on one core, all clients on the other. ' +
      'Every client was sent every message and counted it, else there would be no figures here.',
    notes,
  };
}

async function startCrowds(folder: string, signs: number, progress: (step: string) => void) {
  const of = new Map<PeerName, Crowd>();
  const stop = async () =>
    void (await Promise.all([...of.values()].map((crowd) => crowd[Symbol.asyncDispose]())));
  try {
    for (const name of PEERS) {
      const crowd = await startCrowd(name, { folder });
      if (crowd === null) continue;
      of.set(name, crowd);
      await crowd.connect(signs);
      progress(`${signs} clients of ${NAMES[name]}`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { of, [Symbol.asyncDispose]: stop };
}

const oneByOne = (
  crowds: ReadonlyMap<PeerName, Crowd>,
  messages: number,
  rounds: number,
  progress: (step: string) => void,
): Promise<Figures> =>
  roundsOf({
    unit: UNIT,
    count: rounds,
    progress,
    sides: [...crowds].map(([name, crowd]) => ({
      what: NAMES[name],
      round: () => crowd.cpuUsPerDelivery(messages),
    })),
  });

function fanOutRows(signs: number, figures: Figures): BenchRow[] {
  const told = signs.toLocaleString('en-US');
  const row = (what: string, peer?: string) => {
    const found = rowOf(figures, what, UNIT, peer);
    return { ...found, what: `${told} signs: ${what}` };
  };
  const { signalr: ours, ...peers } = NAMES;
  const found = [peers.c, peers.net, peers.ws, peers['socket.io']].filter((peer) => figures.has(peer));
  return [
    ...found.map((peer) => row(peer)),
    ...found.map((peer) => ({ ...row(ours, peer), ...(BOUNDS.get(peer) ?? {}) })),
    ...(figures.has(peers.c) ? [ownShare(figures, told)] : []),
  ];
}

const BOUNDS = new Map([[NAMES.c, { hold: ratioAtMost(2.2), aim: ratioAtMost(1.6) }]]);

/**
 * What is spent above the system's own share, which the C loop shows: that share differs from machine to machine and is the
 * same for all. 0.55 and 0.45 of all that socket.io spends, on a machine where the system took a quarter of that.
 */
function ownShare(figures: Figures, told: string): BenchRow {
  const floor = figures.get(NAMES.c) ?? [];
  const above = (name: string) =>
    (figures.get(name) ?? []).map((figure, round) => figure - (floor[round] ?? Number.NaN));
  const [own, peer] = [`${NAMES.signalr}, above the C loop`, `${NAMES['socket.io']}, above it`];
  const shares: Figures = new Map([
    [own, above(NAMES.signalr)],
    [peer, above(NAMES['socket.io'])],
  ]);
  const found = rowOf(shares, own, UNIT, peer);
  return { ...found, what: `${told} signs: ${own}`, hold: ratioAtMost(0.38), aim: ratioAtMost(0.25) };
}

type Burst = {
  readonly messages: number;
  readonly signs: number;
  readonly rounds: number;
  readonly progress: (step: string) => void;
};

/** What is said in one turn of the event loop travels in one frame. */
async function coalesced(crowd: Crowd, { messages, signs, rounds, progress }: Burst): Promise<BenchRow> {
  const single = 'each in its turn';
  const merged = `${PER_TURN} messages a turn, coalesced`;
  const figures = await roundsOf({
    unit: UNIT,
    count: rounds,
    progress,
    sides: [
      { what: single, round: () => crowd.cpuUsPerDelivery(messages) },
      { what: merged, round: () => crowd.cpuUsPerDelivery(messages * (PER_TURN / 4), PER_TURN) },
    ],
  });
  const row = rowOf(figures, merged, UNIT, single);
  return {
    ...row,
    what: `${signs.toLocaleString('en-US')} signs: ${merged}`,
    hold: ratioAtMost(0.15),
    aim: ratioAtMost(0.1),
  };
}
