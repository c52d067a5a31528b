import { expect, test } from 'vitest';
import { calleMayor } from '../../support/calle-mayor.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { hoursOf, span } from '../../support/opening-hours.ts';
import { onSqlite } from '../../support/store-engines.ts';

const HOURS = hoursOf(['mon-sat', span('09:00', '14:00'), span('16:00', '20:00')]);
const on21 = (time: string) => `2026-11-21T${time}+01:00`;
const ms = (time: string) => Date.parse(on21(time));

onSqlite('the opening hours of a store', (database) => {
  const content = async ({ cloud }: ClockedStore) => (await cloud.shown('calle-mayor')).content;

  test('are told to its signs from the moment on in which its owner told them', async () => {
    const store = await clockedStore(database, on21('08:00:00'), { hours: HOURS });
    expect((await content(store)).opening).toEqual({ open: false, changesAtMs: ms('09:00:00') });
  });

  test('change what the signs are told by time alone, and the revision with it', async () => {
    const store = await clockedStore(database, on21('08:59:00'), { hours: HOURS });
    await store.flushAt(on21('08:59:01'));
    const before = await content(store);
    await store.flushAt(on21('08:59:59.999'));
    expect((await content(store)).revision).toBe(before.revision);
    store.at(on21('09:00:00'));
    const told = await store.cloud.flush();
    expect(await content(store)).toMatchObject({
      revision: before.revision + 1,
      opening: { open: true, changesAtMs: ms('14:00:00') },
    });
    expect(told).toContainEqual(
      expect.objectContaining({
        groupName: 'group:demo',
        arguments: [expect.objectContaining({ content: await content(store) })],
      }),
    );
    await store.flushAt(on21('09:00:01'));
    expect((await content(store)).revision).toBe(before.revision + 1);
  });

  test('are followed by whoever walks in at that moment too, without waiting for the flush', async () => {
    const store = await clockedStore(database, on21('08:59:00'), { hours: HOURS });
    await store.say({ body: {} });
    store.at(on21('09:00:00'));
    await store.say({ body: { in: 1 } });
    expect((await content(store)).opening).toEqual({ open: true, changesAtMs: ms('14:00:00') });
  });

  test('are unknown where nobody told them, and again when they are taken back', async () => {
    const store = await clockedStore(database, on21('08:00:00'));
    expect((await content(store)).opening).toBeNull();
    await store.cloud.keep('calle-mayor', calleMayor({ hours: HOURS }));
    expect((await content(store)).opening).toMatchObject({ open: false });
    await store.cloud.keep('calle-mayor', calleMayor());
    expect((await content(store)).opening).toBeNull();
  });

  test('that are told anew, or by another clock, hold at once', async () => {
    const store = await clockedStore(database, on21('08:00:00'), { hours: HOURS });
    await store.cloud.keep('calle-mayor', calleMayor({ hours: hoursOf(['sat', span('07:00', '11:00')]) }));
    expect((await content(store)).opening).toEqual({ open: true, changesAtMs: ms('11:00:00') });
    await store.cloud.keep('calle-mayor', calleMayor({ hours: HOURS, timeZone: 'Asia/Tokyo' }));
    expect((await content(store)).opening).toEqual({ open: true, changesAtMs: ms('12:00:00') });
  });
});

onSqlite('the proof of a full store', (database) => {
  test('says how many leave a minute, also when it is renewed alone', async () => {
    const store = await clockedStore(database, on21('11:50:00'), { limits: { soft: 8, hard: 10 } });
    await store.say({ body: { in: 50 } }, { sensorId: 'arcade-1', body: {} });
    await store.say({ body: { out: 30 } });
    store.at(on21('12:00:00'));
    await store.say({ body: {} }, { sensorId: 'arcade-1', body: {} });
    await store.cloud.flush();
    expect((await store.cloud.shown('calle-mayor')).proof.leavePerMinute).toBe(2);
    store.at(on21('12:00:31'));
    const [renewed] = await store.cloud.flush();
    expect(renewed).toMatchObject({ target: 'proof', arguments: [{ proof: { leavePerMinute: 1.93 } }] });
  });
});
