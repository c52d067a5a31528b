import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { expectTrueCount, historySince } from '../support/count-laws.ts';
import { type FreshDatabase, onBothEngines } from '../support/store-engines.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const RUNS = 12;

/** Minutes after the evening on which a store is made. */
const RESET = 10 * 60;
const ON_AGAIN = 14 * 60;
const EVENING_MS = Date.parse('2026-11-20T19:00:00+01:00');

const readings = fc.array(
  fc.record({
    door: fc.constantFrom('street', 'arcade'),
    second: fc.integer({ min: 0, max: ON_AGAIN * 60 - 60 }),
    in: fc.integer({ min: 0, max: 40 }),
    out: fc.integer({ min: 0, max: 20 }),
  }),
  { minLength: 1, maxLength: 25 },
);
type Passed = {
  readonly door: string;
  readonly second: number;
  readonly in: number;
  readonly out: number;
};
type Night = {
  readonly passed: readonly Passed[];
  /** In which order they are learned, each once or more often. */
  readonly order: readonly number[];
  readonly batch: number;
  /** After how many batches the machine makes its reset. */
  readonly flushAfter: number;
  readonly to: number;
};
const nights: fc.Arbitrary<Night> = readings.chain((passed) =>
  fc.record({
    passed: fc.constant(passed),
    order: fc
      .tuple(
        fc.shuffledSubarray([...passed.keys()], { minLength: passed.length }),
        fc.array(fc.nat(passed.length - 1), { maxLength: 5 }),
      )
      .map(([all, again]) => [...all, ...again]),
    batch: fc.integer({ min: 1, max: 9 }),
    flushAfter: fc.nat(5),
    to: fc.nat(30),
  }),
);

/** What was inside at the end of each minute, told without any machine: the reset finds the store, and sets it. */
function trueCounts({ passed, to }: Night): number[] {
  const net = Array.from({ length: ON_AGAIN + 1 }, () => 0);
  for (const one of passed) {
    const minute = Math.floor(one.second / 60);
    net[minute] = (net[minute] ?? 0) + one.in - one.out;
  }
  let inside = 0;
  return net.map((people, minute) => {
    inside = (minute === RESET ? to : inside) + people;
    return Math.max(0, inside);
  });
}

async function told(database: FreshDatabase, night: Night, number: number): Promise<void> {
  const bornAtMs = EVENING_MS + number * DAY_MS;
  const clock = { nowMs: bornAtMs };
  const now = () => clock.nowMs;
  const cloud = cloudOn(await database.open(now), { now });
  const storeId = `store-${number}`;
  const doors = ['street', 'arcade'].map((id) => ({ id, name: id, sensors: [{ id: `${id}-${number}` }] }));
  await cloud.keep(storeId, calleMayor({ doors, dailyReset: { at: '05:00', to: night.to } }));
  await cloud.flush();

  clock.nowMs = bornAtMs + ON_AGAIN * MINUTE_MS + 20_000;
  const says = night.order.map((index) => {
    const { door = '', second = 0, ...people } = night.passed[index] ?? {};
    const at = new Date(bornAtMs + second * 1_000).toISOString();
    return { sensorId: `${door}-${number}`, body: { ...people, at, boot: 'b1', sequence: index } };
  });
  for (let batches = 0; batches * night.batch < says.length; batches += 1) {
    if (batches === night.flushAfter) await cloud.flush();
    await cloud.say(...says.slice(batches * night.batch, (batches + 1) * night.batch));
  }
  await cloud.flush();

  const steps = await historySince(cloud, storeId, bornAtMs, { step: 'minute' });
  expect(steps.map(({ count }) => count)).toEqual(trueCounts(night));
  await expectTrueCount(cloud, storeId, bornAtMs);
}

onBothEngines('a night that is learned of in the morning', (database) => {
  test('is the same to the minute, whatever order, batches and repetitions it is told in, before the reset or after it', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(nights, async (night) => {
        number += 1;
        await told(database, night, number);
      }),
      { numRuns: RUNS },
    );
  });
});
