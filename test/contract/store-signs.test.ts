import { expect, test } from 'vitest';
import type { PublicKey } from '../../cloud/contracts/sign.ts';
import type { SignRecord } from '../../cloud/store/fleet-port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const signNamed = (letter: string) => `s-${letter.repeat(43)}`;
const keyNamed = (letter: string): PublicKey => ({
  kty: 'EC',
  crv: 'P-256',
  x: letter.repeat(43),
  y: letter.toUpperCase().repeat(43),
});
const signId = signNamed('a');
const MINUTE_MS = 60_000;

onBothEngines('signs', (database) => {
  test('a new sign is known by its key and has no place; enrolling again changes nothing', async () => {
    const known: SignRecord = {
      signId,
      publicKey: keyNamed('a'),
      storeGroupId: null,
      enrolledAtMs: NOON_MS,
      name: '',
      settings: { board: 'manager' },
      placeId: signId,
      report: null,
      boots: [],
      heardAtMs: null,
      address: null,
      state: 'unknown',
      stateSinceMs: NOON_MS,
      revokedAtMs: null,
      replacedBy: null,
    };
    await database.tx(async (tx) => {
      expect(await tx.signs.sign(signId)).toBeUndefined();
      expect(await tx.signs.enrol({ signId, publicKey: keyNamed('a'), atMs: NOON_MS })).toEqual(known);
      await tx.signs.assign(signId, 'demo');
      const again = await tx.signs.enrol({ signId, publicKey: keyNamed('a'), atMs: NOON_MS + 5 });
      expect(again).toEqual({ ...known, storeGroupId: 'demo' });
      expect(await tx.signs.sign(signId)).toEqual(again);
    });
  });

  test('a sign that enrols twice at once is one sign', async () => {
    const store = await database.open();
    const enrol = (atMs: number) =>
      store.transaction((tx) => tx.signs.enrol({ signId, publicKey: keyNamed('a'), atMs }));
    const [one, other] = await Promise.all([enrol(NOON_MS), enrol(NOON_MS + 1)]);
    expect(one).toEqual(other);
  });

  test('a sign is given a place, another, and none; an unknown sign is given nothing', async () => {
    await database.tx(async (tx) => {
      await tx.signs.enrol({ signId, publicKey: keyNamed('a'), atMs: NOON_MS });
      for (const storeGroupId of ['demo', 'north', null]) {
        expect(await tx.signs.assign(signId, storeGroupId)).toBe(true);
        expect((await tx.signs.sign(signId))?.storeGroupId).toBe(storeGroupId);
      }
      expect(await tx.signs.assign(signNamed('z'), 'demo')).toBe(false);
    });
  });

  test('signs are listed from the newest on, and no more than asked for', async () => {
    await database.tx(async (tx) => {
      for (const [index, letter] of ['a', 'b', 'c'].entries()) {
        await tx.signs.enrol({
          signId: signNamed(letter),
          publicKey: keyNamed(letter),
          atMs: NOON_MS + index,
        });
      }
      const listed = await tx.signs.listSigns(2);
      expect(listed.map((sign) => sign.signId)).toEqual([signNamed('c'), signNamed('b')]);
    });
  });

  test('signs that have a place are listed, however many strangers enrol after them', async () => {
    await database.tx(async (tx) => {
      for (const [index, letter] of ['a', 'b', 'c', 'd'].entries())
        await tx.signs.enrol({
          signId: signNamed(letter),
          publicKey: keyNamed(letter),
          atMs: NOON_MS + index,
        });
      for (const letter of ['a', 'b']) await tx.signs.assign(signNamed(letter), 'demo');
      const listed = await tx.signs.listSigns(3);
      expect(listed.map((sign) => sign.signId)).toEqual(['d', 'b', 'a'].map(signNamed));
    });
  });

  test('a sign that a person named is never forgotten, though its place was taken away long after it enrolled', async () => {
    await database.tx(async (tx) => {
      await tx.signs.enrol({ signId, publicKey: keyNamed('a'), atMs: NOON_MS });
      await tx.signs.assign(signId, 'demo');
      await tx.signs.describe(signId, { name: 'Entrance', settings: { board: 'manager' } });
      await tx.signs.assign(signId, null);
      await tx.signs.forgetUnassigned(NOON_MS * 2);
      expect(await tx.signs.sign(signId)).toMatchObject({ name: 'Entrance' });
    });
  });

  test('a sign that never reported is forgotten sooner than one that did', async () => {
    await database.tx(async (tx) => {
      for (const letter of ['a', 'b'])
        await tx.signs.enrol({ signId: signNamed(letter), publicKey: keyNamed(letter), atMs: NOON_MS });
      const about = { app: 'Vitrine 1.0', platform: 'Debian', screen: null };
      await tx.signs.keepReport({
        signId: signNamed('b'),
        report: { about, painted: null, transport: 'web-sockets', upForMs: 5_000 },
        heardAtMs: NOON_MS,
        address: null,
        state: 'unknown',
        stateSinceMs: NOON_MS,
      });
      await tx.signs.forgetUnassigned(NOON_MS, NOON_MS + 1);
      expect(await tx.signs.sign(signNamed('a'))).toBeUndefined();
      expect(await tx.signs.sign(signNamed('b'))).toBeDefined();
    });
  });

  test('it is known where signs without a place and a name came from', async () => {
    await database.tx(async (tx) => {
      for (const [letter, address] of [
        ['a', '192.0.2.1'],
        ['b', '192.0.2.2'],
        ['c', '2001:db8::1'],
        ['d', null],
      ] as const)
        await tx.signs.enrol({
          signId: signNamed(letter),
          publicKey: keyNamed(letter),
          atMs: NOON_MS,
          address,
        });
      await tx.signs.assign(signNamed('b'), 'demo');
      expect([...(await tx.signs.unassignedAddresses())].sort()).toEqual(['192.0.2.1', '2001:db8::1']);
      for (const [letter, code] of [
        ['a', 'BCDFGHJK'],
        ['d', 'ZXWVTSRQ'],
      ] as const)
        await tx.pairing.put({ signId: signNamed(letter), code, expiresAtMs: NOON_MS + 5 }, NOON_MS);
      expect(await tx.pairing.pendingAddresses(NOON_MS + 4)).toEqual(['192.0.2.1']);
      expect(await tx.pairing.pendingAddresses(NOON_MS + 5)).toEqual([]);
    });
  });

  test('signs without a place are counted, and forgotten when they enrolled too long ago', async () => {
    await database.tx(async (tx) => {
      for (const [index, letter] of ['a', 'b', 'c', 'd'].entries()) {
        const enrolment = { publicKey: keyNamed(letter), atMs: NOON_MS + index };
        await tx.signs.enrol({ signId: signNamed(letter), ...enrolment });
      }
      await tx.signs.assign(signNamed('a'), 'demo');
      expect(await tx.signs.countUnassigned()).toBe(3);
      await tx.signs.forgetUnassigned(NOON_MS + 2);
      expect(await tx.signs.countUnassigned()).toBe(2);
      const left = await Promise.all(['a', 'b', 'c', 'd'].map((letter) => tx.signs.sign(signNamed(letter))));
      expect(left.map((sign) => sign !== undefined)).toEqual([true, false, true, true]);
    });
  });
});

