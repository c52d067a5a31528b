import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], timeoutMs: number, globalSetup: string[] = []) => ({
  test: { name, include, globalSetup, testTimeout: timeoutMs, hookTimeout: timeoutMs },
});

export default defineConfig({
  // The glass uses TypeScript's own decorators; see DECISIONS.md.
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
        ],
        20_000,
      ),
      project('contract', ['test/contract/**/*.test.ts'], 120_000, ['test/support/provide-postgres.ts']),
      project('flow', ['test/flow/**/*.test.ts'], 120_000),
    ],
  },
});
