import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const SUITE = ['run', '--project', 'contract', 'test/contract/crash-points.test.ts'];

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          meta: z.object({ crashPoints: z.int().optional() }),
        }),
      ),
    }),
  ),
});

/** Crashes the cloud before and after every statement of a busy evening; gives at how many points, by engine. Throws where a test fails. */
export async function crashPoints(): Promise<Readonly<Record<'SQLite' | 'PostgreSQL', number>>> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-crash-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const child = spawn(process.execPath, [VITEST, ...SUITE, ...reporters], { cwd: ROOT, stdio: 'inherit' });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error('a crash lost something, or counted it twice: see above');
    const { testResults } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const pointsOn = (engine: string) =>
      tests
        .filter(({ ancestorTitles }) => ancestorTitles[0]?.startsWith(engine))
        .reduce((sum, { meta }) => sum + (meta.crashPoints ?? 0), 0);
    return { SQLite: pointsOn('SQLite'), PostgreSQL: pointsOn('PostgreSQL') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
