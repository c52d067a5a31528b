import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Adjustment, type DoorFlow, FLOW_STEP_MS, MINUTE_MS } from '../../cloud/domain/store-state.ts';
import { NOON_MS } from '../support/builders.ts';
import { onBothEngines } from '../support/store-engines.ts';

const EVER_MS = NOON_MS * 2;

const aKey = (key: string, sensorId = 'street-1') => ({ sensorId, key, enqueuedAtMs: NOON_MS });

const aFlow = (difference: Partial<DoorFlow> = {}): DoorFlow => ({
  storeId: 'calle-mayor',
  doorId: 'street',
  street: true,
  atMs: NOON_MS,
  in: 0,
  out: 0,
  ...difference,
});

const anAdjustment = (difference: Partial<Adjustment> = {}): Adjustment => ({
  storeId: 'calle-mayor',
  zoneId: 'store',
  atMs: NOON_MS,
  people: 0,
  ...difference,
});

onBothEngines('the ledger', (database) => {
  test('a reading is new once: the same key again is known, in the same list and in later ones', async () => {
    const list = [aKey('1'), aKey('2'), aKey('1'), aKey('1', 'arcade-1'), aKey('2')];
    await database.tx(async (tx) => {
      expect(await tx.counting.claimReadings(list)).toEqual([true, true, false, true, false]);
      expect(await tx.counting.claimReadings([aKey('2'), aKey('3')])).toEqual([false, true]);
    });
    expect(await database.tx((tx) => tx.counting.claimReadings([...list, aKey('4')]))).toEqual([
      ...list.map(() => false),
      true,
    ]);
    expect(await database.tx((tx) => tx.counting.claimReadings([]))).toEqual([]);
  });

  test('known and new readings in one list are told apart, in the order of the list', async () => {
    await database.tx((tx) => tx.counting.claimReadings([aKey('2'), aKey('9'), aKey('5', 'arcade-1')]));
    const list = [aKey('9'), aKey('8'), aKey('5'), aKey('5', 'arcade-1'), aKey('2'), aKey('1'), aKey('8')];
    const claimed = await database.tx((tx) => tx.counting.claimReadings(list));
    expect(claimed).toEqual([false, true, true, false, false, true, false]);
  });

  test('keys that differ only in characters a database may not like are different keys', async () => {
    const keys = ['s:\u0000:1', 's::1', 's:\\u0000:1', 's:\ud800:1', 's:\ufffd:1', 's:\'"%:1', 'S::1'];
    const claimed = await database.tx((tx) => tx.counting.claimReadings(keys.map((key) => aKey(key))));
    expect(claimed).toEqual(keys.map(() => true));
    const again = await database.tx((tx) => tx.counting.claimReadings(keys.map((key) => aKey(key))));
    expect(again).toEqual(keys.map(() => false));
  });

  test('what a transaction claimed that failed is new to the next one', async () => {
    const store = await database.open();
    const failed = store.transaction(async (tx) => {
      await tx.counting.claimReadings([aKey('1'), aKey('2')]);
      throw new Error('it failed after it had claimed');
    });
    await expect(failed).rejects.toThrow('it failed after it had claimed');
    const claimed = await store.transaction((tx) => tx.counting.claimReadings([aKey('1'), aKey('2')]));
    expect(claimed).toEqual([true, true]);
  });

  test('of two transactions that claim the same readings at once, in whatever order, each reading is new to one', async () => {
    const store = await database.open();
    const keys = Array.from({ length: 40 }, (_, index) => aKey(`s:b1:${index}`));
    const claimed = await Promise.all(
      [keys, keys.toReversed()].map((list) =>
        store.transaction((tx) => tx.counting.claimReadings(list).then((news) => news.map(Number))),
      ),
    );
    const [forward = [], backward = []] = claimed;
    expect(forward.map((isNew, index) => isNew + (backward.at(-1 - index) ?? 0))).toEqual(keys.map(() => 1));
  });

  test('five thousand readings in one batch are claimed', async () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => aKey(`s:b1:${index}`));
    const claimed = await database.tx((tx) => tx.counting.claimReadings([...keys, aKey('s:b1:17')]));
    expect(claimed.filter(Boolean)).toHaveLength(5_000);
    expect(claimed.at(-1)).toBe(false);
  });
});

