import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchResult } from './bench.ts';
import { countedRound, type Timed } from './counted-round.ts';
import { isInMemory } from './machine.ts';
import { ledgerSchemaIn, rawRound } from './raw-ledger.ts';
import { comparedRows } from './rounds.ts';
import { atLeast } from './targets.ts';
import { watchOfTime } from './time-spent.ts';

const TRAFFIC = { batchSize: 256, replayed: 0.05 };
const FULL = { rounds: 5, batches: 300 };
const QUICK = { rounds: 1, batches: 8 };
const PEER = 'raw node:sqlite, the ledger rows alone';
const AS_SET = 'counted, signs told once a second';
const AT_ONCE = 'counted, signs told with every batch';

const UNIT = 'events/s';
const TARGETS = { hold: atLeast(40_000, UNIT), aim: atLeast(120_000, UNIT) };

const LIMITS = [
  'node:sqlite alone, with the ledger’s rows and nothing else, is slower here than what is aimed at: the batch also changes some 220 ' +
    'sensors, 150 stores and 200 minutes of doors, and finds out which readings are news.',
  'Tried, and kept: rows written to a journal first and to their tables after 64 batches; what a batch has written remembered for the ' +
    'next; prepared statements for each row in place of JSON that SQLite takes apart; the disk asked outside of the event loop.',
  'Tried, and of no use here: pages of 8 KiB (0.8x) and 16 KiB (1.0x), the file mapped into memory (0.95x), a larger young generation ' +
    '(0.95x). With no sync at all it would be 1.05x to 1.1x: the disk is not what it waits for.',
];

/** The counting path from the batch that the hub hands over to the messages for the signs, everything durable. */
export const aggregation: Bench = {
  name: 'aggregation',
  title: 'Exact aggregation into the embedded store',
  async run(progress, { quick }) {
    const folder = mkdtempSync(join(isInMemory(tmpdir()) ? process.cwd() : tmpdir(), 'vitrine-bench-'));
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
  { rounds, batches }: typeof FULL,
): Promise<BenchResult> {
  const traffic = { ...TRAFFIC, batches };
  let files = 0;
  const nextFile = () => {
    files += 1;
    return join(folder, `${files}.db`);
  };
  const counted = (minimumPushIntervalMs: number, watch?: Parameters<typeof countedRound>[1]) =>
    countedRound({ ...traffic, url: `sqlite:${nextFile()}`, minimumPushIntervalMs }, watch);
  // One round for its file: the peer keeps its ledger in a table of the same make.
  await counted(1_000);
  const schema = ledgerSchemaIn(join(folder, '1.db'));
  const rows = await comparedRows({
    unit: UNIT,
    count: rounds,
    progress,
    sides: [
      { what: PEER, round: async () => perSecond(await rawRound(nextFile(), traffic, schema)) },
      { what: AS_SET, round: async () => perSecond(await counted(1_000)) },
      { what: AT_ONCE, round: async () => perSecond(await counted(0)) },
    ],
  });
  progress('one more round, watched');
  const watch = watchOfTime();
  await counted(1_000, watch);
  return {
    rows: rows.map((row) => (row.what === AS_SET ? { ...row, ...TARGETS } : row)),
    checked:
      'Batches of 256 events of 1,000 sensors at the doors of 200 stores, in no order, 5 % of them sent twice; each batch one ' +
      'durable transaction (on the disk before it is done, as the peer’s with synchronous = FULL). After every round each count and each sum was exactly what had passed, ' +
      'and what came twice had counted once; else there would be no figures here.',
    limits: LIMITS,
    timesSpent: [{ of: `of a round of "${AS_SET}"`, parts: watch.spent() }],
  };
}

const perSecond = ({ events, ms }: Timed): number => (events / ms) * 1_000;
