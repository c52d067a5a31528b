import { randomInt } from 'node:crypto';
import { buildIfStale } from '../../build/build.ts';
import { killedUnderLoad } from '../crash/killed-under-load.ts';
import { type Bench, type BenchRow, spreadOf } from './bench.ts';
import { atMost } from './targets.ts';

const FULL = { kills: 500 };
const QUICK = { kills: 3 };
const SEEDS = 2 ** 31;
const SAID_EVERY_KILLS = 50;

/** What is left of what was acknowledged, when the cloud is killed again and again. */
export const kills: Bench = {
  name: 'kills',
  title: 'Killed under load',
  async run(progress, { quick }) {
    const count = (quick ? QUICK : FULL).kills;
    const seed = randomInt(SEEDS);
    await buildIfStale();
    let said = 0;
    const say = (line: string) => {
      said += 1;
      if (said % (SAID_EVERY_KILLS / 10) === 0 || quick) progress(line.trim());
    };
    // Throws where one is lost, or counted twice, or a total is not what had passed.
    const acknowledged = await killedUnderLoad({ kills: count, seed, postgres: undefined, say });
    const row = (what: string, value: number, unit = 'readings'): BenchRow => ({
      what: `${count} times: ${what}`,
      unit,
      figure: spreadOf([value]),
      beside: null,
    });
    return {
      rows: [
        row('acknowledged', acknowledged),
        { ...row('acknowledged and lost, or counted twice', 0), hold: atMost(0, 'readings') },
      ],
      checked:
        `The built embedded cloud, killed (SIGKILL) ${count} times at random moments, also while it starts, and started again on its ` +
        'SQLite file, while sensors publish increments and totals over MQTT and send again what was not acknowledged. After every ' +
        'ten kills each count, each sum and the number of readings in the ledger was exactly that of what had been acknowledged; the first ' +
        `difference would have ended the run. Seed ${seed}.`,
    };
  },
};
