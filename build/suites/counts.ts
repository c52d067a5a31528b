import * as z from 'zod';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** From vitest's JSON report. A file that could not even be loaded has no tests in it; it counts as one that failed. */
export function vitestCounts(report: unknown): Counts {
  const { testResults, ...totals } = vitestSchema.parse(report);
  const notLoaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: totals.numPassedTests,
    failed: totals.numFailedTests + notLoaded.length,
    skipped: totals.numPendingTests + totals.numTodoTests,
  };
}

/** From Playwright's JSON report. */
export function playwrightCounts(report: unknown): Counts {
  const { expected, flaky, unexpected, skipped } = playwrightSchema.parse(report).stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}

export const sumOf = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    NOTHING,
  );

export const countsLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
