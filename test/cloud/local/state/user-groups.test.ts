import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openPlatformDatabase } from '../../../../cloud/local/state/open-platform-database.ts';
import { createUserGroups, USER_GROUP_LIFETIME_MS } from '../../../../cloud/local/state/user-groups.ts';

const NOW_MS = 1_800_000_000_000;
const inAYear = { nowMs: NOW_MS, expiresAtMs: NOW_MS + USER_GROUP_LIFETIME_MS };
const inAMinute = { nowMs: NOW_MS, expiresAtMs: NOW_MS + 60_000 };
const ana = (groupName: string) => ({ hub: 'signs', userId: 'ana', groupName });

function aDatabase(): DatabaseSync {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-user-groups-'));
  const database = openPlatformDatabase(join(folder, 'platform.db'));
  onTestFinished(() => {
    if (database.isOpen) database.close();
    rmSync(folder, { recursive: true });
  });
  return database;
}

test('a membership is on the disk once its promise resolves, and read at once by who asks for it', async () => {
  const database = aDatabase();
  const userGroups = createUserGroups(database);
  const first = userGroups.add(ana('madrid'), inAYear);
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS)).toEqual(['madrid']);
  await first;
  await userGroups.add(ana('oslo'), inAYear);
  expect(database.isTransaction).toBe(false);
  expect([...createUserGroups(database).groupsOf('signs', 'ana', NOW_MS)].sort()).toEqual(['madrid', 'oslo']);
});

test('changes of one turn happen in their order', async () => {
  const userGroups = createUserGroups(aDatabase());
  await Promise.all([
    userGroups.add(ana('madrid'), inAYear),
    userGroups.add({ ...ana('madrid'), hub: 'console' }, inAYear),
    userGroups.removeAll('signs', 'ana'),
    userGroups.add(ana('oslo'), inAYear),
    userGroups.add(ana('rome'), inAYear),
    userGroups.remove(ana('rome')),
  ]);
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS)).toEqual(['oslo']);
  expect(userGroups.groupsOf('console', 'ana', NOW_MS)).toEqual(['madrid']);
});

test('changes of one turn happen all or not at all, and each of their promises says so', async () => {
  const database = aDatabase();
  const userGroups = createUserGroups(database);
  const impossible = { nowMs: NOW_MS, expiresAtMs: 0.5 };
  const results = await Promise.allSettled([
    userGroups.add(ana('madrid'), inAYear),
    userGroups.add(ana('oslo'), impossible),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS)).toEqual([]);
  await userGroups.add(ana('rome'), inAYear);
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS)).toEqual(['rome']);
});

test('a membership ends with its time, and a later one starts it anew', async () => {
  const userGroups = createUserGroups(aDatabase());
  await userGroups.add(ana('madrid'), inAMinute);
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS + 59_999)).toEqual(['madrid']);
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS + 60_000)).toEqual([]);
  await userGroups.add(ana('madrid'), { nowMs: NOW_MS + 70_000, expiresAtMs: NOW_MS + 130_000 });
  expect(userGroups.groupsOf('signs', 'ana', NOW_MS + 70_000)).toEqual(['madrid']);
});

test('memberships whose own time is over are given once, those of a year never', async () => {
  const database = aDatabase();
  await createUserGroups(database).add(ana('madrid'), inAMinute);
  await createUserGroups(database).add(ana('oslo'), inAYear);
  const userGroups = createUserGroups(database);
  const rome = userGroups.add(ana('rome'), { nowMs: NOW_MS, expiresAtMs: NOW_MS + 10_000 });
  expect(userGroups.takeExpired(NOW_MS + 9_999)).toEqual([]);
  expect(userGroups.takeExpired(NOW_MS + 10_000)).toEqual([ana('rome')]);
  expect(userGroups.takeExpired(NOW_MS + 10_000)).toEqual([]);
  await rome;
  expect(userGroups.takeExpired(NOW_MS + 2 * USER_GROUP_LIFETIME_MS)).toEqual([ana('madrid')]);
});

test('of a user only the hundred newest memberships are kept', async () => {
  const userGroups = createUserGroups(aDatabase());
  const names = Array.from({ length: 102 }, (_, index) => `g${index}`);
  await Promise.all(names.map((name) => userGroups.add(ana(name), inAYear)));
  await userGroups.add({ ...ana('other'), userId: 'bo' }, inAYear);
  expect([...userGroups.groupsOf('signs', 'ana', NOW_MS)].sort()).toEqual(names.slice(2).sort());
  expect(userGroups.groupsOf('signs', 'bo', NOW_MS)).toEqual(['other']);
});

test('memberships with a time of their own do not count among the hundred', async () => {
  const userGroups = createUserGroups(aDatabase(), 2);
  for (const name of ['brief', 'short']) await userGroups.add(ana(name), inAMinute);
  for (const name of ['madrid', 'oslo', 'rome']) await userGroups.add(ana(name), inAYear);
  await userGroups.add(ana('quick'), inAMinute);
  expect([...userGroups.groupsOf('signs', 'ana', NOW_MS)].sort()).toEqual([
    'brief',
    'oslo',
    'quick',
    'rome',
    'short',
  ]);
});

test('the newest are those that were put last, whatever the clock says', async () => {
  const userGroups = createUserGroups(aDatabase(), 2);
  const at = (nowMs: number) => ({ nowMs, expiresAtMs: nowMs + USER_GROUP_LIFETIME_MS });
  await userGroups.add(ana('madrid'), at(NOW_MS));
  await userGroups.add(ana('oslo'), at(NOW_MS));
  await userGroups.add(ana('madrid'), at(NOW_MS));
  await userGroups.add(ana('rome'), at(NOW_MS - 60_000));
  expect([...userGroups.groupsOf('signs', 'ana', NOW_MS)].sort()).toEqual(['madrid', 'rome']);
});
