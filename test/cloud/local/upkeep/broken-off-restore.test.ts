import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../../../cloud/local/open-data-folder.ts';
import { productFileOf } from '../../../../cloud/local/upkeep/data-files.ts';
import { finishRestore } from '../../../../cloud/local/upkeep/finish-restore.ts';
import { restoreBackup } from '../../../../cloud/local/upkeep/restore-backup.ts';
import { aDataFolder } from '../../../support/data-folder.ts';

const NOON_MS = Date.parse('2026-11-22T12:00:00Z');

/** A folder of its own for the product database, as on another disk. */
function elsewhere() {
  const folder = mkdtempSync(join(tmpdir(), 'other-disk-'));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

test('a restore that is cut while its folder is being removed is done: the cloud starts', async () => {
  using data = aDataFolder();
  data.count(3);
  for (const left of ['restored', '.restored', '.restoring']) {
    mkdirSync(join(data.folder, left));
    if (left.startsWith('.')) writeFileSync(join(data.folder, left, 'platform.db'), 'with keys');
    const { close } = await openDataFolder(data.folder, data.productFile);
    close();
    expect(existsSync(join(data.folder, left))).toBe(false);
  }
  expect(data.counts()).toEqual([3]);
});

test('onto another disk, cut after the copy is in its place: what was there before stays aside', async () => {
  using data = aDataFolder();
  using other = elsewhere();
  const aside = 'before-restore-x';
  const to = join(other.folder, 'v.db');
  mkdirSync(join(data.folder, 'restored'));
  mkdirSync(join(other.folder, aside));
  writeFileSync(
    join(data.folder, 'restored/plan.json'),
    JSON.stringify({ aside, files: [{ name: 'vitrine.db', to }] }),
  );
  for (const file of [join(data.folder, 'restored/vitrine.db'), to]) writeFileSync(file, 'of the back-up');
  writeFileSync(join(other.folder, aside, 'v.db'), 'of before');
  // Its copy was aside, and it was to go.
  for (const file of [`${to}-wal`, join(other.folder, aside, 'v.db-wal')])
    writeFileSync(file, 'log of before');
  await finishRestore(data.folder);
  expect(readFileSync(to, 'utf8')).toBe('of the back-up');
  expect(readdirSync(other.folder).toSorted()).toEqual([aside, 'v.db']);
  expect(readFileSync(join(other.folder, aside, 'v.db'), 'utf8')).toBe('of before');
  expect(readFileSync(join(other.folder, aside, 'v.db-wal'), 'utf8')).toBe('log of before');
});

test('two restores at one time of the clock keep what was there apart, and each says where, on every disk', async () => {
  using data = aDataFolder();
  using other = elsewhere();
  data.count(3);
  let folder = '';
  {
    await using upkeep = await data.start();
    ({ folder } = await upkeep.backUp('asked'));
  }
  const productFile = join(other.folder, 'v.db');
  const restored = async () =>
    (await restoreBackup({ backup: folder, dataFolder: data.folder, productFile, now: () => NOON_MS }))
      .asides;
  const [first, second] = [await restored(), await restored()];
  const name = 'before-restore-2026-11-22T12-00-00-000Z';
  expect(first).toEqual([join(other.folder, name), join(data.folder, name)]);
  expect(second).toEqual([join(other.folder, `${name}-2`), join(data.folder, `${name}-2`)]);
  expect(data.counts(join(other.folder, `${name}-2`, 'v.db'))).toEqual([3]);
});

test('a database in memory, which would be a file of that name, is refused', () => {
  expect(() => productFileOf('/data', 'sqlite::memory:')).toThrow(/--database: expected a file/);
});
