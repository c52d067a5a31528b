import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../../../cloud/local/open-data-folder.ts';
import { openDevices } from '../../../../cloud/local/state/devices.ts';
import { PLATFORM_SCHEMA_VERSION } from '../../../../cloud/local/state/open-platform-database.ts';
import { beginProductEpoch, productEpoch } from '../../../../cloud/local/state/product-epoch.ts';
import { platformSecret } from '../../../../cloud/local/state/secrets.ts';
import type { Manifest } from '../../../../cloud/local/upkeep/manifest.ts';
import { restoreBackup } from '../../../../cloud/local/upkeep/restore-backup.ts';
import { aDataFolder, bytesBelow, type TestDataFolder } from '../../../support/data-folder.ts';

const NOON_MS = Date.parse('2026-11-22T12:00:00Z');
const HOUR_MS = 3_600_000;

const restored = (data: TestDataFolder, backup: string, nowMs = NOON_MS + HOUR_MS) =>
  restoreBackup({ backup, dataFolder: data.folder, productFile: data.productFile, now: () => nowMs });

/** A folder with one count and one device, and a back-up of it; then another count and another device. */
async function movedOn(data: TestDataFolder) {
  data.count(3);
  await using upkeep = await data.start({ now: () => NOON_MS });
  openDevices(upkeep.database).create('street-1');
  const key = platformSecret(upkeep.database, 'hub-owner-key');
  const { folder } = await upkeep.backUp('asked');
  data.count(4);
  openDevices(upkeep.database).create('late-1');
  return { folder, key };
}

async function inside<T>(data: TestDataFolder, look: (database: DatabaseSync) => T): Promise<T> {
  const { database, close } = await openDataFolder(data.folder, data.productFile);
  try {
    return look(database);
  } finally {
    close();
  }
}

const changeManifest = (folder: string, change: (manifest: Manifest) => object) => {
  const file = join(folder, 'manifest.json');
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
};

test('a restore brings back the counts, devices and keys of that time, and keeps what was there', async () => {
  using data = aDataFolder();
  const { folder, key } = await movedOn(data);
  const { asides, lostDevices, manifest } = await restored(data, folder);
  const [aside = ''] = asides;
  expect(asides).toHaveLength(1);
  expect(manifest.madeAt).toBe('2026-11-22T12:00:00.000Z');
  expect(lostDevices).toEqual(['late-1']);
  expect(data.counts()).toEqual([3]);
  expect(data.counts(join(aside, 'vitrine.db'))).toEqual([3, 4]);
  await inside(data, (database) => {
    expect(
      openDevices(database)
        .list(10)
        .map(({ deviceId }) => deviceId),
    ).toEqual(['street-1']);
    expect(platformSecret(database, 'hub-owner-key')).toBe(key);
  });
  expect(statSync(aside).mode & 0o777).toBe(0o700);
  expect(statSync(data.productFile).mode & 0o777).toBe(0o600);
  expect(
    readdirSync(data.folder).filter((name) => name.startsWith('restor') || name.startsWith('.')),
  ).toEqual([]);
});

test('what was committed and not yet in the file goes aside as well, and never into the restored counts', async () => {
  using data = aDataFolder();
  const { folder } = await movedOn(data);
  // A process that was killed leaves its log behind.
  const writer = new DatabaseSync(data.productFile);
  writer.exec('pragma wal_autocheckpoint = 0; insert into counts (people) values (5)');
  const log = readFileSync(`${data.productFile}-wal`);
  writer.close();
  writeFileSync(`${data.productFile}-wal`, log);
  const {
    asides: [aside = ''],
  } = await restored(data, folder);
  expect(data.counts()).toEqual([3]);
  expect(existsSync(join(aside, 'vitrine.db-wal'))).toBe(true);
});

test('a new machine takes a back-up as it is', async () => {
  using data = aDataFolder();
  using fresh = aDataFolder();
  const { folder, key } = await movedOn(data);
  rmSync(fresh.folder, { recursive: true });
  const { lostDevices } = await restored(fresh, folder);
  expect(lostDevices).toEqual([]);
  expect(fresh.counts()).toEqual([3]);
  expect(await inside(fresh, (database) => platformSecret(database, 'hub-owner-key'))).toBe(key);
});

test('nothing is restored under a cloud that runs', async () => {
  using data = aDataFolder();
  const { folder } = await movedOn(data);
  await using _ = await data.start();
  await expect(restored(data, folder)).rejects.toMatchObject({ code: 'ERR_DATA_FOLDER_IN_USE' });
  expect(data.counts()).toEqual([3, 4]);
});

