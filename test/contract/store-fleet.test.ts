import { expect, test } from 'vitest';
import type { Heartbeat } from '../../cloud/contracts/sign-report.ts';
import type { CommandRecord } from '../../cloud/store/fleet-port.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

/** What no column may choke on, and no reader may get back otherwise. */
const HOSTILE = 'Zoë\u0000 "door" \'); drop table signs; -- \\u0041 🚪 \ud800';
const OLD = `s-${'a'.repeat(43)}`;
const NEW = `s-${'b'.repeat(43)}`;

const enrol = (tx: Transaction, signId: string, atMs = NOON_MS) =>
  tx.signs.enrol({
    signId,
    publicKey: { kty: 'EC', crv: 'P-256', x: signId.slice(2), y: signId.slice(2) },
    atMs,
  });

const aReport = (difference: Partial<Heartbeat> = {}): Heartbeat => ({
  about: { app: 'Vitrine 1.0', platform: 'Debian', screen: { widthPx: 1_920, heightPx: 1_080 } },
  painted: null,
  transport: 'web-sockets',
  upForMs: 5_000,
  ...difference,
});

const aCommand = (commandId: string, difference: Partial<CommandRecord> = {}): CommandRecord => ({
  commandId,
  placeId: OLD,
  kind: 'identify',
  by: 'Ana',
  askedAtMs: NOON_MS,
  expiresAtMs: NOON_MS + 900_000,
  status: 'waiting',
  statusAtMs: NOON_MS,
  why: '',
  ...difference,
});

