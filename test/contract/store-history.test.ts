import { expect, test } from 'vitest';
import type { AlertEvent } from '../../cloud/contracts/alert.ts';
import type { CorrectionRecord } from '../../cloud/contracts/correction.ts';
import { type Adjustment, type DoorFlow, MINUTE_MS } from '../../cloud/domain/store-state.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const STORE = 'calle-mayor';
const at = (minute: number) => NOON_MS + minute * MINUTE_MS;
/** What no database would take as it is, and what all of them know. */
const ODD_TEXT = 'María \u0000 \ud800 \\u0000 \'"%';

const through = (doorId: string, minute: number, people: number, storeId = STORE): DoorFlow => ({
  storeId,
  doorId,
  street: doorId !== 'stairs',
  atMs: at(minute),
  in: people,
  out: people * 2,
});
const adjusted = (zoneId: string, minute: number, people: number, storeId = STORE): Adjustment => ({
  storeId,
  zoneId,
  atMs: at(minute),
  people,
});

onBothEngines('the minutes of a store', (database) => {
  const add = (flows: readonly DoorFlow[]) => database.tx((tx) => tx.counting.addFlows(flows));
  const adjust = (adjustments: readonly Adjustment[]) =>
    database.tx((tx) => tx.counting.addAdjustments(adjustments));
  const doorMinutes = (from: number, until: number) =>
    database.tx((tx) => tx.history.doorMinutes(STORE, at(from), at(until)));
  const zoneMinutes = (from: number, until: number) =>
    database.tx((tx) => tx.history.zoneMinutes(STORE, at(from), at(until)));

  test('each door has its own, doors within the store too; several passages in one minute are one', async () => {
    await add([through('street', 0, 1), { ...through('street', 0, 2), atMs: at(1) - 1 }]);
    await add([
      through('street', 0, 4),
      through('stairs', 0, 9),
      { ...through('street', 1, 0), in: 0, out: 0 },
    ]);
    expect(await doorMinutes(0, 9)).toEqual([
      { doorId: 'stairs', minuteMs: at(0), in: 9, out: 18 },
      { doorId: 'street', minuteMs: at(0), in: 7, out: 14 },
    ]);
  });

  test('they come in order of time, then of door, from the first minute asked for and not with the last', async () => {
    await add(
      ['street', 'arcade'].flatMap((doorId) => [3, 1, 0, 2].map((minute) => through(doorId, minute, 1))),
    );
    await add([through('street', 1, 1, 'station'), through('a-door', 1, 1, 'calle')]);
    const found = await doorMinutes(1, 3);
    expect(found.map(({ doorId, minuteMs }) => [doorId, minuteMs])).toEqual([
      ['arcade', at(1)],
      ['street', at(1)],
      ['arcade', at(2)],
      ['street', at(2)],
    ]);
    expect(await database.tx((tx) => tx.history.doorMinutes('never-heard', 0, at(9)))).toEqual([]);
  });

  test('of a zone there are those in which something but its doors changed it', async () => {
    await adjust([adjusted('store', 0, 5), adjusted('store', 0, -7), adjusted('upstairs', 0, 1)]);
    await adjust([adjusted('store', 0, -1), adjusted('store', 2, 4), adjusted('store', 3, 9)]);
    await adjust([adjusted('store', 1, 8, 'station'), adjusted('store', 1, 0)]);
    expect(await zoneMinutes(0, 3)).toEqual([
      { zoneId: 'store', minuteMs: at(0), people: -3 },
      { zoneId: 'upstairs', minuteMs: at(0), people: 1 },
      { zoneId: 'store', minuteMs: at(2), people: 4 },
    ]);
    expect(await database.tx((tx) => tx.history.zoneMinutes('never-heard', 0, at(9)))).toEqual([]);
  });

  test('the sums since a minute count that minute and all after it, of each door and each zone that has any', async () => {
    await add([0, 1, 2, 3].flatMap((minute) => [through('street', minute, 1), through('arcade', minute, 2)]));
    await add([through('closed', 0, 9), through('street', 2, 50, 'station')]);
    await adjust([0, 1, 2, 3].map((minute) => adjusted('store', minute, -minute)));
    await adjust([adjusted('gone', 1, 3), adjusted('store', 2, 50, 'station')]);
    await database.tx(async (tx) => {
      expect(await tx.history.doorSumsSince(STORE, at(2))).toEqual([
        { doorId: 'arcade', minuteMs: at(2), in: 4, out: 8 },
        { doorId: 'street', minuteMs: at(2), in: 2, out: 4 },
      ]);
      expect(await tx.history.zoneSumsSince(STORE, at(2))).toEqual([
        { zoneId: 'store', minuteMs: at(2), people: -5 },
      ]);
      expect(await tx.history.doorSumsSince(STORE, at(4))).toEqual([]);
      expect(await tx.history.zoneSumsSince('never-heard', 0)).toEqual([]);
    });
  });

  test('sums that need more than 32 bits are exact', async () => {
    const crowd = 1_500_000_000;
    await add([0, 1, 2].map((minute) => through('street', minute, crowd)));
    await adjust([0, 1, 2].map((minute) => adjusted('store', minute, -crowd)));
    await database.tx(async (tx) => {
      const [door] = await tx.history.doorSumsSince(STORE, 0);
      expect(door).toEqual({ doorId: 'street', minuteMs: 0, in: 3 * crowd, out: 6 * crowd });
      expect(await tx.history.zoneSumsSince(STORE, 0)).toEqual([
        { zoneId: 'store', minuteMs: 0, people: -3 * crowd },
      ]);
    });
  });
});

