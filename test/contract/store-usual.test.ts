import { expect, test } from 'vitest';
import type { DoorFlow } from '../../cloud/domain/store-state.ts';
import type { Store } from '../../cloud/store/port.ts';
import { NOON_MS } from '../support/builders.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ID = 'calle-mayor';

const through = (weeksAgo: number, atMs: number, entered: number, out: number): DoorFlow => ({
  ...{ storeId: ID, doorId: 'street', street: true },
  ...{ atMs: atMs - weeksAgo * 7 * DAY_MS, in: entered, out },
});
/** From noon until two, in each of the last weeks. */
const visits = (weeks: number, people: number): readonly DoorFlow[] =>
  Array.from({ length: weeks }, (_, week) => [
    through(week + 1, NOON_MS + 60_000, people, 0),
    through(week + 1, NOON_MS + 2 * HOUR_MS + 60_000, 0, people),
  ]).flat();

const keptBy = (store: Store, flows: readonly DoorFlow[]) =>
  store.transaction((tx) => tx.counting.addFlows(flows));

onBothEngines('what is usual in a store', (database) => {
  const clock = { nowMs: NOON_MS };
  const opened = async () => {
    clock.nowMs = NOON_MS;
    const store = await database.open(() => clock.nowMs);
    return { store, cloud: cloudOn(store, { now: () => clock.nowMs }) };
  };

  test('is looked at when its day begins, shown with a new revision, and outlives a restart', async () => {
    const { store, cloud } = await opened();
    await cloud.keep(ID, calleMayor());
    await keptBy(store, visits(4, 30));
    await cloud.flush();
    const { content } = await cloud.shown(ID);
    const noonStep = { startsAtMs: NOON_MS, stepMs: HOUR_MS / 2 };
    expect(content.today.usual).toEqual({ ...noonStep, counts: [30, 30, 30, 30, 0, 0] });

    const again = cloudOn(await database.open(() => clock.nowMs), { now: () => clock.nowMs });
    expect(await again.shown(ID)).toEqual(await cloud.shown(ID));
    await again.flush();
    expect((await again.shown(ID)).content).toEqual(content);
  });

  test('is summed up for a few stores at a time, because who counts waits meanwhile', async () => {
    clock.nowMs = NOON_MS;
    const summed: number[] = [0];
    const store = await database.open(
      () => clock.nowMs,
      (when, statement) => {
        if (when === 'after') return;
        if (statement === 'commit') summed.push(0);
        else if (statement.includes('cross join')) summed.push((summed.pop() ?? 0) + 1);
      },
    );
    const cloud = cloudOn(store, { now: () => clock.nowMs });
    for (let number = 0; number < 30; number += 1) {
      const doors = [{ id: 'street', name: 'Street', sensors: [{ id: `counter-${number}` }] }];
      await cloud.keep(`store-${number}`, calleMayor({ doors }));
    }
    await cloud.flush();
    expect(summed.reduce((sum, stores) => sum + stores, 0)).toBe(30);
    expect(Math.max(...summed)).toBeLessThanOrEqual(25);
  });

  test('stays as it is while people are counted, and batches leave it alone', async () => {
    const { store, cloud } = await opened();
    await cloud.keep(ID, calleMayor());
    await keptBy(store, visits(4, 30));
    await cloud.flush();
    const { content: before } = await cloud.shown(ID);
    await cloud.say({ body: { in: 3 } });
    await cloud.say({ body: { in: 2 } });
    const { content } = await cloud.shown(ID);
    expect(content.count).toBe(5);
    expect(content.revision).toBeGreaterThan(before.revision);
    expect(content.today.usual).toEqual(before.today.usual);
  });

  test('is looked for again after an hour where there was none, and then it is told', async () => {
    const { store, cloud } = await opened();
    await cloud.keep(ID, calleMayor());
    await cloud.flush();
    const { content: before } = await cloud.shown(ID);
    expect(before.today.usual).toBeUndefined();
    await keptBy(store, visits(3, 8));
    clock.nowMs = NOON_MS + HOUR_MS - 60_000;
    await cloud.flush();
    expect((await cloud.shown(ID)).content.today.usual).toBeUndefined();
    clock.nowMs = NOON_MS + HOUR_MS;
    const messages = await cloud.flush();
    const { content } = await cloud.shown(ID);
    expect(content.today.usual?.counts.slice(0, 4)).toEqual([8, 8, 8, 8]);
    expect(messages.some(({ target }) => target === 'snapshot')).toBe(true);
  });

  test('is that of the new day when the day ends', async () => {
    const { store, cloud } = await opened();
    await cloud.keep(ID, calleMayor());
    await keptBy(store, visits(4, 30));
    await cloud.flush();
    const tomorrow = visits(4, 12).map((flow) => ({ ...flow, atMs: flow.atMs + DAY_MS }));
    await keptBy(store, tomorrow);
    clock.nowMs = NOON_MS + DAY_MS;
    await cloud.flush();
    const { today } = (await cloud.shown(ID)).content;
    expect(today.day).toBe('2026-11-22');
    expect(today.usual?.counts.slice(0, 4)).toEqual([12, 12, 12, 12]);
  });

  test('is that of its new time zone when the store moves to one', async () => {
    const { store, cloud } = await opened();
    await cloud.keep(ID, calleMayor());
    await keptBy(store, visits(4, 30));
    await cloud.flush();
    await cloud.keep(ID, calleMayor({ timeZone: 'Europe/London' }));
    await cloud.flush();
    expect((await cloud.shown(ID)).content.today.usual?.startsAtMs).toBe(NOON_MS);
  });

  test('sums what changed a count between moments, and from the last one on', async () => {
    const { store } = await opened();
    await cloudOn(store).keep(ID, calleMayor());
    await keptBy(store, [through(0, NOON_MS, 5, 1), through(0, NOON_MS + HOUR_MS, 2, 3)]);
    await store.transaction((tx) =>
      tx.counting.addAdjustments([{ storeId: ID, zoneId: 'store', atMs: NOON_MS + HOUR_MS, people: -4 }]),
    );
    const between = (moments: readonly number[]) =>
      store.look((tx) => tx.history.changesBetween(ID, moments));
    expect(await between([NOON_MS - HOUR_MS, NOON_MS, NOON_MS + HOUR_MS])).toEqual([
      { in: 0, out: 0, adjusted: 0 },
      { in: 5, out: 1, adjusted: 0 },
      { in: 2, out: 3, adjusted: -4 },
    ]);
    expect(await between([])).toEqual([]);
  });
});
