import { expect, test } from 'vitest';
import type { StoreDescriptionInput } from '../../cloud/contracts/store-description.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

const MINUTE_MS = 60_000;
const RESET_MS = Date.parse('2026-11-22T05:00:00+01:00');
const DAY_MS = 24 * 60 * MINUTE_MS;

const door = (id: string, difference: object = {}) => ({
  ...{ id, name: id, sensors: [{ id: `${id}-1` }] },
  ...difference,
});
const increment = (sequence: number, entered: number, difference: object = {}) => ({
  body: { in: entered, boot: 'b1', sequence, ...difference },
});
const totals = (sequence: number, entered: number, difference: object = {}) =>
  increment(sequence, entered, { kind: 'cumulative', out: 0, ...difference });
const isoOf = (ms: number) => new Date(ms).toISOString();

onBothEngines('the count', (database) => {
  async function startCloud(difference: Partial<StoreDescriptionInput> = {}) {
    const clock = { nowMs: NOON_MS };
    const cloud = cloudOn(await database.open(), { now: () => clock.nowMs });
    await cloud.keep('calle-mayor', calleMayor(difference));
    const content = async () => (await cloud.shown('calle-mayor')).content;
    const count = async () => (await content()).count;
    /** All that went in and out by the street and the arcade since the store is kept. */
    const passed = () =>
      cloud.services.store.look((tx) => tx.history.doorSumsSince('calle-mayor', NOON_MS - DAY_MS));
    return { clock, cloud, content, count, passed };
  }

  test('has a reading once that comes again, in the same batch and in later ones', async () => {
    const { cloud, count } = await startCloud();
    await cloud.say(increment(1, 3), increment(1, 3), increment(2, 1));
    await cloud.say(increment(2, 1), increment(3, 5), increment(1, 3));
    await cloud.say(increment(3, 5));
    expect(await count()).toBe(9);
  });

  test('goes on when a sensor restarts and numbers its readings anew', async () => {
    const { cloud, count } = await startCloud();
    await cloud.say(increment(1, 3));
    await cloud.say(increment(1, 2, { boot: 'b2' }));
    expect(await count()).toBe(5);
  });

  test('keeps what drift has taken below nobody: as many must come before one is shown', async () => {
    const { cloud, count } = await startCloud();
    await cloud.say(increment(1, 0, { out: 2 }));
    expect(await count()).toBe(0);
    await cloud.say(increment(2, 3));
    expect(await count()).toBe(1);
  });

  test('takes the IN of a flipped sensor for people leaving', async () => {
    const doors = [door('street', { sensors: [{ id: 'street-1', flipped: true }] })];
    const { cloud, content } = await startCloud({ doors });
    await cloud.say(increment(1, 1, { out: 5 }));
    expect(await content()).toMatchObject({ count: 4, today: { in: 5, out: 1 } });
  });

  test('is moved from zone to zone by a door within the store, whose day has nobody more by it', async () => {
    const zones = [
      { id: 'hall', name: 'Hall' },
      { id: 'cellar', name: 'Cellar' },
    ];
    const doors = [door('street'), door('stairs', { into: 'cellar', from: 'hall' })];
    const { cloud, content } = await startCloud({ zones, doors });
    await cloud.say(increment(1, 9), { ...increment(1, 4, { out: 1 }), sensorId: 'stairs-1' });
    expect(await content()).toMatchObject({
      ...{ count: 9, zones: [{ count: 6 }, { count: 3 }] },
      today: { in: 9, out: 0, peak: { count: 9 }, curve: { counts: [9] } },
    });
  });

  test('has all who came since a counter was restarted, also where they are more than came before', async () => {
    const { cloud, count } = await startCloud();
    await cloud.say(totals(1, 0), totals(2, 10));
    await cloud.say(totals(1, 14, { boot: 'b2' }), totals(2, 15, { boot: 'b2' }));
    expect(await count()).toBe(10 + 15);
  });

  test('goes on from the totals of the batch before', async () => {
    const { cloud, count } = await startCloud();
    await cloud.say(totals(1, 812_300));
    await cloud.say(totals(2, 812_304));
    await cloud.say(totals(3, 812_305));
    expect(await count()).toBe(5);
  });

  test('in a zone that is measured is what its sensor saw last, whoever passes its door', async () => {
    const zones = [
      { id: 'hall', name: 'Hall' },
      { id: 'bar', name: 'Bar', sensors: [{ id: 'above-1' }] },
    ];
    const { cloud, content } = await startCloud({
      zones,
      doors: [door('street', { into: 'hall' }), door('counter', { into: 'bar', from: 'hall' })],
    });
    const seen = (sequence: number, people: number) => ({
      ...{ sensorId: 'above-1', body: { kind: 'absolute', people, boot: 'b1', sequence } },
    });
    await cloud.say(increment(1, 9), seen(1, 2), { ...increment(1, 3), sensorId: 'counter-1' }, seen(2, 5));
    expect(await content()).toMatchObject({ count: 11, zones: [{ count: 6 }, { count: 5 }] });
  });

  test('begins each day with as many as its owner said; who passed before stays in the history', async () => {
    const { clock, cloud, content, passed } = await startCloud({ dailyReset: { at: '05:00', to: 7 } });
    await cloud.flush();
    await cloud.say(increment(1, 9));
    clock.nowMs = RESET_MS + 1_000;
    await cloud.flush();
    expect(await content()).toMatchObject({ count: 7, today: { day: '2026-11-22', in: 0 } });
    expect(await passed()).toMatchObject([{ doorId: 'street', in: 9, out: 0 }]);
  });

  test('has who came between the hour of the daily reset and the moment it was made', async () => {
    const { clock, cloud, count } = await startCloud({ dailyReset: { at: '05:00' } });
    await cloud.flush();
    await cloud.say(increment(1, 9));
    clock.nowMs = RESET_MS + 3 * MINUTE_MS;
    await cloud.say(increment(2, 2));
    clock.nowMs += 2 * MINUTE_MS;
    await cloud.flush();
    expect(await count()).toBe(2);
  });

  test('is not changed by who passed before the daily reset and is told of late; the history is', async () => {
    const { clock, cloud, content, passed } = await startCloud({ dailyReset: { at: '05:00' } });
    await cloud.flush();
    await cloud.say(increment(1, 9));
    clock.nowMs = RESET_MS + 3 * MINUTE_MS;
    await cloud.flush();
    await cloud.say(increment(2, 4, { at: isoOf(RESET_MS - 10 * MINUTE_MS) }));
    await cloud.say(increment(3, 1));
    // At the end of the quarter of an hour before it, and of its own.
    expect(await content()).toMatchObject({ count: 1, today: { curve: { counts: [13, 1] } } });
    expect(await passed()).toMatchObject([{ doorId: 'street', in: 14 }]);
  });

  test('that a person sets as of a while ago keeps on top who came since', async () => {
    const { clock, cloud, count } = await startCloud();
    await cloud.say(increment(1, 9));
    clock.nowMs = NOON_MS + 10 * MINUTE_MS;
    await cloud.say(increment(2, 3));
    const at = isoOf(NOON_MS + 5 * MINUTE_MS);
    await cloud.correct('calle-mayor', { kind: 'set', people: 20, at, by: 'Mara' });
    expect(await count()).toBe(23);
  });

  test('of what a moved sensor saw before it was moved is that of the store where it was then', async () => {
    const { clock, cloud, count } = await startCloud();
    clock.nowMs = NOON_MS + 10 * MINUTE_MS;
    await cloud.keep(
      'calle-mayor',
      calleMayor({ doors: [door('street', { sensors: [{ id: 'spare-1' }] })] }),
    );
    await cloud.keep('station', calleMayor({ doors: [door('gate', { sensors: [{ id: 'street-1' }] })] }));
    await cloud.say(increment(1, 4, { at: isoOf(NOON_MS + 5 * MINUTE_MS) }), increment(2, 1));
    expect(await count()).toBe(4);
    expect((await cloud.shown('station')).content.count).toBe(1);
  });

  test('stands on fewer doors once one has fallen silent', async () => {
    const { clock, cloud, content } = await startCloud();
    await cloud.say(increment(1, 4), { ...increment(1, 1), sensorId: 'arcade-1' });
    expect(await content()).toMatchObject({ count: 5, certainty: 'whole' });
    clock.nowMs = NOON_MS + 2 * MINUTE_MS;
    await cloud.say(increment(2, 0));
    expect(await content()).toMatchObject({ count: 5, certainty: 'partial' });
  });

  test('of a zone with a sensor of its own is live with the first thing that the sensor says', async () => {
    const zones = [{ id: 'bar', name: 'Bar', sensors: [{ id: 'above-1' }] }];
    const { cloud } = await startCloud({ zones, doors: [] });
    await cloud.flush();
    await cloud.say({ sensorId: 'above-1', body: { kind: 'absolute', people: 5 } });
    const { content, proof } = await cloud.shown('calle-mayor');
    expect(content).toMatchObject({ count: 5, certainty: 'whole' });
    expect(proof.ageMs).toBe(0);
  });
});
