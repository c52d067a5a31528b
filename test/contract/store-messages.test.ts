import { expect, test } from 'vitest';
import type { MessageRecord } from '../../cloud/store/message-port.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { aHeartbeat, aPicture } from '../support/fleet-stage.ts';
import { onBothEngines } from '../support/store-engines.ts';

const HOSTILE = 'Till \u0000 \\u0041 \ud800 closes';
const signNamed = (letter: string) => `s-${letter.repeat(43)}`;
const [ONE, OTHER, THIRD] = [signNamed('a'), signNamed('b'), signNamed('c')];

const aMessage = (difference: Partial<MessageRecord> = {}): MessageRecord => ({
  messageId: 'm-1',
  text: 'Till 3 closes',
  secondText: null,
  priority: 'note',
  audience: 'staff',
  drill: false,
  storeGroupIds: ['north'],
  by: 'Ana',
  sentAtMs: NOON_MS,
  endsAtMs: NOON_MS + 60_000,
  ended: null,
  ...difference,
});

const idsOf = (messages: readonly MessageRecord[]) => messages.map(({ messageId }) => messageId);
const inForce = (tx: Transaction, storeGroupId: string, nowMs = NOON_MS, limit = 9) =>
  tx.messages.inForce({ storeGroupId, placeId: ONE, nowMs, limit });

async function placed(tx: Transaction, signId: string, storeGroupId: string | null) {
  const publicKey = { kty: 'EC', crv: 'P-256', x: signId.slice(2), y: signId.slice(2) } as const;
  await tx.signs.enrol({ signId, publicKey, atMs: NOON_MS });
  await tx.signs.assign(signId, storeGroupId);
}

