import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askRunningCloud } from '../../../../cloud/local/upkeep/ask-running-cloud.ts';
import { backUpStopped } from '../../../../cloud/local/upkeep/back-up-stopped.ts';
import { checkedBackup } from '../../../../cloud/local/upkeep/check-backup.ts';
import { manifestSchema } from '../../../../cloud/local/upkeep/manifest.ts';
import { aDataFolder } from '../../../support/data-folder.ts';

const DAY_MS = 24 * 3_600_000;
const NOON_MS = Date.parse('2026-11-22T12:00:00Z');

const modeOf = (path: string) => statSync(path).mode & 0o777;

test('a back-up holds every database, says what is in it, and is for its owner only', async () => {
  using data = aDataFolder();
  data.count(3);
  await using upkeep = await data.start({ now: () => NOON_MS });
  const { folder, manifest } = await upkeep.backUp('asked');
  expect(folder).toBe(join(data.folder, 'backups/2026-11-22T12-00-00-000Z'));
  expect(manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))).toEqual(
    manifest,
  );
  expect(manifest).toMatchObject({
    madeAt: '2026-11-22T12:00:00.000Z',
    why: 'asked',
    productDatabase: 'sqlite',
    files: [
      { name: 'vitrine.db', role: 'product', schemaVersion: 0 },
      { name: 'platform.db', role: 'platform' },
    ],
  });
  expect(await checkedBackup(folder)).toEqual(manifest);
  expect(data.counts(join(folder, 'vitrine.db'))).toEqual([3]);
  expect(modeOf(join(data.folder, 'backups'))).toBe(0o700);
  expect(modeOf(folder)).toBe(0o700);
  for (const name of ['vitrine.db', 'platform.db', 'manifest.json'])
    expect(modeOf(join(folder, name))).toBe(0o600);
});

test('a back-up made under load is one moment: no commit is in it in part, none of before is missing, and none waited', async () => {
  using data = aDataFolder();
  await using upkeep = await data.start();
  const writer = new DatabaseSync(data.productFile, { timeout: 0 });
  writer.exec('create table doors (number integer primary key, filling text)');
  const inDoors = writer.prepare('insert into doors (filling) values (?)');
  const inCounts = writer.prepare('insert into counts (people) values (1)');
  let commits = 0;
  const commit = () => {
    writer.exec('begin immediate');
    inDoors.run('x'.repeat(4_000));
    inCounts.run();
    writer.exec('commit');
    commits += 1;
  };
  while (commits < 1_000) commit();
  let busy = true;
  const load = (async () => {
    while (busy) {
      commit();
      await turnOfTheLoop();
    }
  })();
  const { folder } = await upkeep.backUp('asked');
  busy = false;
  await load;
  const copy = new DatabaseSync(join(folder, 'vitrine.db'), { readOnly: true });
  const numberIn = (table: string) => Number(copy.prepare(`select count(*) as n from ${table}`).get()?.n);
  expect(numberIn('counts')).toBe(numberIn('doors'));
  expect(numberIn('counts')).toBeGreaterThanOrEqual(1_000);
  expect(numberIn('counts')).toBeLessThan(commits);
  copy.close();
  writer.close();
});

test('the owner asks the running cloud; a back-up asked for twice is made twice', async () => {
  using data = aDataFolder();
  await using _ = await data.start();
  const [first, second] = await Promise.all([askRunningCloud(data.folder), askRunningCloud(data.folder)]);
  expect(first?.manifest.why).toBe('asked');
  expect(data.backups()).toHaveLength(2);
  expect(first?.folder).not.toBe(second?.folder);
  await expect(
    backUpStopped({ dataFolder: data.folder, productFile: data.productFile, now: Date.now }),
  ).rejects.toMatchObject({ code: 'ERR_DATA_FOLDER_IN_USE' });
});