test('nothing starts and nothing is backed up while another holds the folder or the product database', async () => {
  using data = aDataFolder();
  using other = aDataFolder();
  await using _ = await data.start();
  await expect(openDataFolder(data.folder, undefined)).rejects.toMatchObject({
    code: 'ERR_DATA_FOLDER_IN_USE',
  });
  await expect(openDataFolder(other.folder, data.productFile)).rejects.toMatchObject({
    code: 'ERR_DATA_FOLDER_IN_USE',
    message: expect.stringContaining('--database'),
  });
  // The refused one lets go of its own folder.
  await inside(other, () => undefined);
});

test.each<[string, RegExp, (folder: string) => void]>([
  ['without a manifest', /manifest\.json cannot be read/, (folder) => rmSync(join(folder, 'manifest.json'))],
  [
    'without one of its files',
    /vitrine\.db: the file is missing/,
    (folder) => rmSync(join(folder, 'vitrine.db')),
  ],
  [
    'whose file was changed',
    /SHA-256/,
    (folder) => {
      const database = new DatabaseSync(join(folder, 'vitrine.db'));
      database.exec('update counts set people = 9');
      database.close();
    },
  ],
  [
    'that was cut short',
    /expected \d+ bytes, it has \d+/,
    (folder) =>
      writeFileSync(join(folder, 'vitrine.db'), readFileSync(join(folder, 'vitrine.db')).subarray(0, 4_096)),
  ],
  [
    'that names a path',
    /files\.0\.name/,
    (folder) =>
      changeManifest(folder, (manifest) => ({
        ...manifest,
        files: [{ ...manifest.files[0], name: '../x.db' }],
      })),
  ],
  [
    'of a newer program',
    /newer program \(Vitrine 99\.0\.0/,
    (folder) => changeManifest(folder, (manifest) => ({ ...manifest, programVersion: '99.0.0' })),
  ],
  [
    'of a newer platform',
    new RegExp(`this program knows ${PLATFORM_SCHEMA_VERSION}`),
    (folder) =>
      changeManifest(folder, (manifest) => ({
        ...manifest,
        files: manifest.files.map((file) => ({ ...file, schemaVersion: 99 })),
      })),
  ],
])('a back-up %s is refused in plain words, and nothing is changed', async (_, words, spoil) => {
  using data = aDataFolder();
  const { folder } = await movedOn(data);
  spoil(folder);
  const before = bytesBelow(data.folder);
  await expect(restored(data, folder)).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_BACKUP/),
    message: expect.stringMatching(words),
  });
  expect(bytesBelow(data.folder)).toEqual(before);
});

test('a restore that is broken off once it is decided is finished by the next start, wherever it was', async () => {
  using data = aDataFolder();
  const { folder } = await movedOn(data);
  await restored(data, folder);
  const staged = join(data.folder, 'restored');
  const aside = readdirSync(data.folder).find((name) => name.startsWith('before-restore-')) ?? '';
  const files = ['vitrine.db', 'platform.db'].map((name) => ({ name, to: join(data.folder, name) }));
  for (const moved of [0, 1, 2]) {
    // Back to the moment after so many files have found their places.
    mkdirSync(staged);
    writeFileSync(join(staged, 'plan.json'), JSON.stringify({ aside, files }));
    for (const { name, to } of files.slice(moved)) {
      renameSync(to, join(staged, name));
      renameSync(join(data.folder, aside, name), to);
    }
    await inside(data, (database) => expect(openDevices(database).read('late-1')).toBeUndefined());
    expect(data.counts()).toEqual([3]);
    expect(data.counts(join(data.folder, aside, 'vitrine.db'))).toEqual([3, 4]);
    expect(existsSync(staged)).toBe(false);
  }
});

test('each restore begins a later epoch than any before, whatever the clock says', async () => {
  using data = aDataFolder();
  const { folder } = await movedOn(data);
  const epochAfter = async (nowMs: number) => {
    await restored(data, folder, nowMs);
    return (await inside(data, productEpoch)) ?? 0;
  };
  const first = await epochAfter(NOON_MS + HOUR_MS);
  expect(first).toBe(NOON_MS + HOUR_MS);
  const clockSetBack = await epochAfter(NOON_MS - 1_000 * HOUR_MS);
  expect(clockSetBack).toBeGreaterThan(first);
  expect(await epochAfter(NOON_MS + 2 * HOUR_MS)).toBe(NOON_MS + 2 * HOUR_MS);
});

test('a database that is born again begins a later epoch, also by a slower clock', async () => {
  using data = aDataFolder();
  await inside(data, (database) => {
    expect(beginProductEpoch(database, NOON_MS)).toBe(NOON_MS);
    expect(beginProductEpoch(database, NOON_MS - HOUR_MS)).toBeGreaterThan(NOON_MS);
  });
});
