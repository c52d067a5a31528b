import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aTree, cruised, ruleNames } from './support/layers.ts';

const root = join(import.meta.dirname, '..');
const FOLDERS = ['cloud', 'main', 'renderer', 'build', 'test'].filter((name) => existsSync(join(root, name)));
const FEWEST_MODULES = 40;
const MOST_LINES = 300;
const MEDIAN_LINES = 90;

/** Every layer once, all as it should be. */
const SOUND = {
  'cloud/contracts/stub.ts': "import 'zod/mini';",
  'cloud/domain/stub.ts': "import '../contracts/stub.ts';",
  'cloud/domain/freshness.ts': "import type {} from '../contracts/stub.ts';",
  'cloud/sensors/stub.ts': "import 'zod'; import '../contracts/stub.ts';",
  'cloud/store/stub.ts': "import 'kysely'; import 'pg'; import 'node:fs'; import '../domain/stub.ts';",
  'cloud/functions/stub.ts': "import type {} from '@azure/functions'; import '../store/stub.ts';",
  'cloud/functions/index.ts': "import '@azure/functions'; import './stub.ts'; import './platform/stub.ts';",
  'cloud/functions/platform/stub.ts': "import 'node:crypto';",
  'cloud/client/stub.ts': "import '@microsoft/signalr'; import '../domain/freshness.ts';",
  'cloud/local/stub.ts': "import 'ws'; import '../contracts/stub.ts'; import './state/stub.ts';",
  'cloud/local/state/stub.ts': "import 'node:sqlite'; import '@peculiar/x509';",
  'main/bridge.ts': "import '../cloud/contracts/stub.ts';",
  'main/stub.ts': "import 'node:fs'; import '../cloud/client/stub.ts';",
  'renderer/design/stub.ts': "import 'lit'; import '@fontsource-variable/inter';",
  'renderer/sign/stub.ts': "import 'lit'; import type {} from '../../main/bridge.ts';",
  'renderer/sign/browser.ts': "import '../../cloud/client/stub.ts'; import './stub.ts';",
  'renderer/console/stub.ts': "import 'lit'; import '../design/stub.ts';",
  'build/stub.ts': "import 'vite'; import 'node:fs'; import '../cloud/contracts/stub.ts';",
  'test/support/stub.ts': "import '../../cloud/domain/stub.ts'; import '../../cloud/domain/freshness.ts';",
};

/** The rule that must refuse it, the file it is planted in, what is planted. */
const PLANTS = [
  ['cloud/contracts: folders', 'cloud/contracts/planted.ts', "import '../domain/stub.ts';"],
  ['cloud/contracts: packages', 'cloud/contracts/planted.ts', "import 'pino';"],
  ['cloud/contracts: no node', 'cloud/contracts/planted.ts', "import 'node:fs';"],
  ['cloud/domain: folders', 'cloud/domain/planted.ts', "import '../store/stub.ts';"],
  ['cloud/domain: packages', 'cloud/domain/planted.ts', "import 'zod';"],
  ['cloud/domain: no node', 'cloud/domain/planted.ts', "import 'node:crypto';"],
  ['cloud/sensors: folders', 'cloud/sensors/planted.ts', "import '../store/stub.ts';"],
  ['cloud/sensors: packages', 'cloud/sensors/planted.ts', "import 'kysely';"],
  ['cloud/sensors: no node', 'cloud/sensors/planted.ts', "import 'node:buffer';"],
  ['cloud/store: folders', 'cloud/store/planted.ts', "import '../functions/stub.ts';"],
  ['cloud/store: packages', 'cloud/store/planted.ts', "import 'ws';"],
  ['cloud/functions: folders', 'cloud/functions/planted.ts', "import '../local/stub.ts';"],
  ['cloud/functions: packages', 'cloud/functions/platform/planted.ts', "import 'ws';"],
  ['cloud/client: folders', 'cloud/client/planted.ts', "import '../domain/stub.ts';"],
  ['cloud/client: packages', 'cloud/client/planted.ts', "import 'pino';"],
  ['cloud/client: no node', 'cloud/client/planted.ts', "import 'node:fs';"],
  ['cloud/local: folders', 'cloud/local/planted.ts', "import '../functions/index.ts';"],
  ['cloud/local: packages', 'cloud/local/planted.ts', "import 'kysely';"],
  ['renderer/design: folders', 'renderer/design/planted.ts', "import '../../cloud/contracts/stub.ts';"],
  ['renderer/design: packages', 'renderer/design/planted.ts', "import 'zod';"],
  ['renderer/design: no node', 'renderer/design/planted.ts', "import 'node:fs';"],
  ['renderer/sign: folders', 'renderer/sign/planted.ts', "import '../../cloud/domain/stub.ts';"],
  ['renderer/sign: packages', 'renderer/sign/planted.ts', "import '@microsoft/signalr';"],
  ['renderer/sign: no node', 'renderer/sign/planted.ts', "import 'node:fs';"],
  ['renderer/console: folders', 'renderer/console/planted.ts', "import '../../cloud/client/stub.ts';"],
  ['renderer/console: packages', 'renderer/console/planted.ts', "import 'jose';"],
  ['renderer/console: no node', 'renderer/console/planted.ts', "import 'node:fs';"],
  ['main: folders', 'main/planted.ts', "import '../cloud/local/stub.ts';"],
  ['main: packages', 'main/planted.ts', "import 'ws';"],
  ['build: folders', 'build/planted.ts', "import '../cloud/store/stub.ts';"],
  ['build: packages', 'build/planted.ts', "import 'ws';"],
  ['every file has a home', 'cloud/planted.ts', "import 'zod';"],
  ['only main knows electron', 'renderer/sign/planted.ts', "import 'electron';"],
  ['only main knows electron', 'test/support/planted.ts', "import 'electron';"],
  ['functions register in one place', 'cloud/functions/planted.ts', "import '@azure/functions';"],
  ['sqlite of the embedded platform stays in state', 'cloud/local/planted.ts', "import 'node:sqlite';"],
  ['the glass sees main as types', 'renderer/sign/planted.ts', "import '../../main/bridge.ts';"],
  ['the bridge is all they share', 'renderer/sign/planted.ts', "import '../../cloud/client/stub.ts';"],
  ['no test code in the product', 'cloud/local/planted.ts', "import '../../test/support/stub.ts';"],
  ['the domain is tested', 'cloud/domain/planted.ts', "import '../contracts/stub.ts';"],
  ['no circles', 'cloud/store/planted.ts', "import './planted.ts';"],
  ['imports resolve', 'cloud/store/planted.ts', "import './gone.ts';"],
] as const;

