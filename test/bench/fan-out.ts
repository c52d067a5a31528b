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

const LIMITS = [
  'Three quarters of a delivery is the system’s write to one socket (sampled: 76 % of the service’s time, 80 % of that of Node’s ' +
    '`socket.write` alone); the service’s own code is 7 %, the rest is Node’s streams and libuv.',
  'Of all that socket.io costs it is 0.64x to 0.70x here. The C loop is at 0.40x to 0.51x, Node’s `socket.write` alone at 0.53x to 0.70x: ' +
    '0.55x, found where a write cost a third of this, leaves hardly any room for a program around that call (DECISIONS.md).',
  'Tried, and kept: one buffer framed beforehand for each wire form, dense arrays for groups, neighbours in one turn made one frame. Tried, ' +
    'and of no use: writing to the descriptor past Node’s stream (`fs.writeSync`, 7.7 us in one run, `socket.write` 7.9 in another).',
];

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
    limits: LIMITS,
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

type Measured = { readonly cpu: Figures; readonly user: Figures };

async function oneByOne(
  crowds: ReadonlyMap<PeerName, Crowd>,
  messages: number,
  rounds: number,
  progress: (step: string) => void,
): Promise<Measured> {
  const usersUs = new Map([...crowds.keys()].map((name) => [NAMES[name], [] as number[]]));
  const cpu = await roundsOf({
    unit: UNIT,
    count: rounds,
    progress,
    sides: [...crowds].map(([name, crowd]) => ({
      what: NAMES[name],
      async round() {
        const { cpuUs, userUs } = await crowd.costOfDelivery(messages);
        usersUs.get(NAMES[name])?.push(userUs);
        return cpuUs;
      },
    })),
  });
  // As of the others, the first round is left out.
  return { cpu, user: new Map([...usersUs].map(([what, figures]) => [what, figures.slice(1)])) };
}

function fanOutRows(signs: number, { cpu, user }: Measured): BenchRow[] {
  const told = signs.toLocaleString('en-US');
  const row = (figures: Figures, what: string, peer?: string) => {
    const found = rowOf(figures, what, UNIT, peer);
    return { ...found, what: `${told} signs: ${what}` };
  };
  const { signalr: ours, ...peers } = NAMES;
  const found = [peers.c, peers.net, peers.ws, peers['socket.io']].filter((peer) => cpu.has(peer));
  return [
    ...found.map((peer) => row(cpu, peer)),
    ...found.map((peer) => ({ ...row(cpu, ours, peer), ...(BOUNDS.get(peer) ?? {}) })),
    ...ownShare(told, user),
  ];
}

const BOUNDS = new Map([[NAMES.c, { hold: ratioAtMost(2.2), aim: ratioAtMost(1.6) }]]);

/**
 * What the program spends itself. The rest is one write to a socket for each delivery, the same for all, and what the system
 * asks for that differs from machine to machine. 0.55 and 0.45 of all that socket.io spends, less that write, on a machine
 * where it cost 2.25 us of its 7.68.
 */
function ownShare(told: string, user: Figures): BenchRow[] {
  const named = (what: string) => `${what}, outside the system`;
  const own: Figures = new Map([...user].map(([what, figures]) => [named(what), figures]));
  const [ours, peer] = [named(NAMES.signalr), named(NAMES['socket.io'])];
  const bounds = { hold: ratioAtMost(0.38), aim: ratioAtMost(0.25) };
  return [rowOf(own, peer, UNIT), { ...rowOf(own, ours, UNIT, peer), ...bounds }].map((row) => ({
    ...row,
    what: `${told} signs: ${row.what}`,
  }));
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
      { what: single, round: async () => (await crowd.costOfDelivery(messages)).cpuUs },
      {
        what: merged,
        round: async () => (await crowd.costOfDelivery(messages * (PER_TURN / 4), PER_TURN)).cpuUs,
      },
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
