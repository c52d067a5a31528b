import { expect, test } from 'vitest';
import * as z from 'zod';
import { type ClockedStore, clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const MAX_BODY_BYTES = 1024 * 1024;
const body = '{"in":2,"boot":"b1","sequence":1}';

const madeSchema = z.object({ sensorId: z.string(), key: z.string(), path: z.string() });
const keyOf = async ({ owner }: ClockedStore, sensorId = 'street-1') =>
  madeSchema.parse((await owner.makeKey(sensorId)).jsonBody);

onSqlite('the push of a camera', (database) => {
  test('is counted, and told to the signs, before it is answered; sent again it counts nobody', async () => {
    const store = await clockedStore(database, OPENED);
    const { key, path } = await keyOf(store);
    expect(path).toBe('/api/ingest/street-1');
    for (const again of [false, true]) {
      expect(await store.owner.push('street-1', { key, body })).toMatchObject({ status: 200 });
      expect({ again, count: await store.count() }).toEqual({ again, count: 2 });
    }
    expect(Object(store.owner.told[0]?.arguments[0]).content).toMatchObject({ count: 2, today: { in: 2 } });
  });

  test('without numbers of its own is a message of its own each time', async () => {
    const store = await clockedStore(database, OPENED);
    const { key } = await keyOf(store);
    for (const people of [1, 1])
      await store.owner.push('street-1', { key, body: JSON.stringify({ in: people }) });
    expect(await store.count()).toBe(2);
  });

  test('may bring its key in a header, as a password, or in its address', async () => {
    const store = await clockedStore(database, OPENED);
    const { key } = await keyOf(store);
    const authorization = (user: string) => `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`;
    const one = '{"in":1}';
    const pushes = [
      { headers: { 'x-api-key': key }, body: one },
      { headers: { authorization: authorization('camera') }, body: one },
      { headers: { authorization: authorization('') }, body: one },
      { key, body: one },
    ];
    for (const push of pushes)
      expect(await store.owner.push('street-1', push)).toMatchObject({ status: 200 });
    expect(await store.count()).toBe(pushes.length);
  });

  test('with no key, another’s, an old one, or of no sensor at all is asked for one, and counts nobody', async () => {
    const store = await clockedStore(database, OPENED);
    const { key: old } = await keyOf(store);
    const { key: others } = await keyOf(store, 'arcade-1');
    const { key } = await keyOf(store);
    const wrong = [
      store.owner.push('street-1', { body }),
      store.owner.push('street-1', { key: others, body }),
      store.owner.push('street-1', { key: old, body }),
      store.owner.push('street-1', { key, headers: { 'x-api-key': old }, body }),
      store.owner.push('nobody-1', { key, body }),
      store.owner.push('not a sensor', { key, body }),
    ];
    for (const answer of await Promise.all(wrong)) {
      expect(refusalOf(answer)).toMatchObject({ status: 401, code: 'bad-key' });
      expect(answer.headers).toMatchObject({ 'www-authenticate': 'Basic realm="vitrine"' });
    }
    expect(await store.count()).toBe(0);
    expect((await store.owner.rejected()).jsonBody).toEqual({ rejected: [] });
  });

  test('that cannot be understood is answered as well, and kept', async () => {
    const store = await clockedStore(database, OPENED);
    const { key } = await keyOf(store);
    expect(await store.owner.push('street-1', { key, body: '<a' })).toMatchObject({ status: 200 });
    expect((await store.owner.rejected()).jsonBody).toMatchObject({
      rejected: [{ reason: 'not-xml', body: '<a' }],
    });
  });

  test('that is larger than any message may be is refused', async () => {
    const store = await clockedStore(database, OPENED);
    const { key } = await keyOf(store);
    const large = '1'.repeat(MAX_BODY_BYTES + 1);
    expect(refusalOf(await store.owner.push('street-1', { key, body: large }))).toMatchObject({
      status: 413,
    });
  });

  test('needs a key that is given only for a sensor which a store names', async () => {
    const { owner } = await clockedStore(database, OPENED);
    for (const sensorId of ['nobody-1', 'not a sensor'])
      expect(refusalOf(await owner.makeKey(sensorId))).toMatchObject({ status: 404, code: 'unknown-sensor' });
  });

  test('and its key are nowhere in the database as they were given', async () => {
    const store = await clockedStore(database, OPENED);
    const { key } = await keyOf(store);
    expect(JSON.stringify(await database.sql('select * from ingest_keys'))).not.toContain(key);
  });
});