test('who cannot read the data folder cannot ask', async () => {
  using data = aDataFolder();
  await using _ = await data.start();
  const file = join(data.folder, 'upkeep.json');
  expect(modeOf(file)).toBe(0o600);
  const { port } = JSON.parse(readFileSync(file, 'utf8'));
  const asked = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/backup`, { method: 'POST', headers }).then(({ status }) => status);
  expect(await asked({})).toBe(401);
  expect(await asked({ authorization: 'Bearer x' })).toBe(401);
});

test('without a running cloud the owner backs up all the same, also where one was killed', async () => {
  using data = aDataFolder();
  data.count(7);
  {
    await using _ = await data.start();
  }
  // As one that was killed leaves it: its port is nobody's.
  writeFileSync(join(data.folder, 'upkeep.json'), JSON.stringify({ port: 1, key: 'gone' }));
  expect(await askRunningCloud(data.folder)).toBeUndefined();
  const { folder } = await backUpStopped({
    dataFolder: data.folder,
    productFile: data.productFile,
    now: Date.now,
  });
  expect(data.counts(join(folder, 'vitrine.db'))).toEqual([7]);
});

test('a folder that no cloud has run on is not made, and not backed up', async () => {
  using data = aDataFolder();
  const mistyped = join(data.folder, 'dota');
  await expect(
    backUpStopped({ dataFolder: mistyped, productFile: undefined, now: Date.now }),
  ).rejects.toMatchObject({
    code: 'ERR_NO_DATA',
  });
  expect(() => statSync(mistyped)).toThrow();
});

test('a damaged database makes no back-up, and what there was stays', async () => {
  using data = aDataFolder();
  data.count(...Array.from({ length: 2_000 }, (_, people) => people));
  await using upkeep = await data.start();
  await upkeep.backUp('asked');
  const file = openSync(data.productFile, 'r+');
  writeSync(file, Buffer.alloc(4_096, 0xaa), 0, 4_096, 2 * 4_096);
  closeSync(file);
  await expect(upkeep.backUp('asked')).rejects.toMatchObject({ code: 'ERR_COPY' });
  expect(data.backups()).toHaveLength(1);
});

test('one that was broken off is not taken for a back-up, and goes with the next start', async () => {
  using data = aDataFolder();
  mkdirSync(join(data.folder, 'backups/.unfinished-2026-11-22T12-00-00-000Z'), { recursive: true });
  await using upkeep = await data.start();
  await upkeep.backUp('daily');
  expect(data.backups()).toEqual([expect.not.stringMatching(/^\./)]);
});

test('one a day by itself, also where the machine was off at that hour; the newest seven stay, and all that were asked for', async () => {
  using data = aDataFolder();
  let nowMs = NOON_MS;
  const asked = { hour: 4, minute: 10 };
  await using upkeep = await data.start({ now: () => nowMs, backUpAt: asked, firstAfterMs: 0 });
  await upkeep.backUp('asked');
  for (let day = 0; day < 9; day += 1) {
    await upkeep.look();
    nowMs += 60_000;
    await upkeep.look();
    nowMs += DAY_MS;
  }
  const kept = data.backups().toSorted();
  expect(kept).toHaveLength(8);
  expect(kept[0]).toBe('2026-11-22T12-00-00-000Z');
  expect(kept.slice(1).map((name) => name.slice(0, 10))).toEqual(
    ['24', '25', '26', '27', '28', '29', '30'].map((day) => `2026-11-${day}`),
  );
});

test('on a disk that is nearly full the log says so, and only own back-ups go, never the newest', async () => {
  using data = aDataFolder();
  let nowMs = NOON_MS;
  await using upkeep = await data.start({ now: () => nowMs, lowBytes: Number.MAX_SAFE_INTEGER });
  for (const why of ['asked', 'daily', 'daily', 'daily'] as const) {
    await upkeep.backUp(why);
    nowMs += 1_000;
  }
  await upkeep.look();
  expect(data.backups().toSorted()).toEqual(['2026-11-22T12-00-00-000Z', '2026-11-22T12-00-03-000Z']);
  expect(data.logged.at(-1)).toMatch(/the disk is nearly full: \d+ MiB are left/);
  expect(data.counts()).toEqual([]);
});
