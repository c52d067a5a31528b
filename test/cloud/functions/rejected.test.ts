import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { rejectedMessageSchema } from '../../../cloud/contracts/rejected.ts';
import { calleMayor } from '../../support/calle-mayor.ts';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { historySince, stepAt } from '../../support/count-laws.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const withBackDoor = () =>
  calleMayor({
    doors: [...calleMayor().doors, { id: 'back', name: 'Back', sensors: [{ id: 'back-1' }] }],
  });

const listedSchema = z.object({ rejected: z.array(rejectedMessageSchema) });
const listed = async ({ owner }: ClockedStore) =>
  listedSchema.parse((await owner.rejected()).jsonBody).rejected;
const replay = async ({ owner }: ClockedStore, sensorId: string) =>
  (await owner.replay({ sensorId })).jsonBody;

onSqlite('what was refused', (database) => {
  test('of a sensor without a place counts once it has one: each passage once, at its own time', async () => {
    const store = await clockedStore(database, OPENED);
    await store.say({ sensorId: 'back-1', body: { in: 4 } });
    store.at('2026-11-21T10:10:00+01:00');
    const late = { in: 2, out: 1, at: '2026-11-21T09:40:00+01:00', boot: 'b1', sequence: 1 };
    await store.say({ sensorId: 'back-1', body: late }, { sensorId: 'back-1', body: { in: 1 } });
    expect(await store.count()).toBe(0);
    expect(await listed(store)).toMatchObject([
      { sensorId: 'back-1', reason: 'unplaced-sensor', times: 1, detail: expect.stringContaining('name it') },
      { sensorId: 'back-1', reason: 'unplaced-sensor' },
      { sensorId: 'back-1', reason: 'unplaced-sensor', body: '{"in":4}', encoding: 'utf-8' },
    ]);
    store.at('2026-11-21T11:30:00+01:00');
    await store.cloud.keep('calle-mayor', withBackDoor());
    expect(await replay(store, 'back-1')).toEqual({ replayed: 3, stillRejected: 0 });
    expect(await store.count()).toBe(6);
    const hours = await historySince(store.cloud, 'calle-mayor', store.bornAtMs, { step: 'hour' });
    expect(stepAt(hours, OPENED)).toMatchObject({ in: 6, out: 1, count: 5 });
    expect(stepAt(hours, '2026-11-21T10:00:00+01:00')).toMatchObject({ in: 1, count: 6 });
    expect(stepAt(hours, '2026-11-21T11:00:00+01:00')).toMatchObject({ in: 0, count: 6 });
    expect(Object(store.owner.told.at(-1)?.arguments[0]).content.count).toBe(6);
    expect(await listed(store)).toEqual([]);
    expect(await replay(store, 'back-1')).toEqual({ replayed: 0, stillRejected: 0 });
    await store.say({ sensorId: 'back-1', body: late });
    expect(await store.count()).toBe(6);
    await store.expectTrue();
  });

  test('of a sensor that has lost its place is kept as that of one that never had any', async () => {
    const store = await clockedStore(database, OPENED, withBackDoor());
    await store.say({ sensorId: 'back-1', body: { in: 1 } });
    store.at('2026-11-21T10:00:00+01:00');
    await store.cloud.keep('calle-mayor', calleMayor());
    store.at('2026-11-21T10:30:00+01:00');
    await store.say({ sensorId: 'back-1', body: { in: 9 } });
    expect(await store.count()).toBe(1);
    expect(await listed(store)).toMatchObject([{ sensorId: 'back-1', reason: 'unplaced-sensor', times: 1 }]);
  });

  test('of a sensor that stood nowhere stays on record when it has a door again, however often it is replayed', async () => {
    const store = await clockedStore(database, OPENED, withBackDoor());
    store.at('2026-11-21T10:00:00+01:00');
    await store.cloud.keep('calle-mayor', calleMayor());
    store.at('2026-11-21T10:30:00+01:00');
    await store.say({ sensorId: 'back-1', body: { in: 9 } });
    store.at('2026-11-21T11:00:00+01:00');
    await store.cloud.keep('calle-mayor', withBackDoor());
    for (let time = 0; time < 3; time += 1)
      expect(await replay(store, 'back-1')).toEqual({ replayed: 1, stillRejected: 1 });
    expect(await store.count()).toBe(0);
    expect(await listed(store)).toMatchObject([{ sensorId: 'back-1', reason: 'stood-nowhere' }]);
  });

  test('of hundreds of messages counts whole, and in the order in which they came', async () => {
    const store = await clockedStore(database, OPENED);
    const totals = Array.from({ length: 700 }, (_, index) => ({
      sensorId: 'back-1',
      body: { kind: 'cumulative', in: index, out: 0, boot: 'b1', sequence: index },
      enqueuedAtMs: store.bornAtMs + index * 1_000,
    }));
    for (let from = 0; from < totals.length; from += 100) await store.say(...totals.slice(from, from + 100));
    store.at('2026-11-21T09:30:00+01:00');
    await store.cloud.keep('calle-mayor', withBackDoor());
    expect(await replay(store, 'back-1')).toEqual({ replayed: 700, stillRejected: 0 });
    expect(await store.count()).toBe(699);
    await store.expectTrue();
  });

  test('of a message with good and bad readings is what is bad: the good ones count at once, and no replay counts them again', async () => {
    const store = await clockedStore(database, OPENED);
    const body = [{ in: 3 }, { in: -1 }, { in: 2, boot: 'b1', sequence: 4 }];
    await store.say({ messageId: 'mixed', body });
    expect(await store.count()).toBe(5);
    const kept = {
      reason: 'not-a-reading',
      detail: '1.in: expected 0 or more',
      body: JSON.stringify(body),
      times: 1,
    };
    expect(await listed(store)).toMatchObject([kept]);
    expect(await replay(store, 'street-1')).toEqual({ replayed: 1, stillRejected: 1 });
    expect(await store.count()).toBe(5);
    expect(await listed(store)).toMatchObject([kept]);
    await store.expectTrue();
  });

  test('because it was more than can be stays refused, whoever replays it', async () => {
    const store = await clockedStore(database, OPENED);
    await store.say({ body: { in: 50_000, boot: 'b1', sequence: 1 } });
    expect(await listed(store)).toMatchObject([
      {
        reason: 'implausible',
        detail: '50000 in and 0 out since its last reading, expected at most 2700: not counted',
      },
    ]);
    expect(await replay(store, 'street-1')).toEqual({ replayed: 1, stillRejected: 1 });
    expect(await store.count()).toBe(0);
    expect(await listed(store)).toHaveLength(1);
  });

  test('is shown as it came: what is no text in base64, and what came again with how often', async () => {
    const store = await clockedStore(database, OPENED);
    const { jsonBody } = await store.owner.makeKey('street-1');
    const { key } = z.object({ key: z.string() }).parse(jsonBody);
    await store.owner.push('street-1', { key, body: Uint8Array.from([0xff, 0x00, 0xfe]) });
    store.at('2026-11-21T09:05:00+01:00');
    await store.say({ body: 'zzz' }, { body: 'zzz' });
    store.at('2026-11-21T09:06:00+01:00');
    await store.say({ body: 'zzz' });
    expect(await listed(store)).toMatchObject([
      {
        body: 'zzz',
        encoding: 'utf-8',
        reason: 'not-json',
        times: 3,
        firstSeenAtMs: Date.parse('2026-11-21T09:05:00+01:00'),
        lastSeenAtMs: Date.parse('2026-11-21T09:06:00+01:00'),
      },
      { body: '/wD+', encoding: 'base64', times: 1 },
    ]);
  });

  describe('a replay', () => {
    test.each([[{}], [{ sensorId: '' }], [{ sensorId: 7 }]])(
      'of %j is refused by its field',
      async (request) => {
        const { owner } = await clockedStore(database, OPENED);
        expect(refusalOf(await owner.replay(request))).toMatchObject({
          code: 'bad-request',
          field: 'sensorId',
        });
      },
    );

    test('of a sensor of which nothing was refused does nothing', async () => {
      const store = await clockedStore(database, OPENED);
      expect(await replay(store, 'street-1')).toEqual({ replayed: 0, stillRejected: 0 });
      expect(store.owner.told).toEqual([]);
    });
  });
});
