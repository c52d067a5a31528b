import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { aggregation } from './aggregation.ts';
import type { Bench } from './bench.ts';
import { type BenchCommand, benchCommand } from './command-line.ts';
import { fanOut } from './fan-out.ts';
import { glass } from './glass.ts';
import { ingest } from './ingest.ts';
import { kills } from './kills.ts';
import { machine } from './machine.ts';
import { memory } from './memory.ts';
import { pageWith, type Section, sectionOf, summaryTableOf } from './report.ts';
import { stalls } from './stalls.ts';
import { steady } from './steady.ts';
import { storm } from './storm.ts';

/** All there are. `npm run bench -- aggregation` runs those that are named; `--quick` one small round of each. */
const BENCHES: readonly Bench[] = [glass, ingest, aggregation, fanOut, memory, storm, kills, stalls, steady];

const command = commandOrEnd();
const sections: Section[] = [];
for (const bench of BENCHES.filter(({ name }) => command.names.includes(name))) {
  const measuredOn = machine(tmpdir());
  const startedMs = performance.now();
  const seconds = () => ((performance.now() - startedMs) / 1_000).toFixed(1).padStart(5);
  const progress = (step: string) => process.stderr.write(`${seconds()} s ${bench.name}: ${step}\n`);
  const section = sectionOf(bench, await bench.run(progress, command), measuredOn);
  progress('done');
  process.stdout.write(`\n${section.text}\n\n`);
  sections.push(section);
  if (command.page !== null) writeFileSync(command.page, pageAt(command.page, section));
}
const summary = sections.flatMap((section) => section.summary);
if (summary.length > 0) process.stdout.write(`${summaryTableOf(summary)}\n`);

function pageAt(page: string, section: Section): string {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  return pageWith(
    before,
    [section],
    BENCHES.map(({ title }) => title),
  );
}

function commandOrEnd(): BenchCommand {
  try {
    return benchCommand(
      process.argv.slice(2),
      BENCHES.map(({ name }) => name),
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
