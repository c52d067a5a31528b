import { expect, test } from 'vitest';
import { NOON_MS } from '../../support/builders.ts';
import { calleMayor } from '../../support/calle-mayor.ts';
import { cloudOn } from '../../support/cloud-on-store.ts';
import { onSqlite } from '../../support/store-engines.ts';

const SECOND_MS = 1_000;

onSqlite('a sensor above a zone', (database) => {
  const zonesWith = (zone: 'a' | 'b' | null) =>
    calleMayor({
      doors: [{ id: 'street', name: 'Street', into: 'a', sensors: [{ id: 'street-1' }] }],
      zones: ['a', 'b', 'c'].map((id) => ({
        id,
        name: id,
        sensors: id === zone ? [{ id: 'above-1' }] : [],
      })),
    });
  const start = async (zone: 'a' | 'b' | null) => {
    const clock = { nowMs: NOON_MS };
    const cloud = cloudOn(await database.open(), { now: () => clock.nowMs });
    await cloud.keep('calle-mayor', zonesWith(zone));
    const people = (count: number, atMs: number) =>
      cloud.say({
        sensorId: 'above-1',
        body: { kind: 'absolute', people: count, at: new Date(atMs).toISOString() },
      });
    const counts = async () => (await cloud.shown('calle-mayor')).content.zones.map((zone) => zone.count);
    return { clock, cloud, people, counts };
  };

  test('whose clock is slow and which was taken away and put back says how many there are as before', async () => {
    const { clock, cloud, people, counts } = await start('b');
    await people(5, clock.nowMs);
    await cloud.keep('calle-mayor', zonesWith(null));
    clock.nowMs += SECOND_MS;
    await cloud.keep('calle-mayor', zonesWith('b'));
    for (let turn = 0; turn < 10; turn += 1) {
      clock.nowMs += 10 * SECOND_MS;
      await people(7, clock.nowMs - 25 * SECOND_MS);
    }
    expect((await counts())[1]).toBe(7);
  });

  test('that was moved says nothing of the zone that it has left', async () => {
    const { clock, cloud, people, counts } = await start('a');
    await people(5, clock.nowMs);
    clock.nowMs += 10 * SECOND_MS;
    await cloud.keep('calle-mayor', zonesWith('b'));
    // It was on its way when the sensor was moved.
    await people(5, clock.nowMs - SECOND_MS);
    await people(5, clock.nowMs + SECOND_MS);
    clock.nowMs += 2 * SECOND_MS;
    await people(5, clock.nowMs);
    expect(await counts()).toEqual([expect.any(Number), 5, 0]);
  });
});

onSqlite('a batch', (database) => {
  test('of more late readings than a call takes arguments is counted whole', async () => {
    const cloud = cloudOn(await database.open());
    await cloud.keep('calle-mayor', calleMayor());
    await cloud.correct('calle-mayor', { kind: 'set', people: 1, by: 'Ana' });
    const at = new Date(NOON_MS - 3_600_000).toISOString();
    const late = Array.from({ length: 500 }, () => ({ in: 1, at }));
    await cloud.say(...Array.from({ length: 256 }, () => ({ body: late })));
    expect((await cloud.shown('calle-mayor')).content).toMatchObject({ count: 1, today: { in: 128_000 } });
  });
});