describe('who imports whom', () => {
  test('the product keeps its own table of layers', async () => {
    const { summary, modules } = await cruised(root, FOLDERS);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(modules.filter(({ source }) => !source.includes('node_modules')).length).toBeGreaterThan(
      FEWEST_MODULES,
    );
  });

  test('a sound tree is not refused', async () => {
    using tree = aTree(SOUND);
    const { summary } = await cruised(tree.folder, FOLDERS_OF_A_TREE);
    expect(summary.violations).toEqual([]);
  });

  test.each(PLANTS)('"%s" refuses what is planted in %s: %s', async (rule, file, source) => {
    using tree = aTree({ ...SOUND, [file]: source });
    const { summary } = await cruised(tree.folder, FOLDERS_OF_A_TREE);
    const refusals = summary.violations.filter(({ from, to }) => from === file || to === file);
    expect(refusals.map((violation) => violation.rule.name)).toContain(rule);
  });

  test('every rule has refused something', () => {
    expect([...new Set(PLANTS.map(([rule]) => rule))].sort()).toEqual([...ruleNames].sort());
  });
});

const FOLDERS_OF_A_TREE = ['cloud', 'main', 'renderer', 'build', 'test'];

describe('what a reader finds', () => {
  test('every file that ARCHITECTURE.md names is there', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const paths = [...text.matchAll(/`([\w.@/-]+)`/g)].map(([, path = '']) => path).filter(looksLikeAFile);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('files are short', () => {
    const lines = productFiles().map((path) => ({ path, lines: linesOf(path) }));
    expect(lines.filter((file) => file.lines > MOST_LINES)).toEqual([]);
    expect(medianOf(lines.map((file) => file.lines))).toBeLessThanOrEqual(MEDIAN_LINES);
  });

  test('only the functions and the embedded cloud have a table of contents', () => {
    const found = productFiles().filter((path) => basename(path) === 'index.ts');
    expect(found.sort()).toEqual(['cloud/functions/index.ts', 'cloud/local/index.ts']);
  });
});

const looksLikeAFile = (path: string): boolean => /^(cloud|main|renderer|build|test|docs)\//.test(path);

const productFiles = (): readonly string[] =>
  globSync('{cloud,main,renderer,build}/**/*.{ts,mjs}', { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  );

const linesOf = (path: string): number => readFileSync(join(root, path), 'utf8').split('\n').length - 1;

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