const aCorrection = (difference: Partial<CorrectionRecord> = {}): Omit<CorrectionRecord, 'number'> => ({
  storeId: STORE,
  zoneId: 'store',
  kind: 'set',
  people: 12,
  before: -3,
  after: 12,
  atMs: NOON_MS,
  madeAtMs: NOON_MS + 5,
  by: 'Ana',
  why: 'counted by hand',
  ...difference,
});

onBothEngines('the record', (database) => {
  const corrections = (limit = 10) => database.tx((tx) => tx.history.corrections(STORE, limit));
  const alertEvents = (limit = 10) => database.tx((tx) => tx.history.alertEvents(STORE, limit));

  test('a correction is on record word by word; the daily reset has no name', async () => {
    const odd = aCorrection({ by: ODD_TEXT, why: ODD_TEXT, kind: 'add', people: -9 });
    const nightly = aCorrection({ by: null, why: '', kind: 'reset', people: 0 });
    await database.tx((tx) => tx.history.addCorrections([odd, nightly]));
    await database.tx((tx) => tx.history.addCorrections([]));
    expect(await corrections()).toEqual([
      { ...nightly, number: expect.any(Number) },
      { ...odd, number: expect.any(Number) },
    ]);
  });

  test('corrections come the newest first, of that store alone, no more than asked for, each with a number of its own', async () => {
    const made = ['first', 'second', 'third', 'fourth'].map((why) => aCorrection({ why }));
    await database.tx((tx) => tx.history.addCorrections(made.slice(0, 3)));
    await database.tx((tx) => tx.history.addCorrections([aCorrection({ storeId: 'station' })]));
    // It speaks of an earlier time, but it was made last.
    await database.tx((tx) =>
      tx.history.addCorrections(made.slice(3).map((one) => ({ ...one, atMs: at(-60) }))),
    );
    const newest = await corrections(3);
    expect(newest.map(({ why }) => why)).toEqual(['fourth', 'third', 'second']);
    const numbers = newest.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
  });

  test('all that happened to an alert is on record, the newest first, no more than asked for', async () => {
    const raised: AlertEvent = { type: 'full', source: 'store', event: 'raised', atMs: at(0), by: null };
    const answered: AlertEvent = { ...raised, event: 'acknowledged', atMs: at(1), by: ODD_TEXT };
    const cleared: AlertEvent = { ...raised, event: 'cleared', atMs: at(2) };
    const happened = [raised, answered, cleared].map((event) => ({ ...event, storeId: STORE }));
    await database.tx((tx) => tx.history.addAlertEvents(happened));
    await database.tx((tx) => tx.history.addAlertEvents([{ ...raised, storeId: 'station' }]));
    await database.tx((tx) => tx.history.addAlertEvents([]));
    expect(await alertEvents()).toEqual([cleared, answered, raised]);
    expect(await alertEvents(2)).toEqual([cleared, answered]);
  });

  test('a thousand corrections and alert events go in at once', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => index);
    await database.tx(async (tx) => {
      await tx.history.addCorrections(many.map((people) => aCorrection({ people })));
      await tx.history.addAlertEvents(
        many.map((atMs) => ({
          type: 'full' as const,
          source: 'store',
          event: 'raised' as const,
          atMs,
          by: null,
          storeId: STORE,
        })),
      );
    });
    expect((await corrections(2_000)).map(({ people }) => people)).toEqual(many.toReversed());
    expect((await alertEvents(2_000)).map(({ atMs }) => atMs)).toEqual(many.toReversed());
  });
});
