import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aggregation } from './aggregation.ts';
import type { Bench } from './bench.ts';
import { machine } from './machine.ts';
import { pageWith, sectionOf } from './report.ts';

/** All there are. `npm run bench -- aggregation` runs those that are named. */
const BENCHES: readonly Bench[] = [aggregation];

const PAGE = join(import.meta.dirname, '../../docs/bench.md');

const named = process.argv.slice(2);
const unknown = named.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  const names = BENCHES.map(({ name }) => name).join(', ');
  process.stderr.write(`unknown: ${unknown.join(', ')}; expected ${names}, or none for all\n`);
  process.exit(2);
}
for (const bench of BENCHES.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const measuredOn = machine(tmpdir());
  const result = await bench.run((step) => process.stderr.write(`${bench.name}: ${step}\n`));
  const section = sectionOf(bench, result, measuredOn);
  process.stdout.write(`\n${section}\n\n`);
  writeFileSync(PAGE, pageWith(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '', [section]));
}
