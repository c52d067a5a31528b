import { expect, test } from 'vitest';
import { clockedStore } from '../support/clocked-store.ts';
import { historySince, stepAt } from '../support/count-laws.ts';
import { onBothEngines } from '../support/store-engines.ts';

const DAILY = { dailyReset: { at: '05:00' } };
const NOON = '2026-11-20T12:00:00+01:00';
const NEXT_NOON = '2026-11-21T12:00:00+01:00';

onBothEngines('the count of a store whose cloud has a wrong clock for a while', (database) => {
  test('a clock that is a day ahead for a moment takes nobody away, and the reset of that day is made when it comes', async () => {
    const night = await clockedStore(database, NOON, DAILY);
    await night.say({ body: { in: 12 } });
    await night.flushAt(NEXT_NOON);
    expect(await night.count()).toBe(0);
    await night.flushAt('2026-11-20T12:05:00+01:00');
    expect(await night.count()).toBe(12);
    await night.expectTrue();
    await night.flushAt('2026-11-21T05:00:00+01:00');
    expect(await night.count()).toBe(0);
    await night.expectTrue();
  });

  test('who passed while it was a day ahead is counted', async () => {
    const night = await clockedStore(database, NOON, DAILY);
    await night.say({ body: { in: 12 } });
    await night.flushAt(NEXT_NOON);
    await night.say({ body: { in: 3 } });
    await night.flushAt('2026-11-20T12:05:00+01:00');
    expect(await night.count()).toBe(15);
  });

  test.each([
    ['years behind as after a dead battery', '2001-01-01T00:00:00Z'],
    ['three days behind', '2026-11-17T12:00:00+01:00'],
  ])('a clock that is %s, forgets no reset and no person once it is right', async (_, behind) => {
    const night = await clockedStore(database, '2026-11-16T12:00:00+01:00', DAILY);
    await night.flushAt('2026-11-16T12:00:01+01:00');
    for (const day of [17, 18, 19, 20]) {
      await night.flushAt(`2026-11-${day}T05:00:00+01:00`);
      await night.say({ body: { in: day } });
    }
    const records = await night.records();
    expect(records).toHaveLength(4);
    await night.flushAt(behind);
    await night.flushAt('2026-11-20T05:01:00+01:00');
    expect(await night.records()).toEqual(records);
    expect(await night.count()).toBe(20);
    await night.expectTrue();
  });

  test('a clock that is a day behind for a moment brings back nobody whom a reset had sent home', async () => {
    const night = await clockedStore(database, '2026-11-19T12:00:00+01:00', DAILY);
    await night.say({ body: { in: 40 } });
    await night.flushAt(NEXT_NOON);
    await night.say({ body: { in: 5 } });
    await night.flushAt(NOON);
    await night.flushAt('2026-11-21T12:05:00+01:00');
    expect(await night.count()).toBe(5);
    expect(await night.records()).toMatchObject([
      { after: 0, atMs: Date.parse('2026-11-21T05:00:00+01:00'), by: null },
    ]);
    await night.expectTrue();
  });

  test.each([
    ['hours behind', DAILY, '2026-11-21T08:00:00+01:00', 7],
    ['a day behind', {}, NOON, 47],
  ])('who passed while it was %s is counted', async (_, daily, behind, count) => {
    const night = await clockedStore(database, '2026-11-19T12:00:00+01:00', daily);
    await night.say({ body: { in: 40 } });
    await night.flushAt(NEXT_NOON);
    await night.say({ body: { in: 5 } });
    await night.flushAt(behind);
    await night.say({ body: { in: 2 } });
    expect(await night.count()).toBe(count);
    await night.flushAt('2026-11-21T12:05:00+01:00');
    expect(await night.count()).toBe(count);
    await night.expectTrue();
  });
});

type Says = (total: number, time: string) => object;

onBothEngines('the count of a store one of whose sensors has a wrong clock', (database) => {
  /** Of the minutes in which nobody can know whether it is the clock or the network. */
  const IN_DOUBT = 3;
  const increments: Says = (sequence, at) => ({ in: 1, boot: 'b1', sequence, at });
  const totals: Says = (total, at) => ({
    count_in: total,
    count_out: 0,
    device_id: 'FA21415EAEB7',
    timestamp: String(Date.parse(at) / 1_000),
  });

  test.each([
    ['one that sends increments: those of three minutes are held for late', increments, IN_DOUBT],
    ['one that sends totals: nobody is missed', totals, 0],
  ])('that leaps a day back, %s', async (_, says, late) => {
    const night = await clockedStore(database, '2026-11-20T09:00:00+01:00', DAILY);
    await night.flushAt('2026-11-20T09:00:00+01:00');
    await night.flushAt('2026-11-21T05:00:00+01:00');
    let said = 0;
    const pass = async (ours: string, theirs = ours) => {
      night.at(ours);
      said += 1;
      await night.say({ body: says(said, theirs) });
      await night.expectTrue();
    };
    await pass('2026-11-21T09:58:00+01:00');
    await pass('2026-11-21T09:59:00+01:00');
    const before = await night.count();
    for (let minute = 10; minute < 25; minute += 1)
      await pass(`2026-11-21T10:${minute}:00+01:00`, `2026-11-20T10:${minute}:00+01:00`);
    expect(await night.count()).toBe(before + 15 - late);
    const hours = await historySince(night.cloud, 'calle-mayor', night.bornAtMs, { step: 'hour' });
    expect(stepAt(hours, '2026-11-20T10:00:00+01:00').in).toBe(late);
    expect(stepAt(hours, '2026-11-21T10:00:00+01:00').in).toBe(15 - late);
  });
});
