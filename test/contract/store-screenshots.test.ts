import { expect, test } from 'vitest';
import type { AlertPainting, CommandRecord, ScreenshotRecord } from '../../cloud/store/fleet-port.ts';
import type { Transaction } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines, onPostgres } from '../support/store-engines.ts';

const HOSTILE = 'full store 1 \u0000 \\u0041 \ud800';
const signNamed = (letter: string) => `s-${letter.repeat(43)}`;
const [ONE, OTHER] = [signNamed('a'), signNamed('b')];

const enrol = (tx: Transaction, signId: string) =>
  tx.signs.enrol({
    signId,
    publicKey: { kty: 'EC', crv: 'P-256', x: signId.slice(2), y: signId.slice(2) },
    atMs: NOON_MS,
  });

const aScreenshot = (difference: Partial<ScreenshotRecord> = {}): ScreenshotRecord => ({
  placeId: ONE,
  commandId: HOSTILE,
  takenAtMs: NOON_MS,
  mediaType: 'image/jpeg',
  body: new Uint8Array([0xff, 0xd8, 0xff, 0, 1, 2]),
  ...difference,
});

const aPainting = (difference: Partial<AlertPainting> = {}): AlertPainting => ({
  storeId: 'calle-mayor',
  alertKey: 'full store 1',
  placeId: ONE,
  paintedAtMs: NOON_MS,
  ...difference,
});

const aCommand = (difference: Partial<CommandRecord> = {}): CommandRecord => ({
  commandId: 'a',
  placeId: ONE,
  kind: 'screenshot',
  by: 'Ana',
  askedAtMs: NOON_MS,
  expiresAtMs: NOON_MS + 9,
  status: 'waiting',
  statusAtMs: NOON_MS,
  why: '',
  ...difference,
});

const plain = (record: ScreenshotRecord | undefined) =>
  record && { ...record, body: new Uint8Array(record.body) };

