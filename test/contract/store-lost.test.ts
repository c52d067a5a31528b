import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { openStore } from '../../cloud/store/open-store.ts';
import { claim, copyOfDatabase, failsToSync, logEndOf, loseOfLog } from '../support/failing-disk.ts';
import { type FreshDatabase, onSqlite } from '../support/store-engines.ts';

const lostSchema = z.object({ from: z.number(), until: z.number() });
const unavailable = { code: 'ERR_STORE_UNAVAILABLE' };

const fileOf = ({ url }: FreshDatabase): string => url.slice('sqlite:'.length);

/** A process whose disk fails with the second of two readings. */
function diedOnItsDisk(file: string) {
  mkdirSync(join(file, '..'), { recursive: true });
  const script = join(import.meta.dirname, '../support/store-on-failing-disk.ts');
  const { signal, stdout, stderr } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
  return { signal, stderr, lost: lostSchema.parse(JSON.parse(stdout)) };
}

onSqlite('a disk that fails', (database) => {
  test('ends the process at once, with a word on why', () => {
    const { signal, stderr } = diedOnItsDisk(fileOf(database));
    expect(signal).toBe('SIGKILL');
    expect(stderr).toContain('the disk could not keep what was written');
    expect(stderr).toContain('EIO: i/o error, fdatasync');
  });

  test('takes nothing with it that is acknowledged after the next start', async () => {
    const file = fileOf(database);
    const { from, until } = diedOnItsDisk(file).lost;
    expect(until).toBeGreaterThan(from);
    const store = await openStore(database.url, { now: Date.now });
    let copy: string;
    try {
      expect(await claim(store, 'third')).toBe(true);
      // The power goes: what the disk did not keep then was never written.
      copy = copyOfDatabase(file);
      loseOfLog(copy, from, until);
    } finally {
      await store.close();
    }
    const again = await openStore(`sqlite:${copy}`, { now: Date.now });
    try {
      expect(await claim(again, 'third')).toBe(false);
      expect(await claim(again, 'first')).toBe(false);
    } finally {
      await again.close();
    }
  });

  test('leaves the database whole, also if it is closed afterwards', async () => {
    const file = fileOf(database);
    let before = 0;
    let isBroken = false;
    const sync = async () => {
      if (!isBroken) return;
      loseOfLog(file, before, logEndOf(file));
      throw failsToSync();
    };
    const store = await openStore(database.url, { now: Date.now, sync });
    await claim(store, 'first');
    before = logEndOf(file);
    isBroken = true;
    const large = {
      sensorId: 'street-1',
      reason: 'unreadable',
      messageKey: 'm',
      body: Buffer.alloc(60_000, 7),
      contentType: null,
      detail: '',
      enqueuedAtMs: 0,
    } as const;
    await expect(store.transaction((tx) => tx.rejected.keep([large], 0))).rejects.toMatchObject(unavailable);
    await store.close();
    const copy = new DatabaseSync(copyOfDatabase(file));
    try {
      expect(copy.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    } finally {
      copy.close();
    }
  });

  test('shows nobody what it may not have', async () => {
    let isBroken = false;
    const sync = async () => {
      if (isBroken) throw failsToSync();
    };
    const store = await openStore(database.url, { now: Date.now, sync });
    isBroken = true;
    const written = claim(store, 'first');
    const looked = store.look((tx) => tx.signs.countUnassigned());
    await expect(written).rejects.toMatchObject(unavailable);
    await expect(looked).rejects.toMatchObject(unavailable);
    const after = logEndOf(fileOf(database));
    await expect(store.look((tx) => tx.signs.countUnassigned())).rejects.toMatchObject(unavailable);
    expect(logEndOf(fileOf(database))).toBe(after);
    await store.close();
  });
});

onSqlite('a database on another disk', (database) => {
  test('may be reached by a link', async () => {
    const file = fileOf(database);
    const folder = join(file, '..');
    await (await openStore(database.url, { now: Date.now })).close();
    const elsewhere = `${folder}-elsewhere.db`;
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
    const store = await openStore(database.url, { now: Date.now });
    try {
      expect(await claim(store, 'first')).toBe(true);
    } finally {
      await store.close();
    }
  });
});
