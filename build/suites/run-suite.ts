import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../places.ts';
import { type Counts, NOTHING, playwrightCounts, vitestCounts } from './counts.ts';
import { type Mishaps, NO_MISHAPS, playwrightMishaps, vitestMishaps } from './mishaps.ts';
import type { Suite } from './suites.ts';

export type SuiteResult = Counts & Mishaps & { readonly name: string; readonly seconds: number };

/**
 * Runs a suite. One with a report shows its output as it goes; a check shows it only if it fails.
 * Whatever a report says, a suite that ends badly has failed.
 */
export async function runSuite(suite: Suite, signal: AbortSignal): Promise<SuiteResult> {
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-report-'));
  try {
    const report = join(folder, 'report.json');
    const succeeded = await run(suite, report, signal);
    const told = await reported(suite, report);
    const { passed, failed } = countsOf(suite, told, succeeded);
    const seconds = (performance.now() - startedAt) / 1_000;
    return { ...told, passed, failed, name: suite.name, seconds };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run({ command, report }: Suite, file: string, signal: AbortSignal): Promise<boolean> {
  const [program, ...args] = command;
  const child = spawn(program, report === 'vitest' ? [...args, `--outputFile.json=${file}`] : args, {
    cwd: ROOT,
    env: { ...process.env, ...plainWhereNobodyLooks(), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    stdio: report === 'none' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk));
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const succeeded = await once(child, 'close').then(
    ([code]) => code === 0,
    (error: Error) => {
      output.push(Buffer.from(`${error.message}\n`));
      return false;
    },
  );
  signal.removeEventListener('abort', stop);
  if (!succeeded) process.stdout.write(Buffer.concat(output));
  return succeeded;
}

/** A log of a run is read as text. */
const plainWhereNobodyLooks = (): NodeJS.ProcessEnv => (process.stdout.isTTY ? {} : { NO_COLOR: '1' });

function countsOf(suite: Suite, counts: Counts, succeeded: boolean): Pick<Counts, 'passed' | 'failed'> {
  if (!succeeded) return { passed: counts.passed, failed: Math.max(counts.failed, 1) };
  return suite.report === 'none' ? { passed: 1, failed: 0 } : counts;
}

async function reported({ report }: Suite, file: string): Promise<Counts & Mishaps> {
  if (report === 'none' || !existsSync(file)) return { ...NOTHING, ...NO_MISHAPS };
  const content: unknown = JSON.parse(await readFile(file, 'utf8'));
  return report === 'vitest'
    ? { ...vitestCounts(content), ...vitestMishaps(content) }
    : { ...playwrightCounts(content), ...playwrightMishaps(content) };
}