onBothEngines('what panels showed', (database) => {
  test('the newest screenshot of a place is kept, byte for byte, and no other', async () => {
    await database.tx(async ({ screenshots }) => {
      expect(await screenshots.of(ONE)).toBeUndefined();
      await screenshots.keep(aScreenshot());
      expect(plain(await screenshots.of(ONE))).toEqual(aScreenshot());
      const newer = aScreenshot({
        takenAtMs: NOON_MS + 1,
        mediaType: 'image/png',
        body: new Uint8Array(300_000).fill(7),
      });
      await screenshots.keep(newer);
      expect(plain(await screenshots.of(ONE))).toEqual(newer);
      expect(await screenshots.takenAt([ONE, OTHER])).toEqual([{ placeId: ONE, takenAtMs: NOON_MS + 1 }]);
      expect(await screenshots.takenAt([OTHER])).toEqual([]);
    });
  });

  test('a screenshot goes with the place of its sign, and stays when the device is replaced', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, ONE);
      await enrol(tx, OTHER);
      await tx.signs.assign(ONE, 'north');
      await tx.screenshots.keep(aScreenshot());
      await tx.signs.replace({ signId: ONE, bySignId: OTHER, atMs: NOON_MS });
      expect(await tx.screenshots.of(ONE)).toBeDefined();
      // The device that is gone has no say in it any more.
      await tx.signs.revoke(ONE, NOON_MS + 1);
      expect(await tx.screenshots.of(ONE)).toBeDefined();
      await tx.signs.assign(OTHER, 'south');
      expect(await tx.screenshots.of(ONE)).toBeUndefined();
      await tx.screenshots.keep(aScreenshot());
      await tx.signs.revoke(OTHER, NOON_MS + 1);
      expect(await tx.screenshots.of(ONE)).toBeUndefined();
    });
  });

  test('the screenshot of a sign that is forgotten is forgotten too', async () => {
    await database.tx(async (tx) => {
      await enrol(tx, ONE);
      await tx.screenshots.keep(aScreenshot());
      await tx.signs.forgetUnassigned(NOON_MS + 1);
      expect(await tx.screenshots.of(ONE)).toBeUndefined();
    });
  });

  test('of an alert on a panel the first time is kept, for each panel', async () => {
    await database.tx(async ({ paintings }) => {
      const late = aPainting({ placeId: OTHER, paintedAtMs: NOON_MS + 5 });
      await paintings.keep([late, aPainting(), aPainting({ paintedAtMs: NOON_MS + 1 })]);
      await paintings.keep([aPainting({ paintedAtMs: NOON_MS + 9 })]);
      await paintings.keep([aPainting({ alertKey: HOSTILE }), aPainting({ storeId: 'gran-via' })]);
      await paintings.keep([]);
      const kept = await paintings.of('calle-mayor', ['full store 1', 'full store 2']);
      expect(kept.map(({ placeId }) => placeId)).toEqual([ONE, OTHER]);
      expect(kept.at(-1)).toEqual(late);
      expect(await paintings.of('calle-mayor', [HOSTILE])).toEqual([aPainting({ alertKey: HOSTILE })]);
      expect(await paintings.of('calle-mayor', [])).toEqual([]);
    });
  });

  test('what was painted is forgotten with the history of its time', async () => {
    await database.tx(async ({ paintings, upkeep }) => {
      await paintings.keep([aPainting(), aPainting({ placeId: OTHER, paintedAtMs: NOON_MS + 5 })]);
      await upkeep.prune({
        ledgerBeforeMs: 0,
        rejectedBeforeMs: 0,
        connectionsBeforeMs: 0,
        historyBeforeMs: NOON_MS + 5,
        limit: 100,
      });
      expect(await paintings.of('calle-mayor', ['full store 1'])).toMatchObject([{ placeId: OTHER }]);
    });
  });

  test('a command is open until it is done or failed, for its own place', async () => {
    await database.tx(async ({ commands }) => {
      const command = aCommand();
      await commands.add([command]);
      expect(await commands.open(ONE, 'a')).toEqual(command);
      expect(await commands.open(OTHER, 'a')).toBeUndefined();
      const receipt = { commandId: 'a', placeId: ONE, atMs: NOON_MS, why: '' };
      await commands.answer({ ...receipt, status: 'received' });
      expect(await commands.open(ONE, 'a')).toMatchObject({ status: 'received' });
      await commands.answer({ ...receipt, status: 'done' });
      expect(await commands.open(ONE, 'a')).toBeUndefined();
    });
  });

  test('what is open of a kind at a place is taken back, and nothing else', async () => {
    await database.tx(async ({ commands }) => {
      await commands.add([
        aCommand({ commandId: 'a' }),
        aCommand({ commandId: 'b', kind: 'reload' }),
        aCommand({ commandId: 'c', status: 'done' }),
        aCommand({ commandId: 'd', placeId: OTHER }),
      ]);
      await commands.takeBack({ placeId: ONE, kind: 'screenshot', atMs: NOON_MS + 1, why: HOSTILE });
      expect(await commands.newestOf([ONE, OTHER], 9)).toEqual([
        aCommand({ commandId: 'd', placeId: OTHER }),
        aCommand({ commandId: 'c', status: 'done' }),
        aCommand({ commandId: 'b', kind: 'reload' }),
        aCommand({ commandId: 'a', status: 'failed', statusAtMs: NOON_MS + 1, why: HOSTILE }),
      ]);
    });
  });
});

onPostgres('what panels showed, of many instances', (database) => {
  const waiting = () =>
    database.sql(
      `select pid from pg_stat_activity
       where application_name = current_setting('application_name') and wait_event_type = 'Lock'`,
    );

  test('a picture that comes while its sign is moved goes with the old place', async () => {
    const store = await database.open();
    await store.transaction(async (tx) => {
      await enrol(tx, ONE);
      await tx.commands.add([aCommand()]);
    });
    let moved: Promise<unknown> | undefined;
    await store.transaction(async (tx) => {
      expect(await tx.commands.open(ONE, 'a')).toBeDefined();
      moved = store.transaction(async (other) => {
        await other.commands.takeBack({ placeId: ONE, kind: 'screenshot', atMs: NOON_MS, why: '' });
        await other.signs.assign(ONE, 'via');
      });
      await expect.poll(waiting).toHaveLength(1);
      await tx.screenshots.keep(aScreenshot());
    });
    await moved;
    expect(await store.look((tx) => tx.screenshots.of(ONE))).toBeUndefined();
    expect(await store.transaction((tx) => tx.commands.open(ONE, 'a'))).toBeUndefined();
  });
});
