import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { MessageRecord } from '../../../cloud/store/message-port.ts';
import { openStore } from '../../../cloud/store/open-store.ts';
import { NOON_MS } from '../../support/builders.ts';
import { cloudOn } from '../../support/cloud-on-store.ts';
import { anOldDatabase } from '../../support/old-database.ts';

/** Half an hour after the old program stopped. */
const NOW_MS = NOON_MS + 35 * 60_000;
const now = () => NOW_MS;
const STEPS = [1, 2, 3, 4, 5].map((step) => `vitrine-000${step}.db`);

test.each(STEPS)('%s is opened with what was counted in it, and counting goes on', async (name) => {
  using old = anOldDatabase(name);
  const store = await openStore(`sqlite:${old.file}`, { now });
  const cloud = cloudOn(store, { now });
  expect(store.epoch).toBe(NOON_MS);
  expect((await cloud.shown('calle-mayor')).content).toMatchObject({
    count: 25,
    limits: { soft: 52, hard: 60 },
    today: { in: 30, out: 5, peak: { count: 25 } },
    doors: [{ id: 'street' }, { id: 'arcade' }],
  });
  const { revision } = (await cloud.shown('calle-mayor')).content;
  // The last one that it knows is sent again, and one more comes.
  const reading = { in: 5, out: 1, boot: 'b1' };
  await cloud.say({ body: { ...reading, sequence: 5 } }, { body: { ...reading, sequence: 6 } });
  const after = (await cloud.shown('calle-mayor')).content;
  expect(after).toMatchObject({ count: 29, today: { in: 35, out: 6 } });
  expect(after.revision).toBeGreaterThan(revision);
  const rejected = await store.look((tx) => tx.rejected.list(10));
  expect(rejected).toEqual([expect.objectContaining({ sensorId: 'street-1', reason: 'not-json' })]);
  await store.close();
});

test('signs that an older program knew keep key and group, and each has a place of its own', async () => {
  using old = anOldDatabase('vitrine-0003.db');
  const store = await openStore(`sqlite:${old.file}`, { now });
  const signs = await store.look((tx) => tx.signs.listSigns(10));
  expect(signs).toEqual(
    (['B', 'A'] as const).map((letter) => ({
      signId: `s-${letter.repeat(43)}`,
      publicKey: {
        kty: 'EC',
        crv: 'P-256',
        x: letter.repeat(43),
        y: letter.toLowerCase().repeat(43),
      },
      storeGroupId: letter === 'A' ? 'demo' : null,
      enrolledAtMs: letter === 'A' ? NOON_MS : NOON_MS + 1,
      name: '',
      settings: { board: 'manager' },
      placeId: `s-${letter.repeat(43)}`,
      report: null,
      boots: [],
      heardAtMs: null,
      address: null,
      state: 'unknown',
      stateSinceMs: letter === 'A' ? NOON_MS : NOON_MS + 1,
      revokedAtMs: null,
      replacedBy: null,
    })),
  );
  await store.close();
});

test('a fleet and its people that an older program knew are as they were, and the sign goes on', async () => {
  using old = anOldDatabase('vitrine-0004.db');
  const store = await openStore(`sqlite:${old.file}`, { now });
  const signId = `s-${'A'.repeat(43)}`;
  await store.transaction(async (tx) => {
    expect(await tx.signs.sign(signId)).toMatchObject({
      name: 'Street door',
      settings: { board: 'manager', language: 'es', farMetres: 6 },
      storeGroupId: 'demo',
      placeId: signId,
      report: { painted: { kind: 'store', storeId: 'calle-mayor' } },
      boots: [],
      state: 'fresh',
    });
    expect(await tx.people.person('p-anna-anna')).toMatchObject({ name: 'Anna', storeIds: ['calle-mayor'] });
    expect(await tx.audit.list(1)).toMatchObject([{ act: 'sign-paired', by: 'Anna' }]);
    expect(await tx.commands.waiting(signId, NOW_MS, 9)).toMatchObject([
      { commandId: 'c-1', kind: 'identify' },
    ]);
    const boot = { boot: 'boot-one', address: null, firstAtMs: 1, heardAtMs: 1, turnAtMs: null };
    const report = {
      about: { app: '', platform: '', screen: null },
      painted: null,
      transport: 'none' as const,
      upForMs: 1,
    };
    const heard = { heardAtMs: NOW_MS, address: null, state: 'unknown' as const, stateSinceMs: NOW_MS };
    await tx.signs.keepReport({ signId, report, boots: [boot], ...heard });
    expect((await tx.signs.sign(signId))?.boots).toEqual([boot]);
  });
  await store.close();
});

test('what panels showed under an older program is as it was, and an operator may speak to them', async () => {
  using old = anOldDatabase('vitrine-0005.db');
  const store = await openStore(`sqlite:${old.file}`, { now });
  const signId = `s-${'A'.repeat(43)}`;
  const alertKey = `full store ${NOON_MS}`;
  await store.transaction(async (tx) => {
    expect(await tx.signs.sign(signId)).toMatchObject({
      report: { boot: 'boot-one', painted: { alerts: [`calle-mayor ${alertKey}`] } },
      boots: [{ boot: 'boot-one' }],
      state: 'fresh',
    });
    expect(await tx.paintings.of('calle-mayor', [alertKey])).toEqual([
      { storeId: 'calle-mayor', alertKey, placeId: signId, paintedAtMs: NOON_MS + 299_800 },
    ]);
    const screenshot = await tx.screenshots.of(signId);
    expect(screenshot).toMatchObject({ commandId: 'c-0', takenAtMs: NOON_MS + 240_000 });
    expect([...(screenshot?.body ?? [])]).toEqual([0xff, 0xd8, 0xff, 7]);
    const message: MessageRecord = {
      messageId: 'm-1',
      text: 'Till 3 closes',
      secondText: null,
      priority: 'note',
      audience: 'staff',
      drill: false,
      storeGroupIds: ['demo'],
      by: 'Anna',
      sentAtMs: NOW_MS,
      endsAtMs: NOW_MS + 60_000,
      ended: null,
    };
    await tx.messages.add(message);
    const asked = { storeGroupId: 'demo', placeId: signId, nowMs: NOW_MS, limit: 9 };
    expect(await tx.messages.inForce(asked)).toEqual([{ ...message, paintedAtMs: null }]);
  });
  await store.close();
});

test('a database of a newer program is refused in plain words, and is left as it was', async () => {
  using old = anOldDatabase('vitrine-0002.db');
  const database = new DatabaseSync(old.file);
  database.exec('insert into migrations (number, done_at_ms) values (3, 0), (99, 0)');
  database.close();
  const before = readFileSync(old.file);
  await expect(openStore(`sqlite:${old.file}`, { now })).rejects.toMatchObject({
    code: 'ERR_STORE_NEWER',
    message: expect.stringMatching(/step 99.*newer Vitrine/),
  });
  expect(readFileSync(old.file).equals(before)).toBe(true);
  expect(readdirSync(dirname(old.file))).toEqual(['vitrine-0002.db']);
});
