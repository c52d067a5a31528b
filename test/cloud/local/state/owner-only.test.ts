import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeOwnerOnly } from '../../../../cloud/local/state/owner-only.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'vitrine-owner-only-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

const modeOf = (path: string) => statSync(path).mode & 0o1777;

/** A folder with files that everybody may read, as an older program or a careless copy leaves them. */
function anOpenFolder(...names: readonly string[]): string {
  const folder = join(parent, 'data');
  mkdirSync(folder);
  for (const name of names) {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), 0o644);
  }
  chmodSync(folder, 0o755);
  return folder;
}

function madeOwnerOnly(folder: string): readonly string[] {
  const warned: string[] = [];
  makeOwnerOnly(folder, pino({ level: 'warn' }, { write: (line) => void warned.push(JSON.parse(line).msg) }));
  return warned;
}

describe.skipIf(process.platform === 'win32')('what others on this machine can read', () => {
  test('is nothing of a new data folder', () => {
    const folder = join(parent, 'a/b');
    expect(madeOwnerOnly(folder)).toEqual([]);
    expect(modeOf(folder)).toBe(0o700);
  });

  test('is nothing of one that was open, its journals and log neither; the authority is for all', () => {
    const secret = [
      'platform.db',
      'platform.db-wal',
      'platform.db-shm',
      'vitrine.db',
      'cloud.log',
      'demonstration.json',
    ];
    const folder = anOpenFolder(...secret, 'ca.pem');
    expect(madeOwnerOnly(folder)).toEqual([]);
    expect(modeOf(folder)).toBe(0o700);
    for (const name of secret) expect([name, modeOf(join(folder, name))]).toEqual([name, 0o600]);
    expect(modeOf(join(folder, 'ca.pem'))).toBe(0o644);
  });

  test('is left as it is, and told, where a folder of other things was named', () => {
    const folder = anOpenFolder('readme.txt', 'other.db');
    expect(madeOwnerOnly(folder)).toEqual(['other users of this machine can look into the data folder']);
    expect([modeOf(folder), modeOf(join(folder, 'other.db'))]).toEqual([0o755, 0o644]);
    const shared = anOpenFolderLikeTmp();
    expect(madeOwnerOnly(shared)).toHaveLength(1);
    expect(modeOf(shared)).toBe(0o1777);
  });

  test('is not changed through a link that leads out of the folder', () => {
    const outside = join(parent, 'outside.db');
    writeFileSync(outside, '');
    chmodSync(outside, 0o644);
    const folder = anOpenFolder('platform.db');
    symlinkSync(outside, join(folder, 'vitrine.db'));
    expect(madeOwnerOnly(folder)).toEqual([]);
    expect(modeOf(outside)).toBe(0o644);
  });
});

function anOpenFolderLikeTmp(): string {
  const folder = join(parent, 'tmp');
  mkdirSync(folder);
  writeFileSync(join(folder, 'platform.db'), '');
  chmodSync(folder, 0o1777);
  return folder;
}