onBothEngines('nonces', (database) => {
  const aNonce = (nonce: string, nowMs = NOON_MS) => ({
    signId,
    nonce,
    nowMs,
    expiresAtMs: nowMs + MINUTE_MS,
    keep: 3,
  });

  test('a nonce is spent once, by the sign that it was made for', async () => {
    await database.tx((tx) => tx.signs.addNonce(aNonce('n')));
    await database.tx(async (tx) => {
      expect(await tx.signs.spendNonce({ signId, nonce: 'other', nowMs: NOON_MS })).toBe(false);
      expect(await tx.signs.spendNonce({ signId: signNamed('b'), nonce: 'n', nowMs: NOON_MS })).toBe(false);
      expect(await tx.signs.spendNonce({ signId, nonce: 'n', nowMs: NOON_MS })).toBe(true);
      expect(await tx.signs.spendNonce({ signId, nonce: 'n', nowMs: NOON_MS })).toBe(false);
    });
  });

  test('of ten who spend the same nonce at once, one succeeds', async () => {
    const store = await database.open();
    await store.transaction((tx) => tx.signs.addNonce(aNonce('n')));
    const spent = await Promise.all(
      Array.from({ length: 10 }, () =>
        store.transaction((tx) => tx.signs.spendNonce({ signId, nonce: 'n', nowMs: NOON_MS })),
      ),
    );
    expect(spent.filter(Boolean)).toHaveLength(1);
  });

  test('a nonce is worth nothing from the moment that it expires', async () => {
    await database.tx(async (tx) => {
      await tx.signs.addNonce(aNonce('early'));
      await tx.signs.addNonce(aNonce('late'));
      const expiresAtMs = NOON_MS + MINUTE_MS;
      expect(await tx.signs.spendNonce({ signId, nonce: 'early', nowMs: expiresAtMs - 1 })).toBe(true);
      expect(await tx.signs.spendNonce({ signId, nonce: 'late', nowMs: expiresAtMs })).toBe(false);
    });
  });

  test('of one sign only the newest are kept, even when all were made in the same millisecond; others keep theirs', async () => {
    await database.tx(async (tx) => {
      await tx.signs.addNonce({ ...aNonce('theirs'), signId: signNamed('b') });
      for (const nonce of ['1', '2', '3', '4', '5']) await tx.signs.addNonce(aNonce(nonce));
      const spend = (nonce: string, of = signId) =>
        tx.signs.spendNonce({ signId: of, nonce, nowMs: NOON_MS });
      const spent = [];
      for (const nonce of ['1', '2', '3', '4', '5']) spent.push(await spend(nonce));
      expect(spent).toEqual([false, false, true, true, true]);
      expect(await spend('theirs', signNamed('b'))).toBe(true);
    });
  });

  test('a nonce over its time is forgotten when the next one is made', async () => {
    await database.tx(async (tx) => {
      await tx.signs.addNonce(aNonce('old'));
      await tx.signs.addNonce({ ...aNonce('new', NOON_MS + MINUTE_MS), signId: signNamed('b') });
      // Asked with a clock that stands still, so that only forgetting can make it fail.
      expect(await tx.signs.spendNonce({ signId, nonce: 'old', nowMs: NOON_MS })).toBe(false);
    });
  });
});