onBothEngines('messages of operators', (database) => {
  test('are kept letter by letter', async () => {
    await database.tx(async ({ messages }) => {
      const kept = aMessage({ text: HOSTILE, secondText: HOSTILE, by: HOSTILE, drill: true });
      await messages.add(kept);
      expect(await messages.message('m-1')).toEqual(kept);
      expect(await messages.message('m-2')).toBeUndefined();
      expect(await messages.messages(['m-2', 'm-1'])).toEqual([kept]);
      expect(await messages.messages([])).toEqual([]);
    });
  });

  test('are in force for their groups, or for all, until they are over', async () => {
    await database.tx(async (tx) => {
      await tx.messages.add(aMessage());
      await tx.messages.add(
        aMessage({ messageId: 'm-2', storeGroupIds: ['north', 'south'], sentAtMs: NOON_MS + 1 }),
      );
      await tx.messages.add(aMessage({ messageId: 'm-3', storeGroupIds: null, sentAtMs: NOON_MS + 2 }));
      await tx.messages.add(aMessage({ messageId: 'm-4', endsAtMs: NOON_MS }));
      expect(idsOf(await inForce(tx, 'north'))).toEqual(['m-3', 'm-2', 'm-1']);
      expect(idsOf(await inForce(tx, 'south'))).toEqual(['m-3', 'm-2']);
      expect(idsOf(await inForce(tx, 'nort'))).toEqual(['m-3']);
      expect(idsOf(await inForce(tx, 'north', NOON_MS, 1))).toEqual(['m-3']);
      expect(await inForce(tx, 'north', NOON_MS + 60_000)).toEqual([]);
      expect(await tx.messages.countInForce(NOON_MS)).toBe(3);
      expect(await tx.messages.countInForce(NOON_MS + 60_000)).toBe(0);
      expect(idsOf(await tx.messages.meantFor('south', ['m-1', 'm-2', 'm-4', 'nothing']))).toEqual(['m-2']);
      expect(idsOf(await tx.messages.meantFor('north', ['m-4']))).toEqual(['m-4']);
      expect(await tx.messages.meantFor('north', [])).toEqual([]);
    });
  });

  test('are listed for those who see one of their groups, the newest first', async () => {
    await database.tx(async ({ messages }) => {
      await messages.add(aMessage());
      await messages.add(aMessage({ messageId: 'm-2', storeGroupIds: ['south'], sentAtMs: NOON_MS + 1 }));
      await messages.add(aMessage({ messageId: 'm-3', storeGroupIds: null, sentAtMs: NOON_MS - 1 }));
      expect(idsOf(await messages.newest(null, 9))).toEqual(['m-2', 'm-1', 'm-3']);
      expect(idsOf(await messages.newest(null, 2))).toEqual(['m-2', 'm-1']);
      expect(idsOf(await messages.newest(['north', 'west'], 9))).toEqual(['m-1', 'm-3']);
      expect(idsOf(await messages.newest([], 9))).toEqual(['m-3']);
    });
  });

  test('are taken back once, and not after they are over', async () => {
    await database.tx(async (tx) => {
      await tx.messages.add(aMessage());
      await tx.messages.add(aMessage({ messageId: 'm-2', endsAtMs: NOON_MS + 5 }));
      const ended = { by: HOSTILE, atMs: NOON_MS + 5 };
      expect(await tx.messages.end('m-1', ended)).toBe(true);
      expect(await tx.messages.end('m-1', { by: 'Ben', atMs: NOON_MS + 6 })).toBe(false);
      expect(await tx.messages.end('m-2', ended)).toBe(false);
      expect(await tx.messages.end('m-3', ended)).toBe(false);
      expect(await tx.messages.message('m-1')).toEqual(aMessage({ ended }));
      expect(idsOf(await inForce(tx, 'north', NOON_MS + 4))).toEqual(['m-1', 'm-2']);
      expect(await inForce(tx, 'north', NOON_MS + 5)).toEqual([]);
    });
  });

  test('have the first time that each place painted them', async () => {
    await database.tx(async (tx) => {
      await tx.messages.add(aMessage());
      const painting = { messageId: 'm-1', placeId: ONE, paintedAtMs: NOON_MS + 2 };
      const late = { ...painting, placeId: OTHER, paintedAtMs: NOON_MS + 3 };
      expect(await inForce(tx, 'north')).toEqual([{ ...aMessage(), paintedAtMs: null }]);
      await tx.messages.keepPaintings([late, painting]);
      await tx.messages.keepPaintings([{ ...painting, paintedAtMs: NOON_MS + 9 }]);
      await tx.messages.keepPaintings([]);
      expect(await tx.messages.paintingsOf('m-1')).toEqual([painting, late]);
      expect(await tx.messages.paintingsOf('m-2')).toEqual([]);
      expect(await inForce(tx, 'north')).toEqual([{ ...aMessage(), paintedAtMs: NOON_MS + 2 }]);
    });
  });

  test('are for a sign by the board that stands on its glass', async () => {
    await database.tx(async (tx) => {
      await placed(tx, ONE, 'north');
      await tx.signs.describe(ONE, { name: '', settings: { board: 'wall' } });
      expect(await tx.signs.placedSigns(['north'])).toMatchObject([{ board: 'wall' }]);
      const report = aHeartbeat({ painted: aPicture({ board: 'door' }) });
      const state = { state: 'fresh', stateSinceMs: 0 } as const;
      await tx.signs.keepReport({ signId: ONE, report, boots: [], heardAtMs: 0, address: null, ...state });
      expect(await tx.signs.placedSigns(null)).toMatchObject([{ board: 'door' }]);
    });
  });

  test('are counted by the group that the sign of each place is in now', async () => {
    await database.tx(async (tx) => {
      await placed(tx, ONE, 'north');
      await placed(tx, OTHER, 'south');
      await placed(tx, THIRD, null);
      const painted = (placeId: string) => ({ messageId: 'm-1', placeId, paintedAtMs: NOON_MS });
      await tx.messages.keepPaintings([painted(ONE), painted(OTHER), painted('s-nobody')]);
      // The device that takes over a place takes over what the place painted.
      await tx.signs.replace({ signId: ONE, bySignId: THIRD, atMs: NOON_MS + 1 });
      const counts = await tx.messages.paintedCounts(['m-1', 'm-2']);
      expect(
        counts.toSorted((one, other) => ((one.storeGroupId ?? '') < (other.storeGroupId ?? '') ? -1 : 1)),
      ).toEqual([
        { messageId: 'm-1', storeGroupId: 'north', places: 1 },
        { messageId: 'm-1', storeGroupId: 'south', places: 1 },
      ]);
      await tx.signs.revoke(OTHER, NOON_MS + 2);
      expect(await tx.messages.paintedCounts(['m-1'])).toContainEqual({
        messageId: 'm-1',
        storeGroupId: null,
        places: 1,
      });
      expect(await tx.signs.placedSigns(null)).toEqual([
        { storeGroupId: 'north', enrolledAtMs: NOON_MS, board: 'manager' },
      ]);
      expect(await tx.signs.placedSigns(['south'])).toEqual([]);
    });
  });

  test('are forgotten with the history of their time, and who painted them too', async () => {
    await database.tx(async (tx) => {
      await tx.messages.add(aMessage());
      await tx.messages.add(aMessage({ messageId: 'm-2', sentAtMs: NOON_MS + 5 }));
      const painted = (messageId: string, paintedAtMs: number) => ({ messageId, placeId: ONE, paintedAtMs });
      await tx.messages.keepPaintings([painted('m-1', NOON_MS + 4), painted('m-2', NOON_MS + 5)]);
      await tx.upkeep.prune({
        ledgerBeforeMs: 0,
        rejectedBeforeMs: 0,
        connectionsBeforeMs: 0,
        historyBeforeMs: NOON_MS + 5,
        limit: 100,
      });
      expect(idsOf(await tx.messages.newest(['north'], 9))).toEqual(['m-2']);
      expect(await tx.messages.paintingsOf('m-1')).toEqual([]);
      expect(await tx.messages.paintingsOf('m-2')).toHaveLength(1);
    });
    expect(await database.sql('select message_id from message_groups')).toEqual([{ message_id: 'm-2' }]);
  });
});
