import { expect, test } from 'vitest';
import { type ClockedStore, clockedStore } from '../support/clocked-store.ts';
import type { HubSays } from '../support/cloud-on-store.ts';
import { historySince, stepAt } from '../support/count-laws.ts';
import { onBothEngines } from '../support/store-engines.ts';

const DAILY = { dailyReset: { at: '05:00' } };
const EVENING = '2026-11-20T19:00:00+01:00';

/** What a sensor says of the past when it is heard again. */
let sequence = 0;
function kept(at: string, people: { in?: number; out?: number }, sensorId = 'street-1'): HubSays {
  sequence += 1;
  return { sensorId, body: { ...people, at, boot: 'b1', sequence } };
}

const hoursOf = (night: ClockedStore) =>
  historySince(night.cloud, 'calle-mayor', night.bornAtMs, { step: 'hour' });

onBothEngines('the count of a store that learns late what passed', (database) => {
  const BOTH_SIDES = [
    kept('2026-11-20T23:30:00+01:00', { in: 4 }),
    kept('2026-11-21T04:59:59.999+01:00', { out: 1 }),
    kept('2026-11-21T05:00:00+01:00', { in: 2 }),
    kept('2026-11-21T07:00:00+01:00', { in: 3, out: 1 }),
  ];

  test.each([
    ['before the readings of both sides of it', true],
    ['after them', false],
  ])('a machine that was off at the time of the reset makes it when it is on again, %s', async (_, first) => {
    const night = await clockedStore(database, EVENING, DAILY);
    await night.say({ body: { in: 10 } });
    night.at('2026-11-21T09:00:20+01:00');
    if (first) await night.cloud.flush();
    await night.say(...BOTH_SIDES);
    if (!first) {
      expect(await night.count()).toBe(17);
      await night.cloud.flush();
    }
    expect(await night.count()).toBe(2 + 3 - 1);
    await night.expectTrue();
    const hours = await hoursOf(night);
    expect(stepAt(hours, '2026-11-20T23:00:00+01:00')).toMatchObject({ in: 4, count: 14 });
    expect(stepAt(hours, '2026-11-21T04:00:00+01:00')).toMatchObject({ out: 1, count: 13 });
    expect(stepAt(hours, '2026-11-21T05:00:00+01:00')).toMatchObject({ in: 2, corrected: -13, count: 2 });
    expect(stepAt(hours, '2026-11-21T07:00:00+01:00')).toMatchObject({ count: 4 });
    expect((await night.cloud.shown('calle-mayor')).content.today).toMatchObject({ in: 5, out: 2 });
    const [record] = await night.records();
    expect(record).toMatchObject({ after: 0, atMs: Date.parse('2026-11-21T05:00:00+01:00'), by: null });
  });

  test('of a machine that was off for two nights the last reset alone is made', async () => {
    const night = await clockedStore(database, EVENING, DAILY);
    await night.say({ body: { in: 10 } });
    await night.flushAt('2026-11-22T09:00:00+01:00');
    expect(await night.count()).toBe(0);
    expect(await night.records()).toHaveLength(1);
    await night.say(kept('2026-11-22T06:00:00+01:00', { in: 2 }));
    expect(await night.count()).toBe(2);
    await night.expectTrue();
  });

  test('a sensor that was cut off for fourteen hours changes the past of the night and not the morning', async () => {
    const night = await clockedStore(database, EVENING, DAILY);
    await night.say({ body: { in: 6 } }, { sensorId: 'arcade-1', body: { in: 1 } });
    night.at('2026-11-20T22:00:00+01:00');
    await night.say({ sensorId: 'arcade-1', body: { out: 5 } });
    await night.flushAt('2026-11-21T05:00:00+01:00');
    night.at('2026-11-21T09:30:00+01:00');
    await night.say({ sensorId: 'arcade-1', body: { in: 3 } });
    expect(await night.count()).toBe(3);
    await night.expectTrue();

    const buffer = Array.from({ length: 14 * 6 }, (_, index) => {
      const atMs = Date.parse('2026-11-20T19:35:00+01:00') + index * 600_000;
      return { atMs, says: kept(new Date(atMs).toISOString(), { in: 2, out: 1 }) };
    });
    for (const [index, { says }] of buffer.entries()) {
      night.at(new Date(Date.parse('2026-11-21T09:35:00+01:00') + index * 500).toISOString());
      await night.say(says);
    }
    const sinceReset = buffer.filter(({ atMs }) => atMs >= Date.parse('2026-11-21T05:00:00+01:00')).length;
    expect(await night.count()).toBe(3 + sinceReset);
    await night.expectTrue();
    const hours = await hoursOf(night);
    expect(stepAt(hours, '2026-11-20T23:00:00+01:00')).toMatchObject({ in: 12, out: 6 });
    expect(stepAt(hours, '2026-11-21T04:00:00+01:00').count).toBe(2 + buffer.length - sinceReset);
    expect(stepAt(hours, '2026-11-21T05:00:00+01:00')).toMatchObject({ in: 12, out: 6, count: 6 });
    await night.flushAt('2026-11-22T05:00:00+01:00');
    expect(await night.count()).toBe(0);
    await night.expectTrue();
  });

  test('who is heard of late passed before somebody set the count, and is in it', async () => {
    const night = await clockedStore(database, EVENING);
    await night.say({ body: { in: 9 } });
    night.at('2026-11-20T20:00:30.500+01:00');
    await night.cloud.correct('calle-mayor', { kind: 'set', people: 20, by: 'Ana' });
    night.at('2026-11-20T20:05:00+01:00');
    await night.say(
      kept('2026-11-20T19:30:00+01:00', { in: 5, out: 2 }),
      kept('2026-11-20T20:00:30.499+01:00', { in: 4 }),
      kept('2026-11-20T20:00:30.500+01:00', { in: 1 }),
    );
    expect(await night.count()).toBe(21);
    await night.expectTrue();
    const hours = await hoursOf(night);
    expect(stepAt(hours, '2026-11-20T19:00:00+01:00')).toMatchObject({ in: 14, out: 2, count: 12 });
    expect(stepAt(hours, '2026-11-20T20:00:00+01:00')).toMatchObject({ in: 5, corrected: 4, count: 21 });
  });

  test('a count that is set for a minute of the past has all on top of it that passed since, early or late', async () => {
    const night = await clockedStore(database, EVENING);
    await night.say({ body: { in: 9 } });
    night.at('2026-11-20T20:10:00+01:00');
    await night.say({ body: { in: 2 } });
    night.at('2026-11-20T20:30:00+01:00');
    const at = '2026-11-20T20:00:00+01:00';
    await night.cloud.correct('calle-mayor', { kind: 'set', people: 30, at, by: 'Ana' });
    expect(await night.count()).toBe(32);
    await night.say(
      kept('2026-11-20T19:59:59+01:00', { in: 7 }),
      kept('2026-11-20T20:00:00+01:00', { out: 1 }),
    );
    expect(await night.count()).toBe(31);
    await night.expectTrue();
    const hours = await hoursOf(night);
    expect(stepAt(hours, '2026-11-20T19:00:00+01:00')).toMatchObject({ in: 16, count: 16 });
    expect(stepAt(hours, '2026-11-20T20:00:00+01:00')).toMatchObject({
      in: 2,
      out: 1,
      corrected: 14,
      count: 31,
    });
  });

  test('who is heard of two resets late was sent home by the first: the day between them is as it was', async () => {
    const night = await clockedStore(database, EVENING, DAILY);
    await night.say({ body: { in: 10 } });
    await night.flushAt('2026-11-21T05:00:00+01:00');
    night.at('2026-11-21T12:00:00+01:00');
    await night.say({ body: { in: 2 } });
    await night.flushAt('2026-11-22T05:00:00+01:00');
    night.at('2026-11-22T09:00:00+01:00');
    await night.say(kept('2026-11-20T21:00:00+01:00', { in: 7 }));
    expect(await night.count()).toBe(0);
    await night.expectTrue();
    const hours = await hoursOf(night);
    expect(stepAt(hours, '2026-11-20T21:00:00+01:00').count).toBe(17);
    expect(stepAt(hours, '2026-11-21T06:00:00+01:00').count).toBe(0);
    expect(stepAt(hours, '2026-11-21T12:00:00+01:00').count).toBe(2);
  });
});