onBothEngines('the fleet', (database) => {
  test('a sign keeps the name and the settings that it is given; an unknown one keeps nothing', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, OLD);
      const described = {
        name: HOSTILE,
        settings: { board: 'door', language: 'es', theme: 'light', farMetres: 7.5 },
      } as const;
      expect(await tx.signs.describe(OLD, described)).toBe(true);
      expect(await tx.signs.sign(OLD)).toMatchObject(described);
      expect(await tx.signs.describe(NEW, described)).toBe(false);
    });
  });

  test('a sign keeps its last report, when and whence it was heard, and the state that follows from it', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, OLD);
      const about = { app: HOSTILE, platform: HOSTILE, screen: null };
      const kept = {
        report: aReport({ about }),
        heardAtMs: NOON_MS + 1,
        address: HOSTILE,
        state: 'stale',
        stateSinceMs: NOON_MS - 7,
      } as const;
      await tx.signs.keepReport({ signId: OLD, ...kept, report: aReport(), state: 'fresh', address: null });
      await tx.signs.keepReport({ signId: OLD, ...kept });
      expect(await tx.signs.sign(OLD)).toMatchObject({ ...kept, boots: [] });
      const boots = [{ boot: 'b', address: HOSTILE, firstAtMs: 1, heardAtMs: 2, turnAtMs: null }];
      await tx.signs.keepReport({ signId: OLD, ...kept, boots });
      await tx.signs.keepReport({ signId: OLD, ...kept });
      expect(await tx.signs.sign(OLD)).toMatchObject({ ...kept, boots });
    });
  });

  test('signs of some groups are found, in order of id', async () => {
    await database.tx(async (tx) => {
      for (const [signId, group] of [
        ['s-d', 'north'],
        ['s-a', 'south'],
        ['s-b', 'north'],
        ['s-c', 'west'],
        ['s-e', null],
      ] as const) {
        await enrol(tx, signId);
        await tx.signs.assign(signId, group);
      }
      const found = await tx.signs.signsOfGroups(['north', 'south', 'empty']);
      expect(found.map((sign) => sign.signId)).toEqual(['s-a', 's-b', 's-d']);
      expect(await tx.signs.signsOfGroups([])).toEqual([]);
    });
  });

  test('a revoked sign has no place, is given none, and is listed no more; its key stays revoked', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, OLD);
      await tx.signs.assign(OLD, 'north');
      await tx.pairing.put({ signId: OLD, code: 'BCDFGHJK', expiresAtMs: NOON_MS + 9 }, NOON_MS);
      expect(await tx.signs.revoke(OLD, NOON_MS + 5)).toBe(true);
      expect(await tx.signs.revoke(OLD, NOON_MS + 6)).toBe(false);
      expect(await tx.signs.revoke(NEW, NOON_MS)).toBe(false);
      const revoked = await tx.signs.sign(OLD);
      expect(revoked).toMatchObject({ storeGroupId: null, revokedAtMs: NOON_MS + 5, replacedBy: null });
      expect(await tx.signs.assign(OLD, 'north')).toBe(false);
      expect(await tx.signs.describe(OLD, { name: 'Door', settings: { board: 'manager' } })).toBe(false);
      expect(await enrol(tx, OLD, NOON_MS + 9)).toEqual(revoked);
      expect(await tx.signs.listSigns(10)).toEqual([]);
      expect(await tx.signs.signsOfGroups(['north'])).toEqual([]);
      expect(await tx.pairing.byCode('BCDFGHJK', NOON_MS)).toBeUndefined();
    });
  });

  test('a revoked sign is remembered, however long ago it enrolled, and takes no room from others', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, OLD);
      await tx.signs.revoke(OLD, NOON_MS);
      expect(await tx.signs.countUnassigned()).toBe(0);
      await tx.signs.forgetUnassigned(NOON_MS * 2);
      expect(await tx.signs.sign(OLD)).toMatchObject({ revokedAtMs: NOON_MS });
    });
  });

  test('with a sign that nobody gave a place, its code and its nonces are forgotten', async () => {
    await database.tx(async (tx) => {
      const nonce = { nonce: 'n', nowMs: NOON_MS, expiresAtMs: NOON_MS + 9, keep: 3 };
      for (const [index, signId] of [OLD, NEW].entries()) {
        await enrol(tx, signId, NOON_MS + index);
        const code = `BCDFGHJ${index === 0 ? 'K' : 'L'}`;
        await tx.pairing.put({ signId, code, expiresAtMs: NOON_MS + 9 }, NOON_MS);
        await tx.signs.addNonce({ signId, ...nonce });
      }
      await tx.signs.forgetUnassigned(NOON_MS + 1);
      const spend = (signId: string) => tx.signs.spendNonce({ signId, nonce: 'n', nowMs: NOON_MS });
      expect([await spend(OLD), await spend(NEW)]).toEqual([false, true]);
      expect(await tx.pairing.codeOf(OLD, NOON_MS)).toBeUndefined();
      expect(await tx.pairing.codeOf(NEW, NOON_MS)).toMatchObject({ code: 'BCDFGHJL' });
    });
  });

  test('the device that replaces another takes its place, name, group, settings and commands', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, OLD);
      await enrol(tx, NEW, NOON_MS + 1);
      const described = { name: HOSTILE, settings: { board: 'wall' } } as const;
      await tx.signs.assign(OLD, 'north');
      await tx.signs.describe(OLD, described);
      await tx.commands.add([aCommand('c1')]);
      await tx.signs.replace({ signId: OLD, bySignId: NEW, atMs: NOON_MS + 5 });
      const standing = await tx.signs.sign(NEW);
      expect(standing).toMatchObject({
        ...described,
        storeGroupId: 'north',
        placeId: OLD,
        enrolledAtMs: NOON_MS + 1,
        revokedAtMs: null,
      });
      const gone = { storeGroupId: null, revokedAtMs: NOON_MS + 5, replacedBy: NEW, placeId: OLD };
      expect(await tx.signs.sign(OLD)).toMatchObject(gone);
      expect(await tx.commands.waiting(standing?.placeId ?? '', NOON_MS, 10)).toEqual([aCommand('c1')]);
      expect((await tx.signs.signsOfGroups(['north'])).map((sign) => sign.signId)).toEqual([NEW]);
    });
  });

  test('a device that replaces one which replaced the first still stands at the first one’s place', async () => {
    await database.tx(async (tx) => {
      for (const signId of [OLD, NEW, 's-third']) await enrol(tx, signId);
      await tx.signs.replace({ signId: OLD, bySignId: NEW, atMs: NOON_MS });
      await tx.signs.replace({ signId: NEW, bySignId: 's-third', atMs: NOON_MS });
      expect((await tx.signs.sign('s-third'))?.placeId).toBe(OLD);
    });
  });

  test('a sign that is unknown or revoked is replaced by nobody, and the other stays what it was', async () => {
    const store = await database.open();
    await store.transaction(async (tx) => {
      for (const signId of [OLD, NEW]) await enrol(tx, signId);
      await tx.signs.revoke(OLD, NOON_MS);
    });
    for (const signId of ['s-unknown', OLD]) {
      const replaced = store.transaction((tx) =>
        tx.signs.replace({ signId, bySignId: NEW, atMs: NOON_MS + 5 }),
      );
      await expect(replaced).rejects.toMatchObject({ code: 'ERR_STORE_CONFLICT' });
    }
    const after = await store.look((tx) => tx.signs.sign(NEW));
    expect(after).toMatchObject({ placeId: NEW, revokedAtMs: null });
  });

  test('a sign is not replaced by one that is unknown, revoked or itself', async () => {
    const store = await database.open();
    await store.transaction(async (tx) => {
      for (const signId of [OLD, NEW]) await enrol(tx, signId);
      await tx.signs.assign(OLD, 'north');
      await tx.signs.revoke(NEW, NOON_MS);
    });
    for (const bySignId of ['s-unknown', NEW, OLD]) {
      const replaced = store.transaction((tx) =>
        tx.signs.replace({ signId: OLD, bySignId, atMs: NOON_MS + 5 }),
      );
      await expect(replaced).rejects.toMatchObject({ code: 'ERR_STORE_CONFLICT' });
    }
    const standing = { storeGroupId: 'north', revokedAtMs: null };
    expect(await store.look((tx) => tx.signs.sign(OLD))).toMatchObject(standing);
  });
});
