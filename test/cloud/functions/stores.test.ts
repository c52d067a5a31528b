import { expect, test } from 'vitest';
import * as z from 'zod';
import { calleMayor } from '../../support/calle-mayor.ts';
import { clockedStore } from '../../support/clocked-store.ts';
import { refusalOf } from '../../support/owner-calls.ts';
import { peopleApi } from '../../support/people-api.ts';
import { onSqlite } from '../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const SIGN_ID = `s-${'a'.repeat(43)}`;
const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'a'.repeat(43), y: 'a'.repeat(43) } as const;
const keyMadeSchema = z.object({ key: z.string() });
const NO_SENSORS = [{ id: 'a', name: 'A', sensors: [] }];
const NOT_YOURS = {
  status: 403,
  code: 'not-allowed',
  detail: 'this group is not yours',
  field: 'storeGroups',
};

onSqlite('a store', (database) => {
  /** `calle-mayor` in `demo`, `north` in `cold`; a sign without a store in `signs`; `said` is only spoken of. */
  async function opened() {
    const { cloud, owner } = await clockedStore(database, OPENED);
    const doors = [{ id: 'n', name: 'N', sensors: [{ id: 'north-1' }] }];
    await cloud.keep('north', calleMayor({ storeGroups: ['cold'], doors }));
    await owner.putGroup('said', { dailyReset: { at: '05:00' } });
    await database.tx(async (tx) => {
      await tx.signs.enrol({ signId: SIGN_ID, publicKey: PUBLIC_KEY, atMs: 1 });
      await tx.signs.assign(SIGN_ID, 'signs');
    });
    const api = peopleApi(cloud.services);
    /** As an admin of these stores. */
    const keepAs = async (storeIds: string[] | null, storeId: string, difference: object) => {
      const { key } = await api.personWith({ name: 'Ana', role: 'admin', storeIds });
      const headers = { authorization: `Bearer ${key}` };
      return api.ask('keepStore', { params: { storeId }, headers, body: calleMayor(difference) });
    };
    const description = (storeId: string) => database.tx((tx) => tx.structure.storeDescription(storeId));
    return { cloud, owner, keepAs, description };
  }

  test.each([
    ['holds a store of somebody else', 'cold'],
    ['has signs and no store', 'signs'],
    ['somebody described and no store is in', 'said'],
  ])('is put into no group that %s, but by who may see all stores', async (_, group) => {
    const { keepAs, description } = await opened();
    const storeGroups = ['demo', 'fresh', group];
    const refused = await keepAs(['calle-mayor'], 'calle-mayor', { storeGroups });
    expect(refusalOf(refused)).toMatchObject(NOT_YOURS);
    const made = await keepAs(['calle-mayor', 'new'], 'new', { storeGroups: [group], doors: NO_SENSORS });
    expect(refusalOf(made)).toMatchObject(NOT_YOURS);
    expect((await description('calle-mayor'))?.storeGroups).toEqual(['demo']);
    expect(await description('new')).toBeUndefined();
    expect((await keepAs(null, 'calle-mayor', { storeGroups })).status).toBe(200);
  });

  test('is put by its admin into groups that are new, wholly their own, or held it before', async () => {
    const { keepAs, cloud, description } = await opened();
    const doors = NO_SENSORS;
    await cloud.keep('calle-mayor', calleMayor({ storeGroups: ['demo', 'cold', 'said', 'signs'] }));
    const storeGroups = ['cold', 'said', 'signs', 'fresh'];
    expect((await keepAs(['calle-mayor'], 'calle-mayor', { storeGroups })).status).toBe(200);
    expect((await description('calle-mayor'))?.storeGroups).toEqual(storeGroups);
    const both = ['calle-mayor', 'new'];
    expect((await keepAs(both, 'new', { storeGroups: ['fresh', 'signs'], doors })).status).toBe(200);
  });

  test('that has a sensor already is named only to who may see it', async () => {
    const { keepAs } = await opened();
    const doors = [{ id: 'a', name: 'A', sensors: [{ id: 'north-1' }] }];
    const refused = async (storeIds: string[] | null) =>
      refusalOf(await keepAs(storeIds, 'calle-mayor', { doors }));
    const taken = { status: 409, code: 'sensor-taken', field: 'doors.0.sensors.0.id' };
    expect(await refused(['calle-mayor'])).toMatchObject({
      ...taken,
      detail: 'doors.0.sensors.0.id: north-1 belongs to another store',
    });
    for (const storeIds of [null, ['calle-mayor', 'north']])
      expect(await refused(storeIds)).toMatchObject({
        ...taken,
        detail: 'doors.0.sensors.0.id: north-1 belongs to the store north',
      });
  });

  test('that a sensor leaves keeps no key for it, and the keys of those that stay', async () => {
    const { cloud, owner } = await opened();
    const keyOf = async (sensorId: string) =>
      keyMadeSchema.parse((await owner.makeKey(sensorId)).jsonBody).key;
    const push = async (sensorId: string, key: string) =>
      (await owner.push(sensorId, { key, body: '{"in":1}' })).status;
    const left = await keyOf('street-1');
    const stays = await keyOf('arcade-1');
    const [street, arcade] = calleMayor().doors;
    await cloud.keep('calle-mayor', calleMayor({ doors: [{ ...street, sensors: arcade?.sensors }] }));
    expect(await push('street-1', left)).toBe(401);
    const moved = [{ id: 'n', name: 'N', sensors: [{ id: 'north-1' }, { id: 'street-1' }] }];
    expect((await cloud.keep('north', calleMayor({ storeGroups: ['cold'], doors: moved }))).status).toBe(200);
    expect(await push('street-1', left)).toBe(401);
    expect(await push('arcade-1', stays)).toBe(200);
    expect((await cloud.shown('north')).content.count).toBe(0);
  });
});
