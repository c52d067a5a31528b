import { expect, test } from 'vitest';
import { historySchema } from '../../../cloud/contracts/history.ts';
import { calleMayor } from '../../support/calle-mayor.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const INNER = {
  zones: [
    { id: 'hall', name: 'Hall' },
    { id: 'back', name: 'Back' },
  ],
  doors: [
    { id: 'street', name: 'Street', sensors: [{ id: 'street-1' }] },
    { id: 'inner', name: 'Inner', into: 'back', from: 'hall', sensors: [{ id: 'inner-1' }] },
  ],
};

onSqlite('the history of a store', (database) => {
  const stepsOf = async ({ owner }: ClockedStore, query: Record<string, string>) =>
    historySchema.parse((await owner.history('calle-mayor', { from: OPENED, ...query })).jsonBody).steps;

  /** Ten come in by ten past nine, four go at half past ten, one is added at eleven. */
  const aMorning = async (description: object = {}) => {
    const store = await clockedStore(database, OPENED, description);
    store.at('2026-11-21T09:10:00+01:00');
    await store.say({ body: { in: 10 } });
    store.at('2026-11-21T10:30:00+01:00');
    await store.say({ body: { in: 1, out: 5 } });
    store.at('2026-11-21T11:00:00+01:00');
    await store.owner.correct('calle-mayor', {
      kind: 'add',
      people: 1,
      zone: description === INNER ? 'hall' : undefined,
      by: 'Ana',
    });
    store.at('2026-11-21T11:20:30+01:00');
    return store;
  };

  test('is told by the hour of its own clock unless asked otherwise, up to now', async () => {
    expect(await stepsOf(await aMorning(), {})).toEqual([
      { startsAtMs: Date.parse(OPENED), startsAt: OPENED, in: 10, out: 0, corrected: 0, count: 10, peak: 10 },
      expect.objectContaining({ startsAt: '2026-11-21T10:00:00+01:00', in: 1, out: 5, count: 6, peak: 10 }),
      expect.objectContaining({
        startsAt: '2026-11-21T11:00:00+01:00',
        in: 0,
        corrected: 1,
        count: 7,
        peak: 7,
      }),
    ]);
  });

  test('is told of a time that is over as it was then, and of none to come', async () => {
    const store = await aMorning();
    const until = '2026-11-21T10:30:00+01:00';
    expect((await stepsOf(store, { until })).at(-1)).toMatchObject({ in: 0, count: 10 });
    const tomorrow = await stepsOf(store, { until: '2026-11-22T09:00:00+01:00', step: 'minute' });
    expect(tomorrow.at(-1)?.startsAt).toBe('2026-11-21T11:20:00+01:00');
    expect(await stepsOf(store, { step: 'day', from: '2026-11-20T00:00:00+01:00' })).toMatchObject([
      { startsAt: '2026-11-20T00:00:00+01:00', in: 0, count: 0 },
      { startsAt: '2026-11-21T00:00:00+01:00', in: 11, out: 5, corrected: 1, count: 7, peak: 10 },
    ]);
  });

  test('of a zone tells its own people, and of a door who passed it', async () => {
    const store = await aMorning(INNER);
    await store.say({ sensorId: 'inner-1', body: { in: 3, out: 1 } });
    expect((await stepsOf(store, { zone: 'hall' })).at(-1)).toMatchObject({
      in: 1,
      out: 3,
      corrected: 1,
      count: 5,
    });
    expect((await stepsOf(store, { zone: 'back' })).at(-1)).toMatchObject({
      in: 3,
      out: 1,
      corrected: 0,
      count: 2,
    });
    expect((await stepsOf(store, { door: 'inner' })).at(-1)).toMatchObject({
      in: 3,
      out: 1,
      count: 0,
      peak: 0,
    });
    expect((await stepsOf(store, {})).at(-1)).toMatchObject({ in: 0, out: 0, corrected: 1, count: 7 });
    await store.expectTrue();
  });

  test('of a door that is gone is still told, and the store’s count is as it was', async () => {
    const store = await aMorning();
    await store.cloud.keep('calle-mayor', calleMayor({ doors: calleMayor().doors.slice(1) }));
    expect(await stepsOf(store, { door: 'street' })).toMatchObject([
      { in: 10 },
      { in: 1, out: 5 },
      { in: 0 },
    ]);
    expect((await stepsOf(store, {})).map(({ count }) => count)).toEqual([10, 6, 7]);
    await store.expectTrue();
  });

  test('leaves the staff out, as the count does', async () => {
    const store = await aMorning({ limits: { soft: 52, hard: 60, staff: 2 } });
    expect((await stepsOf(store, {})).map(({ count }) => count)).toEqual([8, 4, 5]);
    expect(await store.count()).toBe(5);
  });

  test('is a table for a spreadsheet where asked for one', async () => {
    const store = await aMorning();
    const answer = await store.owner.history('calle-mayor', { from: OPENED, format: 'csv' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="calle-mayor-by-hour.csv"',
    });
    expect(answer.body).toBe(
      [
        'startsAt,in,out,corrected,count,peak',
        '2026-11-21T09:00:00+01:00,10,0,0,10,10',
        '2026-11-21T10:00:00+01:00,1,5,0,6,10',
        '2026-11-21T11:00:00+01:00,0,0,1,7,7',
        '',
      ].join('\r\n'),
    );
  });

  test.each([
    [{ from: '' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-11-21T09:00:00' }, 'from'],
    [{ until: 'now' }, 'until'],
    [{ step: 'week' }, 'step'],
    [{ format: 'xlsx' }, 'format'],
    [{ zone: 'Hall!' }, 'zone'],
    [{ zone: 'store', door: 'street' }, 'door'],
    [{ from: '2026-11-19T11:20:00+01:00', step: 'minute' }, 'from'],
    [{ from: '2026-09-20T09:00:00+02:00', step: 'hour' }, 'from'],
    [{ from: '2024-11-01T00:00:00+01:00', step: 'day' }, 'from'],
    [{ from: '2026-11-21T12:00:00+01:00' }, 'from'],
  ])('asked for with %j is refused, and the field that is wrong is named', async (query, field) => {
    const { owner } = await aMorning();
    const refused = refusalOf(await owner.history('calle-mayor', { from: OPENED, ...query }));
    expect(refused).toMatchObject({ status: 400, code: 'bad-request', field });
    expect(refused.detail).toContain('expected');
  });

  test('of an unknown store, zone or door is not found, and one without a beginning is refused', async () => {
    const { owner } = await aMorning();
    const from = OPENED;
    for (const [storeId, query] of [
      ['nowhere', { from }],
      ['calle-mayor', { from, zone: 'cellar' }],
      ['calle-mayor', { from, door: 'cellar' }],
    ] as const)
      expect(refusalOf(await owner.history(storeId, query))).toMatchObject({
        status: 404,
        code: 'unknown-store',
      });
    expect(refusalOf(await owner.history('calle-mayor', {}))).toMatchObject({ status: 400, field: 'from' });
  });
});
