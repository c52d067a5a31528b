import { expect, test } from 'vitest';
import * as z from 'zod';
import { driftReportSchema } from '../../../cloud/contracts/history.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-19T09:00:00+01:00';

const reportsSchema = z.object({ storeId: z.string(), nights: z.array(driftReportSchema) });
const nightsOf = async ({ owner }: ClockedStore, nights?: string) =>
  reportsSchema.parse((await owner.drift('calle-mayor', nights === undefined ? {} : { nights })).jsonBody)
    .nights;

onSqlite('the drift of a store', (database) => {
  /** Thursday balances. On Friday the arcade counts those who leave as if they came. */
  const twoDays = async () => {
    const store = await clockedStore(database, OPENED, { dailyReset: { at: '05:00' } });
    await store.say({ body: { in: 60, out: 30 } }, { sensorId: 'arcade-1', body: { in: 10, out: 40 } });
    await store.flushAt('2026-11-20T09:00:00+01:00');
    await store.say({ body: { in: 60, out: 30 } }, { sensorId: 'arcade-1', body: { in: 40, out: 10 } });
    await store.flushAt('2026-11-21T09:00:00+01:00');
    return store;
  };
  const imbalanced = async ({ cloud }: ClockedStore) =>
    (await cloud.shown('calle-mayor')).content.alerts.filter(({ type }) => type === 'door-imbalance');

  test('is told night by night, the newest first, in plain words where a day did not balance', async () => {
    const store = await twoDays();
    expect(await nightsOf(store, '2')).toEqual([
      {
        day: '2026-11-20',
        in: 100,
        out: 40,
        left: 60,
        doors: [
          { doorId: 'street', name: 'Street', in: 60, out: 30 },
          { doorId: 'arcade', name: 'Arcade', in: 40, out: 10 },
        ],
        sentences: [expect.stringContaining('Arcade')],
      },
      expect.objectContaining({ day: '2026-11-19', left: 0, sentences: [] }),
    ]);
    expect((await nightsOf(store)).map(({ day }) => day)).toEqual([
      '2026-11-20',
      '2026-11-19',
      '2026-11-18',
      '2026-11-17',
      '2026-11-16',
      '2026-11-15',
      '2026-11-14',
    ]);
  });

  test('is noted on the signs in the morning, and is over the morning after a day that balances', async () => {
    const store = await twoDays();
    const doors = (await imbalanced(store)).map(({ door, severity }) => [door, severity]);
    expect(doors).toContainEqual(['arcade', 'note']);
    await store.say({ body: { in: 60, out: 60 } }, { sensorId: 'arcade-1', body: { in: 10, out: 10 } });
    await store.flushAt('2026-11-22T00:00:00+01:00');
    expect((await imbalanced(store)).filter(({ active }) => active)).toEqual([]);
  });

  test('is told with those who were heard of late', async () => {
    const store = await twoDays();
    const at = '2026-11-20T20:00:00+01:00';
    await store.say({ body: { out: 60, at, boot: 'b1', sequence: 1 } });
    expect(await nightsOf(store, '1')).toMatchObject([{ day: '2026-11-20', in: 100, out: 100, left: 0 }]);
    await store.expectTrue();
  });

  test.each([['0'], ['57'], ['1.5'], ['many']])('of %s nights is refused by its field', async (nights) => {
    const { owner } = await clockedStore(database, OPENED);
    const refused = refusalOf(await owner.drift('calle-mayor', { nights }));
    expect(refused).toMatchObject({ status: 400, code: 'bad-request', field: 'nights' });
  });

  test('of an unknown store is not found', async () => {
    const { owner } = await clockedStore(database, OPENED);
    expect(refusalOf(await owner.drift('nowhere'))).toMatchObject({ status: 404, code: 'unknown-store' });
  });
});