onBothEngines("the day's curve", (database) => {
  const curve = (fromMs = 0, untilMs = EVER_MS) =>
    database.tx((tx) => tx.counting.flowsOf('calle-mayor', fromMs, untilMs));

  test('passages add up in steps of a quarter of an hour over all doors, in order of time, empty steps left out', async () => {
    const next = NOON_MS + FLOW_STEP_MS;
    await database.tx((tx) =>
      tx.counting.addFlows([
        aFlow({ atMs: next + FLOW_STEP_MS - 1, in: 1 }),
        aFlow({ atMs: NOON_MS + 1, in: 2, out: 1 }),
        aFlow({ atMs: NOON_MS + FLOW_STEP_MS - 1, in: 3, doorId: 'arcade' }),
        aFlow({ atMs: NOON_MS, in: 50, storeId: 'station' }),
        aFlow({ atMs: next + FLOW_STEP_MS }),
      ]),
    );
    await database.tx((tx) => tx.counting.addFlows([aFlow({ out: 4 }), aFlow({ atMs: next, out: 1 })]));
    await database.tx((tx) => tx.counting.addFlows([]));
    expect(await curve()).toEqual([
      { startsAtMs: NOON_MS, in: 5, out: 5, adjusted: 0 },
      { startsAtMs: next, in: 1, out: 1, adjusted: 0 },
    ]);
  });

  test('a door within the store changes nothing of how many are in it', async () => {
    await database.tx((tx) =>
      tx.counting.addFlows([
        aFlow({ in: 3 }),
        aFlow({ in: 20, doorId: 'stairs', street: false }),
        aFlow({ atMs: NOON_MS + FLOW_STEP_MS, in: 20, doorId: 'stairs', street: false }),
      ]),
    );
    expect(await curve()).toEqual([{ startsAtMs: NOON_MS, in: 3, out: 0, adjusted: 0 }]);
  });

  test('corrections of all zones add up beside the passages of their step', async () => {
    await database.tx((tx) => tx.counting.addFlows([aFlow({ in: 3 })]));
    await database.tx((tx) =>
      tx.counting.addAdjustments([
        anAdjustment({ people: 7 }),
        anAdjustment({ atMs: NOON_MS + FLOW_STEP_MS - 1, people: -9, zoneId: 'upstairs' }),
        anAdjustment({ atMs: NOON_MS + FLOW_STEP_MS, people: -1 }),
        anAdjustment({ people: 100, storeId: 'station' }),
        anAdjustment({ atMs: NOON_MS + 2 * FLOW_STEP_MS, people: 0 }),
      ]),
    );
    await database.tx((tx) => tx.counting.addAdjustments([anAdjustment({ people: -1 })]));
    await database.tx((tx) => tx.counting.addAdjustments([]));
    expect(await curve()).toEqual([
      { startsAtMs: NOON_MS, in: 3, out: 0, adjusted: -3 },
      { startsAtMs: NOON_MS + FLOW_STEP_MS, in: 0, out: 0, adjusted: -1 },
    ]);
  });

  test('a stretch of it holds its first moment and not its last', async () => {
    const steps = [0, 1, 2, 3].map((index) => NOON_MS + index * FLOW_STEP_MS);
    await database.tx((tx) => tx.counting.addFlows(steps.map((atMs) => aFlow({ atMs, in: 1 }))));
    const [, second = 0, , fourth = 0] = steps;
    const flows = await curve(second, fourth);
    expect(flows.map((flow) => flow.startsAtMs)).toEqual(steps.slice(1, 3));
  });

  test('a batch over many doors and minutes is added whole', async () => {
    const flows = Array.from({ length: 3_000 }, (_, index) =>
      aFlow({ atMs: NOON_MS + index * MINUTE_MS, doorId: `door-${index % 7}`, in: 1, out: 2 }),
    );
    await database.tx((tx) => tx.counting.addFlows(flows));
    const kept = await curve();
    expect(kept).toHaveLength(200);
    expect(kept.every((flow) => flow.in === 15 && flow.out === 30)).toBe(true);
  });

  test('transactions that add to the same steps at once lose nothing, whatever order they name them in', async () => {
    const store = await database.open();
    const flows = ['a', 'b', 'c'].flatMap((doorId) =>
      [0, 1, 2].map((step) => aFlow({ doorId, atMs: NOON_MS + step * FLOW_STEP_MS, in: 1 })),
    );
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        store.transaction((tx) => tx.counting.addFlows(index % 2 === 0 ? flows : flows.toReversed())),
      ),
    );
    expect((await curve()).map((flow) => flow.in)).toEqual([36, 36, 36]);
  });

  test('the order of the passages and how they are cut into batches cannot matter', async () => {
    const people = fc.integer({ min: 0, max: 100_000 });
    const flows = fc.record({
      storeId: fc.constant('calle-mayor'),
      doorId: fc.constantFrom('street', 'arcade', 'stairs'),
      atMs: fc.integer({ min: NOON_MS, max: NOON_MS + 3 * FLOW_STEP_MS - 1 }),
      in: people,
      out: people,
    });
    const batches = fc.array(fc.array(flows, { maxLength: 12 }), { maxLength: 4 });
    const store = await database.open();
    let fromMs = 0;
    await fc.assert(
      fc.asyncProperty(batches, async (cut) => {
        // Each run counts in days of its own.
        fromMs += 24 * 4 * FLOW_STEP_MS;
        for (const batch of cut) {
          const later = batch.map((flow) => ({
            ...flow,
            atMs: flow.atMs + fromMs,
            street: flow.doorId !== 'stairs',
          }));
          await store.transaction((tx) => tx.counting.addFlows(later));
        }
        const [steps, minutes] = await store.look(async (tx) => [
          await tx.counting.flowsOf('calle-mayor', NOON_MS + fromMs, NOON_MS + fromMs + 3 * FLOW_STEP_MS),
          await tx.history.doorMinutes('calle-mayor', NOON_MS + fromMs, NOON_MS + fromMs + 3 * FLOW_STEP_MS),
        ]);
        const net = (passed: readonly { in: number; out: number }[]) =>
          passed.reduce((sum, one) => sum + one.in - one.out, 0);
        const said = cut.flat();
        expect(net(minutes)).toBe(net(said));
        expect(net(steps)).toBe(net(said.filter((flow) => flow.doorId !== 'stairs')));
      }),
      { numRuns: 25 },
    );
  });
});
