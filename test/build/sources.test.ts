import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isFresh, stamped } from '../../build/sources.ts';

let root: string;
const dist = () => join(root, 'dist');
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-sources-'));
  mkdirSync(join(root, 'cloud/domain'), { recursive: true });
  write('cloud/domain/day.ts', 'one');
  write('package-lock.json', '{}');
  await stamped(root, dist(), async () => {});
});
afterEach(() => rmSync(root, { recursive: true }));

describe('what was built', () => {
  test('is fresh until a source changes, also back again', async () => {
    expect(await isFresh(root, dist())).toBe(true);
    write('cloud/domain/day.ts', 'two');
    expect(await isFresh(root, dist())).toBe(false);
    write('cloud/domain/day.ts', 'one');
    expect(await isFresh(root, dist())).toBe(true);
  });

  test('is stale when a file has another name, or the packages are others', async () => {
    renameSync(join(root, 'cloud/domain/day.ts'), join(root, 'cloud/domain/night.ts'));
    expect(await isFresh(root, dist())).toBe(false);
    renameSync(join(root, 'cloud/domain/night.ts'), join(root, 'cloud/domain/day.ts'));
    write('package-lock.json', '{"packages":{}}');
    expect(await isFresh(root, dist())).toBe(false);
  });

  test('is stale after a build that failed', async () => {
    const build = stamped(root, dist(), () => Promise.reject(new Error('does not compile')));
    await expect(build).rejects.toThrow('does not compile');
    expect(await isFresh(root, dist())).toBe(false);
  });
});
