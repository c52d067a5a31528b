import { defineConfig } from 'vitest/config';

/** How long a fact may take to become true on a busy machine, before a test gives it up. */
const FACT_WITHIN_MS = 15_000;

/**
 * Real clients, browsers and processes share two cores: one test may starve another. The run names each test that needed its
 * second try. A property that was refuted has found a fault, whatever the next thousand runs say: it gets none.
 */
const SECOND_TRY = { count: 1, condition: /^(?!Property failed)/ };

const project = (name: string, include: string[], timeoutMs: number, globalSetup: string[] = []) => ({
  test: {
    name,
    include,
    globalSetup,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    retry: SECOND_TRY,
    expect: { poll: { timeout: FACT_WITHIN_MS } },
  },
});

export default defineConfig({
  test: {
    projects: [
      project(
        'unit',
        [
          'test/*.test.ts',
          'test/cloud/**/*.test.ts',
          'test/main/**/*.test.ts',
          'test/renderer/**/*.test.ts',
          'test/build/**/*.test.ts',
          'test/hostile/**/*.test.ts',
        ],
        20_000,
      ),
      project('contract', ['test/contract/**/*.test.ts', 'test/conformance/**/*.test.ts'], 120_000, [
        'test/support/provide-postgres.ts',
      ]),
      project('flow', ['test/flow/**/*.test.ts', 'test/bench/**/*.test.ts'], 120_000),
    ],
  },
});
