/** A command whose end decides, or which also writes how each of its tests ended. */
export type Suite = {
  readonly name: string;
  /** What it looks at, for people. */
  readonly what: string;
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** Who wrote the report; `none` counts as one test. */
  readonly report: 'none' | 'vitest' | 'playwright';
};

/** Needs nothing to run but the sources. */
export const CHECKS: readonly Suite[] = [
  { name: 'style', what: 'format and lint', command: ['biome', 'ci', '.'], report: 'none' },
  { name: 'types', what: 'TypeScript', command: ['tsc', '-p', '.'], report: 'none' },
  {
    name: 'layers',
    what: 'who imports whom',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      '{cloud,main,renderer,build,test}/**/*.{ts,mjs,cjs}',
    ],
    report: 'none',
  },
  {
    name: 'unused',
    what: 'files, exports and packages that nothing needs',
    command: ['knip'],
    report: 'none',
  },
];

export const SUITES: readonly Suite[] = [
  ...CHECKS,
  { name: 'build', what: 'the bundles', command: ['node', 'build/build.ts'], report: 'none' },
  vitest('unit', 'the parts, and the deployed bundle on Node 22', '--maxWorkers=2'),
  vitest('contract', 'what is remembered and counted, on SQLite and on PostgreSQL', '--maxWorkers=2'),
  vitest('flow', 'the whole cloud with real MQTT and SignalR clients', '--maxWorkers=3'),
  {
    name: 'browser',
    what: 'the sign in Chromium',
    command: ['playwright', 'test', '--reporter=list,json'],
    report: 'playwright',
  },
  {
    name: 'kiosk',
    what: 'the kiosk shell on a screen, on Electron where it is installed, else on its stand-in',
    command: onScreen('playwright', 'test', '-c', 'playwright.kiosk.config.ts', '--reporter=list,json'),
    report: 'playwright',
  },
];

/** On Linux a screen of its own, with a window manager: without one a full-screen window is not quite. */
function onScreen(...command: readonly string[]): Suite['command'] {
  const [program = '', ...args] = command;
  if (process.platform !== 'linux') return [program, ...args];
  const withManager = ['sh', '-c', 'openbox >/dev/null 2>&1 & exec "$@"', 'sh', ...command];
  return ['xvfb-run', '-a', '-s', '-screen 0 1920x1080x24', ...withManager];
}

/** By default vitest leaves a core to others; a suite that waits for disks and servers need not. */
function vitest(project: string, what: string, ...options: readonly string[]): Suite {
  const command = [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    ...options,
  ] as const;
  return { name: project, what, command, report: 'vitest' };
}
