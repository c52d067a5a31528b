import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let clone: string;

/** A fresh clone of a project with one package, which comes from a folder beside it: no network is needed. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'vitrine-clone-'));
  mkdirSync(join(clone, 'build'));
  for (const file of ['setup.mjs', 'start.mjs'])
    cpSync(join(root, 'build', file), join(clone, 'build', file));
  writeFileSync(
    join(clone, 'build/start.ts'),
    "const word: string = 'started'; console.log(word, ...process.argv.slice(2)); process.exit(7);",
  );
  mkdirSync(join(clone, 'one'));
  keep('one/package.json', { name: 'one', version: '1.0.0' });
  keep('package.json', { name: 'clone', version: '1.0.0', dependencies: { one: 'file:one' } });
  keepLock('1.0.0');
});
afterEach(() => rmSync(clone, { recursive: true }));

const keep = (path: string, content: object): void =>
  writeFileSync(join(clone, path), JSON.stringify(content));

function keepLock(version: string): void {
  keep('one/package.json', { name: 'one', version });
  keep('package-lock.json', {
    name: 'clone',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'clone', version: '1.0.0', dependencies: { one: 'file:one' } },
      'node_modules/one': { resolved: 'one', link: true },
      one: { version },
    },
  });
}

const start = (...args: string[]) =>
  spawnSync(process.execPath, [join(clone, 'build/start.mjs'), ...args], { cwd: clone, encoding: 'utf8' });

describe('a fresh clone', () => {
  test('installs its packages first, says so, and then runs with what it was given and ends as it ended', () => {
    const { stdout, status } = start('--no-demo');
    expect(stdout).toMatch(
      /^Installing packages into .*node_modules \(about a minute, once\)\n {2}took \d+ s\nstarted --no-demo\n$/,
    );
    expect(status).toBe(7);
    expect(existsSync(join(clone, 'node_modules/one'))).toBe(true);
  });

  test('does not install twice, but again when the lockfile wants something else', () => {
    start();
    expect(start().stdout).toBe('started\n');
    keepLock('1.1.0');
    expect(start().stdout).toContain('Installing packages');
    expect(start().stdout).toBe('started\n');
  });

  test('shows what npm said, and goes no further, when packages cannot be installed', () => {
    keep('package.json', {
      name: 'clone',
      version: '1.0.0',
      dependencies: { one: 'file:one', two: 'file:two' },
    });
    const { stdout, stderr, status } = start();
    expect(stderr).toContain('package-lock.json');
    expect(stderr).toContain('npm ci failed in');
    expect(stdout).not.toContain('started');
    expect(status).toBe(1);
  });
});

test('packages that were installed by hand, without our doing, are good enough', () => {
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: clone, shell: process.platform === 'win32' });
  expect(start().stdout).toBe('started\n');
});
