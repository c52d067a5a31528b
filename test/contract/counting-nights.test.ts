import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { clockedStore } from '../support/clocked-store.ts';
import { historySince, stepAt } from '../support/count-laws.ts';
import { onBothEngines } from '../support/store-engines.ts';

const ZONES = {
  zones: [
    { id: 'hall', name: 'Hall' },
    { id: 'upstairs', name: 'Upstairs' },
    { id: 'bar', name: 'Bar', sensors: [{ id: 'bar-1' }] },
  ],
  doors: [
    { id: 'street', name: 'Street', sensors: [{ id: 'street-1' }] },
    { id: 'stairs', name: 'Stairs', into: 'upstairs', from: 'hall', sensors: [{ id: 'stairs-1' }] },
    { id: 'bar-door', name: 'Bar door', into: 'bar', from: 'hall', sensors: [{ id: 'bar-door-1' }] },
  ],
};

const resetTo = (at: string, to = 0) => ({ dailyReset: { at, to } });

onBothEngines('the count of a store at night', (database) => {
  test('is reset once where the clock passes the time twice, and the hour that comes twice is two steps of the history', async () => {
    const night = await clockedStore(database, '2026-10-24T20:00:00+02:00', resetTo('02:30'));
    await night.say({ body: { in: 5 } });
    await night.flushAt('2026-10-25T02:29:59+02:00');
    await night.say({ body: { in: 2 } });
    expect(await night.count()).toBe(7);
    await night.flushAt('2026-10-25T02:30:00+02:00');
    expect(await night.count()).toBe(0);
    night.at('2026-10-25T02:45:00+02:00');
    await night.say({ body: { in: 3 } });
    await night.flushAt('2026-10-25T02:30:00+01:00');
    expect(await night.count()).toBe(3);
    night.at('2026-10-25T02:45:00+01:00');
    await night.say({ body: { in: 1 } });
    await night.flushAt('2026-10-25T12:00:00+01:00');
    expect(await night.count()).toBe(4);
    expect(await night.records()).toMatchObject([
      { before: 7, after: 0, atMs: Date.parse('2026-10-25T02:30:00+02:00'), by: null },
    ]);
    await night.expectTrue();

    const hours = await historySince(night.cloud, 'calle-mayor', night.bornAtMs, { step: 'hour' });
    expect(stepAt(hours, '2026-10-25T01:00:00+02:00')).toMatchObject({ count: 5 });
    expect(stepAt(hours, '2026-10-25T02:00:00+02:00')).toMatchObject({ in: 5, corrected: -7, count: 3 });
    expect(stepAt(hours, '2026-10-25T02:00:00+01:00')).toMatchObject({ in: 1, corrected: 0, count: 4 });
    const days = await historySince(night.cloud, 'calle-mayor', night.bornAtMs, { step: 'day' });
    expect(days).toMatchObject([
      { in: 5, corrected: 0, count: 5 },
      { startsAt: '2026-10-25T00:00:00+02:00', in: 6, corrected: -7, count: 4, peak: 7 },
    ]);

    await night.flushAt('2026-10-26T02:30:00+01:00');
    expect(await night.count()).toBe(0);
    await night.expectTrue();
  });

  test('is reset at the leap where the clock leaps over the time, and the next night at its time again', async () => {
    const night = await clockedStore(database, '2026-03-28T20:00:00+01:00', resetTo('02:30', 2));
    await night.say({ body: { in: 9 } });
    await night.flushAt('2026-03-29T01:59:59+01:00');
    expect(await night.count()).toBe(9);
    await night.flushAt('2026-03-29T03:00:00+02:00');
    expect(await night.count()).toBe(2);
    night.at('2026-03-29T03:30:00+02:00');
    await night.say({ body: { in: 4, out: 1 } });
    await night.flushAt('2026-03-29T20:00:00+02:00');
    expect(await night.count()).toBe(5);
    await night.expectTrue();
    const days = await historySince(night.cloud, 'calle-mayor', night.bornAtMs, { step: 'day' });
    expect(days).toMatchObject([
      { in: 9, count: 9 },
      { startsAt: '2026-03-29T00:00:00+01:00', in: 4, out: 1, corrected: -7, count: 5, peak: 9 },
    ]);
    await night.flushAt('2026-03-30T02:29:59+02:00');
    expect(await night.count()).toBe(5);
    await night.flushAt('2026-03-30T02:30:00+02:00');
    expect(await night.count()).toBe(2);
    await night.expectTrue();
  });

  test('is set to what the first zone shall hold; the other zones are empty, and a measured one is as its sensor sees it', async () => {
    const night = await clockedStore(database, '2026-11-20T22:00:00+01:00', {
      ...ZONES,
      ...resetTo('05:00', 3),
    });
    await night.say(
      { body: { in: 20 } },
      { sensorId: 'stairs-1', body: { in: 6 } },
      { sensorId: 'bar-door-1', body: { in: 5 } },
      { sensorId: 'bar-1', body: { kind: 'absolute', people: 4 } },
    );
    const zones = async () =>
      (await night.cloud.shown('calle-mayor')).content.zones.map(({ count }) => count);
    expect(await zones()).toEqual([9, 6, 4]);
    await night.expectTrue();
    await night.flushAt('2026-11-21T05:00:00+01:00');
    expect(await zones()).toEqual([3, 0, 4]);
    expect(await night.count()).toBe(7);
    await night.expectTrue();
    night.at('2026-11-21T08:00:00+01:00');
    await night.say({ body: { in: 2 } }, { sensorId: 'bar-1', body: { kind: 'absolute', people: 1 } });
    expect(await zones()).toEqual([5, 0, 1]);
    await night.expectTrue();
  });

  test('follows the reset of its group, then the group’s new one, until it has one of its own', async () => {
    const night = await clockedStore(database, '2026-11-20T20:00:00+01:00');
    await night.owner.putGroup('demo', resetTo('04:00'));
    await night.say({ body: { in: 8 } });
    await night.flushAt('2026-11-20T20:00:01+01:00');
    await night.flushAt('2026-11-21T03:59:59+01:00');
    expect(await night.count()).toBe(8);
    await night.flushAt('2026-11-21T04:00:00+01:00');
    expect(await night.count()).toBe(0);

    night.at('2026-11-21T12:00:00+01:00');
    await night.say({ body: { in: 5 } });
    await night.owner.putGroup('demo', resetTo('06:00', 1));
    await night.flushAt('2026-11-21T12:00:01+01:00');
    expect(await night.count()).toBe(5);
    await night.flushAt('2026-11-22T04:00:00+01:00');
    expect(await night.count()).toBe(5);
    await night.flushAt('2026-11-22T06:00:00+01:00');
    expect(await night.count()).toBe(1);
    await night.expectTrue();

    night.at('2026-11-22T12:00:00+01:00');
    await night.say({ body: { in: 3 } });
    await night.cloud.keep('calle-mayor', calleMayor(resetTo('23:00', 2)));
    await night.owner.putGroup('demo', resetTo('18:00'));
    await night.flushAt('2026-11-22T18:00:00+01:00');
    expect(await night.count()).toBe(4);
    await night.flushAt('2026-11-22T23:00:00+01:00');
    expect(await night.count()).toBe(2);

    await night.cloud.keep('calle-mayor', calleMayor({ dailyReset: null }));
    await night.say({ body: { in: 1 } });
    await night.flushAt('2026-11-23T23:30:00+01:00');
    expect(await night.count()).toBe(3);
    await night.expectTrue();
    expect((await night.records()).map(({ before, after }) => [before, after])).toEqual([
      [4, 2],
      [5, 1],
      [8, 0],
    ]);
  });
});
