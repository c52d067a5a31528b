import { expect, test } from 'vitest';
import type { Role } from '../../../../cloud/contracts/person.ts';
import { calleMayor } from '../../../support/calle-mayor.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { listPeopleRoutes, type PeopleApi, peopleApi } from '../../../support/people-api.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const PARAMS = {
  storeId: 'calle-mayor',
  storeGroupId: 'demo',
  sensorId: 'street-1',
  signId: 's-none',
  personId: 'p-none-at-all',
};
const ONLY_ADMINS = [
  'exportTable',
  'importTable',

  'keepStore',
  'keepStoreGroup',
  'makeIngestKey',
  'listPeople',
  'makePerson',
  'removePerson',
  'changePerson',
  'makeSensor',
  'removeSensor',
  'renewConnectionString',
];
const ONLY_OF_ALL_STORES = [
  ...['keepStoreGroup', 'listRejected', 'replayRejected', 'listSigns', 'assignment'],
  ...['listPeople', 'makePerson', 'removePerson', 'listAudit', 'exportTable', 'importTable'],
  ...['changePerson', 'makeSensor', 'removeSensor', 'deleteRejected'],
];

onSqlite('what a person may do', (database) => {
  async function opened() {
    const store = await clockedStore(database, OPENED);
    await store.cloud.keep(
      'north',
      calleMayor({
        storeGroups: ['demo', 'cold'],
        doors: [{ id: 'n', name: 'N', sensors: [{ id: 'north-1' }] }],
      }),
    );
    return { store, api: peopleApi(store.cloud.services) };
  }
  const headersOf = async (api: PeopleApi, role: Role, storeIds: string[] | null) => {
    const { key } = await api.personWith({ name: 'Ana', role, storeIds });
    return { authorization: `Bearer ${key}` };
  };
  const refusedTo = async (api: PeopleApi, role: Role, storeIds: string[] | null) => {
    const headers = await headersOf(api, role, storeIds);
    const refused: string[] = [];
    for (const { name } of listPeopleRoutes().filter(({ name }) => name !== 'signOut')) {
      const { status } = await api.ask(name, { params: PARAMS, headers, body: {} });
      if (status === 403) refused.push(name);
    }
    return refused.sort();
  };

  test('follows from the role: a viewer looks, a manager answers and corrects, an admin describes and lets in', async () => {
    const { api } = await opened();
    const changing = listPeopleRoutes().filter(({ method, name }) => method !== 'GET' && name !== 'signOut');
    expect(await refusedTo(api, 'viewer', null)).toEqual(
      [...changing.map(({ name }) => name), 'exportTable', 'listPeople'].sort(),
    );
    expect(await refusedTo(api, 'manager', null)).toEqual([...ONLY_ADMINS].sort());
    expect(await refusedTo(api, 'admin', null)).toEqual([]);
  });

  test('ends with one’s own stores: what reaches beyond them is for those who see all', async () => {
    const { api } = await opened();
    expect(await refusedTo(api, 'admin', ['calle-mayor'])).toEqual([...ONLY_OF_ALL_STORES].sort());
  });

  test('is nothing in a store of somebody else, be it there or not', async () => {
    const { api } = await opened();
    const headers = await headersOf(api, 'admin', ['calle-mayor']);
    const ofStores = listPeopleRoutes().filter(({ route }) => route.includes('{storeId}'));
    expect(ofStores.length).toBeGreaterThan(7);
    for (const { name } of ofStores)
      for (const storeId of ['north', 'nowhere', 'Calle-Mayor', ''])
        expect(refusalOf(await api.ask(name, { params: { storeId }, headers, body: {} }))).toMatchObject({
          status: 403,
          code: 'not-allowed',
        });
    const ofSensor = await api.ask('makeIngestKey', { params: { sensorId: 'north-1' }, headers });
    expect(refusalOf(ofSensor)).toMatchObject({ status: 404, code: 'unknown-sensor' });
  });

  test('an overview shows the stores that are one’s own, and the groups that are wholly so', async () => {
    const { api } = await opened();
    await api.own('keepStore', {
      params: { storeId: 'calle-mayor' },
      body: calleMayor({ storeGroups: ['demo', 'sun'] }),
    });
    const shown = async (headers: Record<string, string>) =>
      Object((await api.ask('overview', { headers })).jsonBody);
    const all = await shown(await headersOf(api, 'viewer', null));
    expect(all).toMatchObject({
      nowMs: Date.parse(OPENED),
      stores: [
        { snapshot: { content: { store: { id: 'calle-mayor' } } }, storeGroups: ['demo', 'sun'] },
        { snapshot: { content: { store: { id: 'north' } } }, storeGroups: ['cold', 'demo'] },
      ],
      storeGroups: [
        { storeGroupId: 'cold', storeIds: ['north'] },
        { storeGroupId: 'demo', storeIds: ['calle-mayor', 'north'] },
        { storeGroupId: 'sun', storeIds: ['calle-mayor'] },
      ],
    });
    const own = await shown(await headersOf(api, 'manager', ['calle-mayor', 'not-there-yet']));
    expect(own.stores).toHaveLength(1);
    expect(own.storeGroups).toEqual([{ storeGroupId: 'sun', storeIds: ['calle-mayor'] }]);
    const group = await api.ask('readStoreGroup', {
      ...{ params: { storeGroupId: 'demo' }, headers: await headersOf(api, 'viewer', ['north']) },
    });
    expect(group).toMatchObject({ jsonBody: { storeIds: ['north'] } });
  });

  test('somebody who lets others in always stays', async () => {
    const { api } = await opened();
    const first = await api.personWith({ name: 'Ana', role: 'admin', storeIds: null });
    await api.personWith({ name: 'Bo', role: 'admin', storeIds: ['north'] });
    await api.personWith({ name: 'Cy', role: 'manager', storeIds: null });
    const remove = (personId: string) => api.own('removePerson', { params: { personId } });
    expect(refusalOf(await remove(first.personId))).toMatchObject({ status: 409, code: 'last-admin' });
    await api.personWith({ name: 'Di', role: 'admin', storeIds: null });
    expect((await remove(first.personId)).status).toBe(200);
    expect(refusalOf(await remove(first.personId))).toMatchObject({ status: 404, code: 'unknown-person' });
    expect(refusalOf(await remove('Ana'))).toMatchObject({ status: 404, code: 'unknown-person' });
  });
});
