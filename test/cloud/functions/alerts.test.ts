import { expect, test } from 'vitest';
import * as z from 'zod';
import { alertEventSchema } from '../../../cloud/contracts/alert.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const BOTH = [{ body: {} }, { sensorId: 'arcade-1', body: {} }];
const SILENT = { type: 'sensor-silent', source: 'street-1' };

const listedSchema = z.object({
  alerts: z.array(z.looseObject({ type: z.string(), source: z.string(), phase: z.string() })),
  events: z.array(alertEventSchema),
});

onSqlite('the alerts of a store', (database) => {
  const listed = async ({ owner }: ClockedStore) =>
    listedSchema.parse((await owner.alerts('calle-mayor')).jsonBody);
  const shown = async ({ cloud }: ClockedStore) => (await cloud.shown('calle-mayor')).content.alerts;

  /** Both doors are heard at nine; from then on the arcade alone speaks. */
  const silentStreet = async () => {
    const store = await clockedStore(database, OPENED);
    await store.say(...BOTH);
    store.at('2026-11-21T09:01:00+01:00');
    await store.say({ sensorId: 'arcade-1', body: {} });
    await store.flushAt('2026-11-21T09:01:30+01:00');
    expect((await listed(store)).alerts).toEqual([]);
    await store.flushAt('2026-11-21T09:01:31+01:00');
    return store;
  };

  const keepsSpeaking = async (store: ClockedStore, times: readonly string[]) => {
    for (const time of times) {
      store.at(`2026-11-21T${time}+01:00`);
      await store.say(...BOTH);
    }
  };

  test('a sensor that has fallen silent is named on the signs, and so is who answers for it', async () => {
    const store = await silentStreet();
    const sinceMs = Date.parse('2026-11-21T09:01:31+01:00');
    const alert = { type: 'sensor-silent', severity: 'warn', door: 'street', active: true, sinceMs };
    expect(await shown(store)).toEqual([{ ...alert, acknowledgedBy: null }]);
    store.at('2026-11-21T09:02:00+01:00');
    const answer = await store.owner.acknowledge('calle-mayor', { ...SILENT, by: 'Ana' });
    expect(answer).toMatchObject({ status: 200, jsonBody: { storeId: 'calle-mayor', ...SILENT, by: 'Ana' } });
    expect(await shown(store)).toEqual([{ ...alert, acknowledgedBy: 'Ana' }]);
    expect(Object(store.owner.told.at(-1)?.arguments[0]).content.alerts).toEqual(await shown(store));
    await store.owner.acknowledge('calle-mayor', { ...SILENT, by: 'Bo' });
    expect(await shown(store)).toEqual([{ ...alert, acknowledgedBy: 'Ana' }]);
  });

  test('it is over when the sensor has spoken again for twice as long as it may be silent, and all of it is on record', async () => {
    const store = await silentStreet();
    store.at('2026-11-21T09:02:00+01:00');
    await store.owner.acknowledge('calle-mayor', { ...SILENT, by: 'Ana' });
    await store.say(...BOTH);
    await keepsSpeaking(store, ['09:03:20', '09:04:40']);
    await store.flushAt('2026-11-21T09:04:59.999+01:00');
    expect((await listed(store)).alerts).toMatchObject([{ ...SILENT, phase: 'clearing' }]);
    await store.flushAt('2026-11-21T09:05:00+01:00');
    const { alerts, events } = await listed(store);
    expect(alerts).toEqual([]);
    expect(await shown(store)).toEqual([]);
    expect(events).toEqual([
      { ...SILENT, event: 'cleared', atMs: Date.parse('2026-11-21T09:05:00+01:00'), by: null },
      { ...SILENT, event: 'acknowledged', atMs: Date.parse('2026-11-21T09:02:00+01:00'), by: 'Ana' },
      { ...SILENT, event: 'raised', atMs: Date.parse('2026-11-21T09:01:31+01:00'), by: null },
    ]);
  });

  test('one that is over before anybody has answered stays until somebody does', async () => {
    const store = await silentStreet();
    await store.say(...BOTH);
    await keepsSpeaking(store, ['09:03:00', '09:04:20']);
    await store.flushAt('2026-11-21T09:04:31+01:00');
    expect(await shown(store)).toMatchObject([
      { type: 'sensor-silent', active: false, acknowledgedBy: null },
    ]);
    await store.owner.acknowledge('calle-mayor', { ...SILENT, by: 'Ana' });
    expect(await shown(store)).toEqual([]);
    expect((await listed(store)).events.map(({ event }) => event)).toEqual([
      'acknowledged',
      'cleared',
      'raised',
    ]);
  });

  test('one that speaks and falls silent within the delay was never away', async () => {
    const store = await silentStreet();
    await store.say({ body: {}, enqueuedAtMs: Date.parse('2026-11-21T09:00:03+01:00') });
    await store.flushAt('2026-11-21T09:01:34+01:00');
    expect(await shown(store)).toMatchObject([{ ...{ type: 'sensor-silent' }, active: true }]);
    expect((await listed(store)).events).toHaveLength(1);
  });

  test('more people than allowed raise an alarm at once', async () => {
    const store = await clockedStore(database, OPENED, { limits: { soft: 3, hard: 5 } });
    await store.say({ body: { in: 6 } }, { sensorId: 'arcade-1', body: {} });
    expect(await shown(store)).toMatchObject([{ type: 'over-capacity', severity: 'alarm', active: true }]);
    expect((await store.cloud.shown('calle-mayor')).content.state).toBe('over');
  });

  test.each([
    [{ type: 'hungry', source: 'store', by: 'Ana' }, 'type'],
    [{ type: 'full', by: 'Ana' }, 'source'],
    [{ type: 'full', source: 'store', by: '' }, 'by'],
    [{ type: 'full', source: 'store', by: 'x'.repeat(41) }, 'by'],
  ])('an answer %j is refused, and the field that is wrong is named', async (request, field) => {
    const { owner } = await clockedStore(database, OPENED);
    expect(refusalOf(await owner.acknowledge('calle-mayor', request))).toMatchObject({
      status: 400,
      code: 'bad-request',
      field,
    });
  });

  test('an answer to what is no alert, or of no store, is refused', async () => {
    const { owner } = await clockedStore(database, OPENED);
    const answer = { type: 'full', source: 'store', by: 'Ana' };
    expect(refusalOf(await owner.acknowledge('calle-mayor', answer))).toMatchObject({
      status: 404,
      code: 'unknown-alert',
      field: 'source',
    });
    expect(refusalOf(await owner.acknowledge('nowhere', answer))).toMatchObject({ code: 'unknown-store' });
    expect(refusalOf(await owner.alerts('nowhere'))).toMatchObject({ status: 404, code: 'unknown-store' });
  });
});
