import { expect, test } from 'vitest';
import type { Person } from '../../cloud/contracts/person.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines, onPostgres } from '../support/store-engines.ts';

const MINUTE_MS = 60_000;
const HOSTILE = 'Zoë\u0000 "it\'s" \\u0041 🚪 \ud800';
const ANA = 'p-aaaaaaaa';
const aPerson = (difference: Partial<Person & { keySha256: string | null }> = {}) => ({
  personId: ANA,
  name: 'Ana',
  role: 'manager' as const,
  storeIds: null,
  keySha256: 'key-of-ana',
  madeAtMs: NOON_MS,
  ...difference,
});
const ana = {
  personId: ANA,
  name: 'Ana',
  role: 'manager',
  storeIds: null,
  madeAtMs: NOON_MS,
  lastSeenAtMs: null,
};
const aSession = (sha256: string, difference: { personId?: string; nowMs?: number } = {}) => ({
  sha256,
  personId: ANA,
  nowMs: NOON_MS,
  expiresAtMs: NOON_MS + 60 * MINUTE_MS,
  ...difference,
});

onBothEngines('people', (database) => {
  test('a person is found by id and by key, and is gone once removed', async () => {
    await database.tx(async ({ people }) => {
      await people.add(aPerson());
      expect(await people.person(ANA)).toEqual(ana);
      expect(await people.byKey('key-of-ana')).toEqual(ana);
      expect(await people.byKey('other')).toBeUndefined();
      expect(await people.remove(ANA)).toBe(true);
      expect(await people.remove(ANA)).toBe(false);
      expect(await people.person(ANA)).toBeUndefined();
      expect(await people.byKey('key-of-ana')).toBeUndefined();
    });
  });

  test('what a person may do and see is changed, and nothing else of them or of others', async () => {
    await database.tx(async ({ people }) => {
      await people.add(aPerson());
      await people.add(aPerson({ personId: 'p-2', keySha256: 'k2' }));
      await people.addSession(aSession('one'));
      await people.change(ANA, { role: 'viewer', storeIds: ['north'] });
      expect(await people.bySession('one', NOON_MS)).toMatchObject({ role: 'viewer', storeIds: ['north'] });
      await people.change(ANA, { role: 'admin', storeIds: null });
      expect(await people.byKey('key-of-ana')).toEqual({ ...ana, role: 'admin', lastSeenAtMs: NOON_MS });
      expect(await people.person('p-2')).toEqual({ ...ana, personId: 'p-2' });
    });
  });

  test('people are listed by name, then by id; any number of them have no key', async () => {
    await database.tx(async ({ people }) => {
      const [storeIds, keySha256] = [['calle-mayor', 'north'], null];
      await people.add(aPerson({ personId: 'p-4', name: HOSTILE, role: 'viewer', storeIds, keySha256 }));
      await people.add(aPerson({ personId: 'p-3', name: 'Bea', role: 'admin', keySha256 }));
      await people.add(aPerson({ personId: 'p-2', keySha256: 'k2' }));
      await people.add(aPerson({ personId: 'p-1', keySha256: 'k1' }));
      const listed = await people.people();
      expect(listed.map((person) => person.personId)).toEqual(['p-1', 'p-2', 'p-3', 'p-4']);
      expect(listed.at(-1)).toEqual({ ...ana, personId: 'p-4', name: HOSTILE, role: 'viewer', storeIds });
    });
  });

  test('a session is its person’s until it ends, by time or by will', async () => {
    await database.tx(async ({ people }) => {
      await people.add(aPerson());
      await people.addSession(aSession('one'));
      await people.addSession(aSession('two'));
      const endsAtMs = NOON_MS + 60 * MINUTE_MS;
      expect(await people.bySession('one', endsAtMs - 1)).toMatchObject({ personId: ANA });
      expect(await people.bySession('one', endsAtMs)).toBeUndefined();
      expect(await people.bySession('none', NOON_MS)).toBeUndefined();
      await people.endSession('one');
      expect(await people.bySession('one', NOON_MS)).toBeUndefined();
      expect(await people.bySession('two', NOON_MS)).toMatchObject({ personId: ANA });
    });
  });

  test('with a person all of the sessions end, also for one who comes back under the same id', async () => {
    await database.tx(async ({ people }) => {
      await people.add(aPerson());
      await people.addSession(aSession('one'));
      await people.remove(ANA);
      await people.add(aPerson());
      expect(await people.bySession('one', NOON_MS)).toBeUndefined();
    });
  });

  test('sessions that ended are forgotten with the next one, and of one person all but the newest twenty', async () => {
    await database.tx(async ({ people }) => {
      await people.add(aPerson());
      await people.add(aPerson({ personId: 'p-other', keySha256: null }));
      await people.addSession(aSession('theirs', { personId: 'p-other' }));
      await people.addSession({ ...aSession('ended'), expiresAtMs: NOON_MS + 1 });
      for (let index = 0; index < 21; index += 1) {
        await people.addSession(aSession(`${index}`, { nowMs: NOON_MS + 1 }));
      }
      const isKnown = async (sha256: string) => (await people.bySession(sha256, NOON_MS)) !== undefined;
      const known = [];
      for (const sha256 of ['ended', 'theirs', '0', '1', '20']) known.push(await isKnown(sha256));
      expect(known).toEqual([false, true, false, true, true]);
    });
  });

  test('when a person was last seen is noted at most once a minute, and not by one who only looks', async () => {
    const store = await database.open();
    const seenAt = (nowMs: number) =>
      store.transaction(async ({ people }) => {
        const found = await people.bySession('one', nowMs);
        expect(found).toEqual(await people.person(ANA));
        return found?.lastSeenAtMs;
      });
    await store.transaction(async ({ people }) => {
      await people.add(aPerson());
      await people.addSession(aSession('one'));
    });
    const looked = await store.look(({ people }) => people.bySession('one', NOON_MS));
    expect(looked?.lastSeenAtMs).toBeNull();
    expect(await seenAt(NOON_MS)).toBe(NOON_MS);
    expect(await seenAt(NOON_MS + MINUTE_MS - 1)).toBe(NOON_MS);
    expect(await seenAt(NOON_MS + MINUTE_MS)).toBe(NOON_MS + MINUTE_MS);
    await store.transaction(({ people }) => people.seen(ANA, NOON_MS + MINUTE_MS + 1));
    expect(await seenAt(NOON_MS + MINUTE_MS + 2)).toBe(NOON_MS + MINUTE_MS + 1);
    // One whose clock is behind.
    await store.transaction(({ people }) => people.seen(ANA, NOON_MS));
    expect(await seenAt(NOON_MS + MINUTE_MS + 2)).toBe(NOON_MS + MINUTE_MS + 1);
  });

  test('wrong keys are counted by address and for all, and forgotten with time', async () => {
    await database.tx(async ({ people }) => {
      await people.addWrongKey({ address: HOSTILE, atMs: NOON_MS, sinceMs: 0 });
      await people.addWrongKey({ address: '::1', atMs: NOON_MS + 1, sinceMs: 0 });
      expect(await people.wrongKeys(HOSTILE, NOON_MS)).toEqual({ own: 1, all: 2 });
      expect(await people.wrongKeys(HOSTILE, NOON_MS + 1)).toEqual({ own: 0, all: 1 });
      await people.addWrongKey({ address: '::1', atMs: NOON_MS + 2, sinceMs: NOON_MS + 1 });
      expect(await people.wrongKeys('::1', 0)).toEqual({ own: 2, all: 2 });
    });
  });
});

onPostgres('people, changed by two instances', (database) => {
  test('are looked at by one after the other, so that an admin stays', async () => {
    const store = await database.open();
    const [one, other] = ['p-1', 'p-2'];
    await store.transaction(async ({ people }) => {
      for (const personId of [one, other])
        await people.add(aPerson({ personId, role: 'admin', keySha256: null }));
    });
    const waiting = () =>
      database.sql(
        `select pid from pg_stat_activity
         where application_name = current_setting('application_name') and wait_event_type = 'Lock'`,
      );
    let second: Promise<readonly string[]> | undefined;
    await store.transaction(async ({ people }) => {
      await people.people();
      second = store.transaction(async (tx) =>
        (await tx.people.people()).filter(({ role }) => role === 'admin').map(({ personId }) => personId),
      );
      await expect.poll(waiting).toHaveLength(1);
      await people.change(one, { role: 'viewer', storeIds: null });
    });
    expect(await second).toEqual([other]);
  });
});
