import { describe, expect, test } from 'vitest';
import { countsLine, playwrightCounts, sumOf, vitestCounts } from '../../build/suites/counts.ts';
import { playwrightMishaps, vitestMishaps } from '../../build/suites/mishaps.ts';
import { runSuite } from '../../build/suites/run-suite.ts';

const signal = new AbortController().signal;
const aReport = (difference: object) => ({
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{}] }],
  ...difference,
});

describe('the counts of a run', () => {
  test('a test file that could not be loaded counts as one that failed', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(vitestCounts(aReport({}))).toEqual({ passed: 5, failed: 1, skipped: 3 });
    expect(vitestCounts(aReport({ testResults }))).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  test('a browser test that passed at the second try has passed', () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 1 };
    expect(playwrightCounts({ stats })).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  test('are summed up in one line', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(countsLine(sumOf([one, one]))).toBe('2 passed, 4 failed, 6 skipped');
  });
});

describe('a suite', () => {
  const suite = { name: 'x', what: 'y', report: 'none' } as const;
  const command = (source: string) => [process.execPath, '-e', source] as const;

  test('that is a check counts as one test', async () => {
    expect(await runSuite({ ...suite, command: command('') }, signal)).toMatchObject({
      passed: 1,
      failed: 0,
    });
    expect(await runSuite({ ...suite, command: command('process.exit(2)') }, signal)).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  test('whose program is missing has failed', async () => {
    expect(await runSuite({ ...suite, command: ['no-such-program'] }, signal)).toMatchObject({ failed: 1 });
  });

  test('that ends badly has failed, although its report says that all passed', async () => {
    const write = `
      const file = process.argv.find((one) => one.startsWith('--outputFile.json=')).split('=')[1];
      require('fs').writeFileSync(file, ${JSON.stringify(JSON.stringify(aReport({ numFailedTests: 0 })))});
      process.exit(1);`;
    const args = [...command(write), '--'] as const;
    expect(await runSuite({ ...suite, report: 'vitest', command: args }, signal)).toMatchObject({
      passed: 5,
      failed: 1,
    });
  });
});

describe('a run tells', () => {
  test('which tests failed and what was wrong, and which passed at the second try only', () => {
    const failed = {
      fullName: 'a sign is dark',
      status: 'failed',
      failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\nat x'],
    };
    const slow = { ...failed, fullName: 'a sign is slow', status: 'passed' };
    const file = { name: '/home/me/vitrine/test/flow/a.test.ts', status: 'failed' };
    expect(
      vitestMishaps({
        testResults: [
          { ...file, assertionResults: [failed, slow, { fullName: 'fine', status: 'passed' }] },
          { ...file, message: 'no such module', assertionResults: [] },
        ],
      }),
    ).toEqual({
      failures: [
        'test/flow/a.test.ts: a sign is dark\n      expected 1 to be 2',
        'test/flow/a.test.ts: could not be loaded\n      no such module',
      ],
      secondTries: ['test/flow/a.test.ts: a sign is slow\n      expected 1 to be 2'],
    });
  });

  test('the same of tests in a browser', () => {
    const results = [{ error: { message: 'no button' } }, {}];
    const specs = [
      { title: 'pairs', tests: [{ status: 'flaky', results }] },
      { title: 'moves', tests: [{ status: 'unexpected', results }] },
      { title: 'shows', tests: [{ status: 'expected', results: [{}] }] },
    ];
    const suites = [{ title: 'walk.spec.ts', suites: [{ title: 'a console', specs }] }];
    expect(playwrightMishaps({ suites })).toEqual({
      failures: ['walk.spec.ts: a console: moves\n      no button'],
      secondTries: ['walk.spec.ts: a console: pairs\n      no button'],
    });
  });
});
