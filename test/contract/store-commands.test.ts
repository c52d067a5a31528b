import { expect, test } from 'vitest';
import type { CommandRecord } from '../../cloud/store/fleet-port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const HOSTILE = 'Zoë\u0000 "it\'s" \\u0041 🚪 \udfff';
const aCommand = (commandId: string, difference: Partial<CommandRecord> = {}): CommandRecord => ({
  commandId,
  placeId: 's-a',
  kind: 'identify',
  by: 'Ana',
  askedAtMs: NOON_MS,
  expiresAtMs: NOON_MS + 900_000,
  status: 'waiting',
  statusAtMs: NOON_MS,
  why: '',
  ...difference,
});
const idsOf = (commands: readonly CommandRecord[]) => commands.map(({ commandId }) => commandId);

onBothEngines('commands', (database) => {
  test('commands wait for their place, the oldest first, until they expire', async () => {
    await database.tx(async ({ commands }) => {
      const short = aCommand('short', { kind: 'restart', expiresAtMs: NOON_MS + 10, by: HOSTILE });
      await commands.add([short, aCommand('theirs', { placeId: 's-b' })]);
      await commands.add([aCommand('b'), aCommand('a', { kind: 'reload' })]);
      await commands.add([]);
      expect((await commands.waiting('s-a', NOON_MS + 9, 10))[0]).toEqual(short);
      expect(idsOf(await commands.waiting('s-a', NOON_MS + 9, 10))).toEqual(['short', 'b', 'a']);
      expect(idsOf(await commands.waiting('s-a', NOON_MS + 9, 2))).toEqual(['short', 'b']);
      expect(idsOf(await commands.waiting('s-a', NOON_MS + 10, 10))).toEqual(['b', 'a']);
    });
  });

  test('an answer is kept; one that was done or failed is not answered again', async () => {
    await database.tx(async ({ commands }) => {
      await commands.add([aCommand('a'), aCommand('b')]);
      const answer = (
        status: 'received' | 'done' | 'failed',
        { commandId = 'a', placeId = 's-a', atMs = NOON_MS + 1, why = '' } = {},
      ) => commands.answer({ commandId, placeId, status, atMs, why });
      expect(await answer('received')).toBe(true);
      expect(idsOf(await commands.waiting('s-a', NOON_MS, 10))).toEqual(['b']);
      expect(await answer('failed', { atMs: NOON_MS + 2, why: HOSTILE })).toBe(true);
      expect(await answer('done', { atMs: NOON_MS + 3 })).toBe(false);
      expect(await answer('done', { commandId: 'b', placeId: 's-b' })).toBe(false);
      expect(await answer('done', { commandId: HOSTILE })).toBe(false);
      expect(await answer('done', { commandId: 'b' })).toBe(true);
      expect(await commands.newestOf(['s-a'], 10)).toEqual([
        aCommand('b', { status: 'done', statusAtMs: NOON_MS + 1 }),
        aCommand('a', { status: 'failed', statusAtMs: NOON_MS + 2, why: HOSTILE }),
      ]);
    });
  });

  test('of each place only the newest are given, the newest first', async () => {
    await database.tx(async ({ commands }) => {
      for (const [index, placeId] of ['s-a', 's-b', 's-a', 's-a', 's-c', 's-b'].entries()) {
        await commands.add([aCommand(`${index}`, { placeId, askedAtMs: NOON_MS + index })]);
      }
      expect(idsOf(await commands.newestOf(['s-b', 's-a', 's-none'], 2))).toEqual(['5', '3', '2', '1']);
      expect(await commands.newestOf([], 2)).toEqual([]);
    });
  });
});
