// Plants faults one by one in a copy of the checkout, and expects a test to fail for each. `node test/mutants/run.ts [words]`
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startPostgres } from '../support/postgres.ts';
import { copiedCheckout } from './copied-checkout.ts';
import type { Fault, TestRun } from './fault.ts';
import { FAULTS_OF_COUNTING } from './faults-of-counting.ts';
import { FAULTS_OF_TELLING } from './faults-of-telling.ts';
import { FAULTS_OF_TIME } from './faults-of-time.ts';
import { runTests } from './run-tests.ts';
import { typeChecker } from './type-errors.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ALL: readonly Fault[] = [...FAULTS_OF_COUNTING, ...FAULTS_OF_TIME, ...FAULTS_OF_TELLING];

const say = (line: string) => process.stdout.write(`${line}\n`);
const words = process.argv.slice(2).join(' ');
const faults = ALL.filter(({ name, file }) => `${name} ${file}`.includes(words));

using checkout = copiedCheckout(ROOT);
const { root } = checkout;
const planted = plantedFaults(root, faults);
const postgres = await startPostgres();
try {
  await expectGreen(faults.flatMap(({ runs }) => runs));
  const survivors: string[] = [];
  for (const [index, fault] of faults.entries()) {
    const startedAt = performance.now();
    const caughtBy = await caughtFault(fault, planted[index] ?? '');
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const progress = `${String(index + 1).padStart(3)}/${faults.length} ${seconds.padStart(5)} s`;
    say(`${progress}  ${caughtBy === undefined ? 'SURVIVED' : 'caught'}  ${fault.name}`);
    if (caughtBy === undefined) survivors.push(fault.name);
    else say(`                by: ${caughtBy}`);
  }
  for (const name of survivors) say(`no test notices that ${name}`);
  say(`${faults.length - survivors.length} of ${faults.length} caught`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
}

/** Each file with its fault in it. Throws where a fault cannot be planted: the program has changed, and the fault must too. */
function plantedFaults(at: string, all: readonly Fault[]): readonly string[] {
  const typeErrorsOf = typeChecker(at, [...new Set(all.map(({ file }) => file))]);
  return all.map(({ name, file, find, replace }) => {
    const [before, after, ...others] = readFileSync(join(at, file), 'utf8').split(find);
    if (before === undefined || after === undefined || others.length > 0) {
      throw new Error(`"${name}" cannot be planted: ${file} has not exactly one\n${find}`);
    }
    const text = before + replace + after;
    const errors = typeErrorsOf(file, text);
    if (errors.length > 0) throw new Error(`"${name}" does not compile: ${errors.join('; ')}`);
    return text;
  });
}

/** Without a fault nothing fails, or a failure would say nothing. */
async function expectGreen(runs: readonly TestRun[]): Promise<void> {
  const different = new Map(runs.map((run) => [JSON.stringify(run), run]));
  for (const run of different.values()) {
    const { passed, failed, broken } = await runTests(root, run, postgres.url);
    const what = [run.project, ...run.files, run.only ?? ''].join(' ');
    if (broken !== undefined || failed.length > 0) {
      throw new Error(`without any fault: ${what}: ${broken ?? `failed: ${failed.join('; ')}`}`);
    }
    say(`${String(passed).padStart(4)} passed without a fault: ${what}`);
  }
}

/** The sentence of the test that noticed it; undefined: none did. */
async function caughtFault({ name, file, runs }: Fault, text: string): Promise<string | undefined> {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, text);
  try {
    for (const run of runs) {
      const { failed, broken } = await runTests(root, run, postgres.url);
      if (broken !== undefined) throw new Error(`with "${name}" the tests could not be run: ${broken}`);
      if (failed[0] !== undefined) return failed[0];
    }
    return undefined;
  } finally {
    writeFileSync(path, before);
  }
}
