// Crashes before and after every statement, then a cloud that is killed again and again under load, on both engines.
// `node test/crash/run.ts [--kills 100] [--seed 1] [--engine sqlite|postgres]`
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { buildIfStale } from '../../build/build.ts';
import { crashPoints } from './crash-points.ts';
import { killedUnderLoad } from './killed-under-load.ts';
import { crashablePostgres } from './postgres-crash.ts';

const optionsSchema = z.object({
  kills: z.coerce.number().int().min(1),
  seed: z.coerce.number().int().min(0),
  engine: z.enum(['both', 'sqlite', 'postgres']),
});

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    kills: { ...text, default: '100' },
    seed: { ...text, default: String(randomInt(2 ** 31)) },
    engine: { ...text, default: 'both' },
  },
});
const { kills, seed, engine } = optionsSchema.parse(values);
const say = (line: string) => process.stdout.write(`${line}\n`);

const points = await crashPoints();
say(
  `crashed at ${points.SQLite} points on SQLite and ${points.PostgreSQL} on PostgreSQL: all or nothing, once`,
);

await buildIfStale();
const passed: string[] = [];
let acknowledged = 0;
if (engine !== 'postgres') {
  say(`SQLite, seed ${seed}`);
  acknowledged += await killedUnderLoad({ kills, seed, postgres: undefined, say });
  passed.push(`${kills} kills on SQLite`);
}
if (engine !== 'sqlite') {
  const postgres = await crashablePostgres();
  try {
    say(`PostgreSQL ${postgres.description}, seed ${seed}`);
    acknowledged += await killedUnderLoad({ kills, seed, postgres, say });
    passed.push(engine === 'both' ? `${kills} on PostgreSQL` : `${kills} kills on PostgreSQL`);
  } finally {
    await postgres.stop();
  }
}
say(`passed: ${passed.join(', ')}, ${acknowledged} readings acknowledged, 0 lost`);
