import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

onBothEngines('the day of a store', (database) => {
  test('is that of its new time zone as soon as it moves to one', async () => {
    const cloud = cloudOn(await database.open());
    await cloud.keep('calle-mayor', calleMayor());
    await cloud.keep('calle-mayor', calleMayor({ timeZone: 'Pacific/Auckland' }));
    await cloud.flush();
    expect((await cloud.shown('calle-mayor')).content.today.day).toBe('2026-11-22');
  });

  test('holds who comes in its first minutes, also where midnight is not at a full hour of UTC', async () => {
    const midnightMs = Date.parse('2026-11-21T00:00:00+05:45');
    const cloud = cloudOn(await database.open(), { now: () => midnightMs + 120_000 });
    await cloud.keep('calle-mayor', calleMayor({ timeZone: 'Asia/Kathmandu' }));
    await cloud.say({ body: { in: 3 }, enqueuedAtMs: midnightMs + 60_000 });
    expect((await cloud.shown('calle-mayor')).content.today).toMatchObject({ day: '2026-11-21', in: 3 });
  });
});