onBothEngines('presence', (database) => {
  const connected = (connectionId: string, atMs = NOON_MS) => ({ connectionId, signId, atMs });

  test('the open connections of a sign are those that came and did not leave; news told twice changes nothing', async () => {
    await database.tx(async (tx) => {
      for (const connectionId of ['one', 'two', 'two', 'three']) {
        await tx.presence.connected(connected(connectionId));
      }
      await tx.presence.connected(connected('two', NOON_MS + 50));
      await tx.presence.connected({ ...connected('theirs'), signId: signNamed('b') });
      for (const atMs of [1, 2]) {
        await tx.presence.disconnected({ connectionId: 'three', atMs: NOON_MS + atMs });
      }
      const open = await tx.presence.openConnections(signId);
      expect(open).toHaveLength(2);
      expect(open).toEqual(
        expect.arrayContaining(['one', 'two'].map((connectionId) => ({ connectionId, atMs: NOON_MS }))),
      );
    });
  });

  test('open connections are counted by sign; a sign without one is left out', async () => {
    await database.tx(async (tx) => {
      for (const connectionId of ['one', 'two', 'closed'])
        await tx.presence.connected(connected(connectionId));
      await tx.presence.disconnected({ connectionId: 'closed', atMs: NOON_MS + 1 });
      await tx.presence.disconnected({ connectionId: 'unheard', atMs: NOON_MS + 1 });
      await tx.presence.connected({ ...connected('theirs'), signId: signNamed('b') });
      await tx.presence.connected({ ...connected('not-asked'), signId: signNamed('d') });
      const counts = await tx.presence.openCounts([signNamed('b'), signNamed('c'), signId]);
      expect(counts).toHaveLength(2);
      expect(counts).toEqual(
        expect.arrayContaining([
          { signId, connections: 2 },
          { signId: signNamed('b'), connections: 1 },
        ]),
      );
      expect(await tx.presence.openCounts([])).toEqual([]);
    });
  });

  test('how the last connection of a sign ended is known, where it was told', async () => {
    await database.tx(async (tx) => {
      const end = (connectionId: string, atMs: number, ended?: 'closed' | 'silent') =>
        tx.presence.disconnected({ connectionId, atMs: NOON_MS + atMs, ...(ended && { ended }) });
      for (const connectionId of ['one', 'two', 'open']) await tx.presence.connected(connected(connectionId));
      await end('two', 2, 'silent');
      await end('one', 1, 'closed');
      await end('two', 3, 'closed');
      await tx.presence.connected({ ...connected('theirs'), signId: signNamed('b') });
      await end('theirs', 4);
      const ends = await tx.presence.lastEnds([signId, signNamed('b'), signNamed('c')]);
      expect(ends).toHaveLength(2);
      expect(ends).toEqual(
        expect.arrayContaining([
          { signId, atMs: NOON_MS + 2, how: 'silent' },
          { signId: signNamed('b'), atMs: NOON_MS + 4, how: null },
        ]),
      );
    });
  });

  test('a connection whose end is told before its beginning is closed', async () => {
    await database.tx(async (tx) => {
      await tx.presence.disconnected({ connectionId: 'one', atMs: NOON_MS + 9 });
      await tx.presence.connected(connected('one'));
      expect(await tx.presence.openConnections(signId)).toEqual([]);
    });
  });

  test('connections closed long ago are forgotten, open ones are not', async () => {
    await database.tx(async (tx) => {
      for (const connectionId of ['open', 'closed', 'closed-later']) {
        await tx.presence.connected(connected(connectionId));
      }
      await tx.presence.disconnected({ connectionId: 'closed', atMs: NOON_MS + 1 });
      await tx.presence.disconnected({ connectionId: 'closed-later', atMs: NOON_MS + 2 });
      await tx.presence.forgetClosed(NOON_MS + 2);
      // What is forgotten can come anew; what is remembered as closed cannot.
      for (const connectionId of ['closed', 'closed-later']) {
        await tx.presence.connected(connected(connectionId));
      }
      const open = await tx.presence.openConnections(signId);
      expect(open.map((connection) => connection.connectionId).sort()).toEqual(['closed', 'open']);
    });
  });
});
