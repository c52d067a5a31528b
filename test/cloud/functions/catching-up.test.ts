import { expect, test } from 'vitest';
import * as z from 'zod';
import { alertEventSchema } from '../../../cloud/contracts/alert.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import type { HubSays } from '../../support/cloud-on-store.ts';
import { onSqlite } from '../../support/store-engines.ts';

const day = (time: string) => `2026-11-21T${time}+01:00`;
const eventsSchema = z.object({ events: z.array(alertEventSchema) });

/** People at each quarter of an hour while the sensor was offline, and that it is up to date. */
const hoursOf = (sensorId: string, people: { readonly in?: number; readonly out?: number }): HubSays[] => [
  ...['10:15:00', '10:45:00', '11:15:00', '11:45:00'].map((time) => ({
    sensorId,
    body: { ...people, at: day(time) },
  })),
  { sensorId, body: {} },
];

onSqlite('sensors that were offline', (database) => {
  const offlineSinceTen = async () => {
    const store = await clockedStore(database, day('10:00:00'), { limits: { soft: 20, hard: 30 } });
    await store.say({ body: {} }, { sensorId: 'arcade-1', body: {} });
    return store;
  };
  const capacityEvents = async ({ owner }: ClockedStore) =>
    eventsSchema
      .parse((await owner.alerts('calle-mayor')).jsonBody)
      .events.filter(({ source }) => source === 'store')
      .map(({ type, event, atMs }) => ({ type, event, atMs }));
  const capacityShown = async ({ cloud }: ClockedStore) =>
    (await cloud.shown('calle-mayor')).content.alerts.filter(({ type }) => type !== 'sensor-silent');
  const twoMinutesLater = async (store: ClockedStore) => {
    for (const time of ['12:00:31', '12:01:00', '12:01:31', '12:02:00', '12:02:31']) {
      await store.flushAt(day(time));
      await store.say({ body: {} }, { sensorId: 'arcade-1', body: {} });
    }
  };

  test.each(['the cloud knew them silent', 'the cloud was off as well'])(
    'raise no alarm while one has told of people who came, and the other not yet that they left: %s',
    async (what) => {
      const store = await offlineSinceTen();
      if (what === 'the cloud knew them silent') await store.flushAt(day('10:01:31'));
      store.at(day('12:00:00'));
      await store.say(...hoursOf('street-1', { in: 10 }));
      expect(await store.count()).toBe(40);
      expect(await capacityShown(store)).toEqual([]);
      await store.flushAt(day('12:00:20'));
      expect(await capacityShown(store)).toEqual([]);
      await store.say(...hoursOf('arcade-1', { out: 10 }));
      expect(await store.count()).toBe(0);
      await twoMinutesLater(store);
      expect(await capacityEvents(store)).toEqual([]);
    },
  );

  test('raise it as soon as both have told all and the store is still over its limit', async () => {
    const store = await offlineSinceTen();
    store.at(day('12:00:00'));
    await store.say(...hoursOf('street-1', { in: 10 }));
    store.at(day('12:00:07'));
    await store.say(...hoursOf('arcade-1', { out: 1 }));
    expect(await capacityEvents(store)).toEqual([
      { type: 'over-capacity', event: 'raised', atMs: Date.parse(day('12:00:07')) },
    ]);
  });

  test('raise it after a minute where the other one stays away', async () => {
    const store = await offlineSinceTen();
    store.at(day('12:00:00'));
    await store.say(...hoursOf('street-1', { in: 10 }));
    await store.flushAt(day('12:00:59'));
    expect(await capacityShown(store)).toEqual([]);
    await store.flushAt(day('12:01:00'));
    expect(await capacityShown(store)).toMatchObject([{ type: 'over-capacity', active: true }]);
  });

  test('do not delay the alarm of a day on which one of them is long known to be away', async () => {
    const store = await offlineSinceTen();
    for (const time of ['10:01:00', '10:02:00', '10:03:00', '10:04:00']) {
      await store.flushAt(day(time));
      await store.say({ body: {} });
    }
    await store.say({ body: { in: 31 } });
    expect(await capacityShown(store)).toMatchObject([{ type: 'over-capacity', active: true }]);
  });
});
