import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchRow } from './bench.ts';
import { type PeerName, startCrowd } from './crowd.ts';
import { CLOUD_FLAGS } from './line-process.ts';
import { roundsOf, rowOf } from './rounds.ts';
import { atMost } from './targets.ts';

const UNIT = 'KB a sign';
const SERVICE = 'SignalR service';
const SOCKET_IO = 'socket.io, a room';
const PEERS: readonly (readonly [PeerName, string])[] = [
  ['ws', 'ws'],
  ['socket.io', SOCKET_IO],
  ['signalr', SERVICE],
];
/** They come and go first, so that code and heap have grown to their size before the count begins. */
const WARM_UP_SIGNS = 500;

const FULL = { signs: 5_000, rounds: 3 };
const QUICK = { signs: 200, rounds: 1 };

/** What a connected sign costs the server in resident memory. */
export const memory: Bench = {
  name: 'memory',
  title: 'Memory of connected signs',
  async run(progress, { quick }) {
    const { signs, rounds } = quick ? QUICK : FULL;
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
    try {
      const figures = await roundsOf({
        unit: UNIT,
        count: rounds,
        progress,
        sides: PEERS.map(([name, what]) => ({ what, round: () => kilobytesOfASign(name, folder, signs) })),
      });
      const peers = PEERS.map(([, what]) => what).filter((what) => what !== SERVICE);
      const own = peers.map((peer) => rowOf(figures, SERVICE, UNIT, peer));
      const rows: BenchRow[] = [...peers.map((peer) => rowOf(figures, peer, UNIT)), ...own];
      return {
        rows: rows.map((row) =>
          row.beside?.what === SOCKET_IO ? { ...row, hold: atMost(10, UNIT), aim: atMost(6, UNIT) } : row,
        ),
        checked:
          `Resident memory of the server's process with ${signs.toLocaleString('en-US')} clients, less what it was ` +
          `without, each after a garbage collection and ${WARM_UP_SIGNS} clients that came and went; a new process for ` +
          'each round. Every client was then sent a message and had it. What the kernel keeps for a socket is not in it.',
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function kilobytesOfASign(name: PeerName, folder: string, signs: number): Promise<number> {
  const crowd = await startCrowd(name, { folder, nodeFlags: ['--expose-gc', ...CLOUD_FLAGS] });
  if (crowd === null) throw new Error(`${name} cannot be started`);
  await using _ = crowd;
  await crowd.connect(WARM_UP_SIGNS);
  await crowd.costOfDelivery(2);
  await crowd.leave();
  const before = await crowd.usage();
  await crowd.connect(signs);
  await crowd.costOfDelivery(2);
  const after = await crowd.usage();
  return (after.rssBytes - before.rssBytes) / 1_000 / signs;
}
