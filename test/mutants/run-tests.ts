import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { TestRun } from './fault.ts';

/** `failed`: the sentences of the tests that did. `broken`: why the run says nothing of any test. */
export type TestResult = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly broken: string | undefined;
};

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** What a test says that met no wrong answer but a program that cannot run. */
const NOT_A_WRONG_ANSWER = /^(ReferenceError|SyntaxError|TypeError):/;

/** Runs tests of a checkout until one fails. */
export async function runTests(root: string, run: TestRun, databaseUrl: string): Promise<TestResult> {
  const report = join(root, 'mutant-report.json');
  rmSync(report, { force: true });
  const args = ['run', '--project', run.project, '--bail=1', '--reporter=json', `--outputFile=${report}`];
  if (run.only !== undefined) args.push('-t', run.only);
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), ...args, ...run.files],
    {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  if (!existsSync(report)) return broken(`vitest ended with ${code} and no report:\n${output}`);
  return resultOf(reportSchema.parse(JSON.parse(readFileSync(report, 'utf8'))));
}

function resultOf({ testResults }: z.infer<typeof reportSchema>): TestResult {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  const unloaded = testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  // After a first failure the files that follow are left out, and look as if they could not be loaded.
  if (unloaded !== undefined && failed.length === 0)
    return broken(`${unloaded.name} could not be loaded: ${unloaded.message}`);
  const crashed = failed.flatMap(({ failureMessages }) => failureMessages ?? []);
  const crash = crashed.find((message) => NOT_A_WRONG_ANSWER.test(message));
  if (crash !== undefined) return broken(crash);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  if (passed + failed.length === 0) return broken('there was no test to run');
  return { passed, failed: failed.map(({ title }) => title), broken: undefined };
}

const broken = (why: string): TestResult => ({ passed: 0, failed: [], broken: why });
