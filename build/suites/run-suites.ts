import { countsLine, sumOf } from './counts.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import type { Suite } from './suites.ts';

/** Runs every suite, whatever the ones before it did, and sums up. Gives the exit code. */
export async function runSuites(suites: readonly Suite[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop.abort());
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    console.log(`\n${suite.name}: ${suite.what}`);
    const result = await runSuite(suite, stop.signal);
    if (stop.signal.aborted) return 130;
    console.log(lineOf(result));
    results.push(result);
  }
  const sum = sumOf(results);
  for (const line of mishapLines(results)) console.log(line);
  console.log(`\n${results.map(lineOf).join('\n')}\n`);
  console.log(countsLine(sum));
  return sum.failed === 0 ? 0 : 1;
}

function mishapLines(results: readonly SuiteResult[]): readonly string[] {
  const named = (heading: string, of: (result: SuiteResult) => readonly string[]) => {
    const lines = results.flatMap((result) => of(result).map((one) => `  ${result.name}  ${one}`));
    return lines.length === 0 ? [] : [`\n${heading}:`, ...lines];
  };
  return [
    ...named('Passed at the second try only', ({ secondTries }) => secondTries),
    ...named('Failed', ({ failures, failed }) =>
      failed > 0 && failures.length === 0 ? ['ended badly: see its output above'] : failures,
    ),
  ];
}

const lineOf = (result: SuiteResult): string =>
  `  ${result.failed === 0 ? 'ok    ' : 'FAILED'}  ${result.name.padEnd(9)} ${countsLine(result)}  (${result.seconds.toFixed(1)} s)`;
