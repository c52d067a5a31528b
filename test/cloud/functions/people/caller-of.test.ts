import { expect, test } from 'vitest';
import { settingsFrom } from '../../../../cloud/functions/settings.ts';
import { clockedStore } from '../../../support/clocked-store.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { ORIGIN, peopleApi } from '../../../support/people-api.ts';
import { type FreshDatabase, onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const TENANT = '8d1f6a5e-6f0c-4f43-9d3c-3c2b1a0f9e8d';
const OBJECT = '0f9e8d7c-6b5a-4f43-8d1f-6a5e3c2b1a0f';
const AUTH_ON = { WEBSITE_AUTH_ENABLED: 'True', EntraTenantId: TENANT };

type Claim = { typ: string; val: string };
const claims = (...roles: string[]): Claim[] => [
  { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: TENANT },
  { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: OBJECT },
  { typ: 'name', val: 'Eva' },
  ...roles.map((val) => ({ typ: 'roles', val })),
];
const principal = (of: readonly Claim[], authType = 'aad') => ({
  'x-ms-client-principal': Buffer.from(JSON.stringify({ auth_typ: authType, claims: of })).toString('base64'),
});

async function opened(database: FreshDatabase, settings: Record<string, string> = {}) {
  const store = await clockedStore(database, OPENED);
  const { services } = store.cloud;
  const all = settingsFrom({
    ...{ VitrineDatabase: 'given', AzureSignalRConnectionString: 'not used', IotHubRegistry: 'not used' },
    ...{ SessionSigningKey: 'x'.repeat(44), MinimumPushIntervalMs: '0' },
    ...settings,
  });
  return { ...store, api: peopleApi({ ...services, settings: all }) };
}

onSqlite('who asks', (database) => {
  test('is nobody without anything to prove it', async () => {
    const { api } = await opened(database);
    for (const headers of [
      {},
      { 'x-functions-key': 'guess' },
      { 'x-functions-key': '' },
      { authorization: 'Bearer vk_guess' },
      { cookie: 'vitrine-session-7071=guess' },
      { cookie: 'vitrine-session-7071=' },
      { 'x-vitrine-person': 'p-owner-key' },
    ])
      expect(refusalOf(await api.ask('overview', { headers }))).toMatchObject({
        status: 401,
        code: 'not-signed-in',
      });
  });

  test('is the owner by the owner’s key in the header, not in the address where it would be logged', async () => {
    const { api } = await opened(database);
    expect(await api.own('whoAmI')).toMatchObject({
      jsonBody: {
        person: { personId: 'p-owner-key', name: 'Owner key', role: 'admin', storeIds: null },
        nowMs: Date.parse(OPENED),
      },
    });
    const code = 'the-key-of-the-owner-of-this-installation';
    expect((await api.ask('whoAmI', { query: { code } })).status).toBe(401);
  });

  test('is a script by the access key of a person, and it is noted when it was last seen', async () => {
    const { api, at } = await opened(database);
    const { key } = await api.personWith({ name: 'Till', role: 'viewer', storeIds: ['calle-mayor'] });
    at('2026-11-21T09:10:00+01:00');
    const asked = { params: { storeId: 'calle-mayor' }, headers: { authorization: `Bearer ${key}` } };
    expect((await api.ask('readStore', asked)).status).toBe(200);
    expect(await api.own('listPeople')).toMatchObject({
      jsonBody: { people: [{ name: 'Till', lastSeenAtMs: Date.parse('2026-11-21T09:10:00+01:00') }] },
    });
  });

  test('a forged principal of App Service is nobody where App Service signs nobody in', async () => {
    const headers = principal(claims('admin'));
    for (const settings of [
      {},
      { EntraTenantId: TENANT },
      { ...AUTH_ON, WEBSITE_AUTH_ENABLED: 'False' },
      { WEBSITE_AUTH_ENABLED: 'True' },
    ]) {
      const { api } = await opened(database, settings);
      expect(refusalOf(await api.ask('overview', { headers }))).toMatchObject({
        status: 401,
        code: 'not-signed-in',
      });
    }
  });

  test.each([
    ['of another tenant', principal([{ ...claims()[0], val: OBJECT } as Claim, ...claims('admin').slice(1)])],
    ['of no tenant', principal(claims('admin').slice(1))],
    ['of nobody', principal(claims('admin').filter(({ typ }) => !typ.endsWith('objectidentifier')))],
    ['of another provider', principal(claims('admin'), 'github')],
    ['that is no JSON', { 'x-ms-client-principal': 'e30' }],
    ['that is nothing', { 'x-ms-client-principal': '' }],
  ])('a principal %s is nobody', async (_, headers) => {
    const { api } = await opened(database, AUTH_ON);
    expect((await api.ask('overview', { headers })).status).toBe(401);
  });

  test('an admin of our tenant may all, and by their name', async () => {
    const { api } = await opened(database, AUTH_ON);
    expect(
      await api.ask('whoAmI', { headers: principal(claims('viewer', 'admin', 'janitor')) }),
    ).toMatchObject({
      jsonBody: { person: { personId: `p-${OBJECT}`, name: 'Eva', role: 'admin', storeIds: null } },
    });
  });

  test('a manager of our tenant may nothing until somebody has said where', async () => {
    const { api } = await opened(database, AUTH_ON);
    const headers = principal(claims('manager'));
    expect(refusalOf(await api.ask('overview', { headers }))).toMatchObject({ status: 403 });
    const eva = {
      name: 'Eva M.',
      role: 'manager',
      storeIds: ['calle-mayor'],
      objectId: OBJECT.toUpperCase(),
    };
    expect(await api.own('makePerson', { body: eva })).toMatchObject({ status: 200, jsonBody: { key: '' } });
    expect(refusalOf(await api.own('makePerson', { body: eva }))).toMatchObject({ field: 'objectId' });
    expect(await api.ask('whoAmI', { headers })).toMatchObject({
      jsonBody: { person: { name: 'Eva M.', role: 'manager', storeIds: ['calle-mayor'] } },
    });
  });

  test.each([
    ['viewer', 'admin', 'viewer'],
    ['admin', 'viewer', 'viewer'],
    ['manager', 'manager', 'manager'],
  ] as const)('a %s here who is a %s of our tenant may what a %s may', async (role, entraRole, allowed) => {
    const { api } = await opened(database, AUTH_ON);
    await api.own('makePerson', { body: { name: 'Eva', role, storeIds: ['calle-mayor'], objectId: OBJECT } });
    expect(await api.ask('whoAmI', { headers: principal(claims(entraRole)) })).toMatchObject({
      jsonBody: { person: { role: allowed, storeIds: ['calle-mayor'] } },
    });
  });

  test('an admin of our tenant who was restricted here and then removed is shut out', async () => {
    const { api } = await opened(database, AUTH_ON);
    const headers = principal(claims('admin'));
    const restricted = { name: 'Eva', role: 'admin', storeIds: ['calle-mayor'], objectId: OBJECT };
    await api.own('makePerson', { body: restricted });
    const remove = () => api.own('removePerson', { params: { personId: `p-${OBJECT}` } });
    expect(refusalOf(await remove())).toMatchObject({ status: 409, code: 'last-admin' });
    expect(await api.ask('whoAmI', { headers })).toMatchObject({
      jsonBody: { person: { storeIds: ['calle-mayor'] } },
    });
    await api.own('makePerson', { body: { name: 'Bo', role: 'admin', storeIds: null, objectId: TENANT } });
    expect((await remove()).status).toBe(200);
    expect(refusalOf(await api.ask('whoAmI', { headers }))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
  });

  test('somebody of Entra ID who was let in where nobody signs in by it can be removed', async () => {
    const { api } = await opened(database);
    await api.own('makePerson', { body: { name: 'Eva', role: 'viewer', objectId: OBJECT } });
    const params = { personId: `p-${OBJECT}` };
    expect((await api.own('removePerson', { params })).status).toBe(200);
  });

  test('somebody whom App Service has signed in changes nothing by the page of somebody else', async () => {
    const { api } = await opened(database, AUTH_ON);
    const asked = { params: { storeId: 'calle-mayor' }, body: { kind: 'add', people: 1 } };
    const signedIn = principal(claims('admin'));
    const forged = await api.ask('correct', {
      ...asked,
      headers: { ...signedIn, origin: 'https://evil.example' },
    });
    expect(refusalOf(forged)).toMatchObject({ status: 403, code: 'wrong-origin' });
    expect((await api.ask('correct', { ...asked, headers: { ...signedIn, origin: ORIGIN } })).status).toBe(
      200,
    );
    expect((await api.ask('correct', { ...asked, headers: signedIn })).status).toBe(200);
  });
});
