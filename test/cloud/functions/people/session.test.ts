import { expect, test } from 'vitest';
import { clockedStore } from '../../../support/clocked-store.ts';
import { refusalOf } from '../../../support/owner-calls.ts';
import { cookieOf, ORIGIN, type PeopleApi, peopleApi } from '../../../support/people-api.ts';
import { type FreshDatabase, onSqlite } from '../../../support/store-engines.ts';

const OPENED = '2026-11-21T09:00:00+01:00';
const ANA = { name: 'Ana', role: 'manager', storeIds: null } as const;

async function opened(database: FreshDatabase) {
  const store = await clockedStore(database, OPENED);
  const api = peopleApi(store.cloud.services);
  return { ...store, api };
}
const actsOf = async (api: PeopleApi) =>
  Object(await api.own('listAudit')).jsonBody.rows.map((row: { act: string }) => row.act);

onSqlite('the session of a person', (database) => {
  test('begins with an access key, is a cookie that no page can read, and tells who they are', async () => {
    const { api } = await opened(database);
    const { key, personId } = await api.personWith(ANA);
    expect(key).toMatch(/^vk_[\w-]{43}$/);
    const signedIn = await api.signIn(key, { origin: ORIGIN });
    expect(signedIn).toMatchObject({ status: 200, jsonBody: { person: { ...ANA, personId } } });
    expect(signedIn.cookies).toMatchObject([
      { name: 'vitrine-session-7071', httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 43_200 },
    ]);
    const me = await api.ask('whoAmI', { headers: { cookie: `a=b; ${cookieOf(signedIn)}; c=d` } });
    expect(me).toMatchObject({ status: 200, jsonBody: { person: { name: 'Ana' } } });
    expect(await actsOf(api)).toEqual(['signed-in', 'person-made', 'store-kept']);
  });

  test('is bound to https by the name of its cookie, where it is made by https', async () => {
    const { api } = await opened(database);
    const { key } = await api.personWith(ANA);
    const url = 'https://signs.example:7071';
    const signedIn = await api.signIn(key, { origin: url }, url);
    expect(signedIn.cookies).toMatchObject([{ name: '__Host-vitrine', secure: true, path: '/' }]);
    expect((await api.ask('whoAmI', { url, headers: { cookie: cookieOf(signedIn) } })).status).toBe(200);
    const plain = cookieOf(await api.signIn(key));
    expect((await api.ask('whoAmI', { url, headers: { cookie: plain } })).status).toBe(401);
  });

  test('changes nothing unless the page that calls is of this very address', async () => {
    const { api } = await opened(database);
    const { key } = await api.personWith(ANA);
    const cookie = cookieOf(await api.signIn(key));
    const body = { kind: 'add', people: 1 };
    const asked = { params: { storeId: 'calle-mayor' }, body };
    for (const origin of [
      'http://evil.example',
      'http://localhost',
      'https://localhost:7071',
      'http://localhost:7072',
      'null',
      '',
    ]) {
      const refused = await api.ask('correct', { ...asked, headers: { cookie, origin } });
      expect(refusalOf(refused)).toMatchObject({ status: 403, code: 'wrong-origin' });
    }
    const without = await api.ask('correct', { ...asked, headers: { cookie } });
    expect(refusalOf(without)).toMatchObject({ status: 403, code: 'wrong-origin' });
    const done = await api.ask('correct', { ...asked, headers: { cookie, origin: ORIGIN } });
    expect(done).toMatchObject({ status: 200, jsonBody: { corrections: [{ by: 'Ana' }] } });
  });

  test('cannot be begun by the page of somebody else', async () => {
    const { api } = await opened(database);
    const { key } = await api.personWith(ANA);
    const refused = await api.signIn(key, { origin: 'http://evil.example' });
    expect(refusalOf(refused)).toMatchObject({ status: 403, code: 'wrong-origin' });
  });

  test('ends after twelve hours, by signing out, and with the person', async () => {
    const { api, at } = await opened(database);
    const ana = await api.personWith(ANA);
    const late = cookieOf(await api.signIn(ana.key));
    at('2026-11-21T20:59:59+01:00');
    expect((await api.ask('whoAmI', { headers: { cookie: late } })).status).toBe(200);
    at('2026-11-21T21:00:00+01:00');
    expect((await api.ask('whoAmI', { headers: { cookie: late } })).status).toBe(401);

    const left = cookieOf(await api.signIn(ana.key));
    const gone = await api.ask('signOut', { headers: { cookie: left, origin: ORIGIN } });
    expect(gone).toMatchObject({
      status: 204,
      cookies: [{ name: 'vitrine-session-7071', value: '', maxAge: 0 }],
    });
    expect((await api.ask('whoAmI', { headers: { cookie: left } })).status).toBe(401);

    const removed = cookieOf(await api.signIn(ana.key));
    await api.own('removePerson', { params: { personId: ana.personId } });
    expect((await api.ask('whoAmI', { headers: { cookie: removed } })).status).toBe(401);
    expect((await api.ask('whoAmI', { headers: { authorization: `Bearer ${ana.key}` } })).status).toBe(401);
    expect((await api.signIn(ana.key)).status).toBe(401);
  });

  test('ends when its browser signs in anew', async () => {
    const { api } = await opened(database);
    const { key } = await api.personWith(ANA);
    const old = cookieOf(await api.signIn(key));
    const other = cookieOf(await api.signIn(key));
    const renewed = cookieOf(await api.signIn(key, { cookie: old, origin: ORIGIN }));
    expect((await api.ask('whoAmI', { headers: { cookie: old } })).status).toBe(401);
    for (const cookie of [renewed, other])
      expect((await api.ask('whoAmI', { headers: { cookie } })).status).toBe(200);
  });

  test('of one port is not taken for that of another on the same machine', async () => {
    const { api } = await opened(database);
    const { key } = await api.personWith(ANA);
    const url = 'http://localhost:7072';
    const cookies = [cookieOf(await api.signIn(key, {}, url)), cookieOf(await api.signIn(key))];
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
      'vitrine-session-7072',
      'vitrine-session-7071',
    ]);
    const cookie = cookies.join('; ');
    expect((await api.ask('signOut', { headers: { cookie, origin: ORIGIN } })).status).toBe(204);
    expect((await api.ask('whoAmI', { headers: { cookie } })).status).toBe(401);
    expect((await api.ask('whoAmI', { url, headers: { cookie } })).status).toBe(200);
  });

  test('may be tried for with five wrong keys a minute from one address; the right one always opens', async () => {
    const { api, at } = await opened(database);
    const { key } = await api.personWith(ANA);
    const wrong = 'vk_wrong';
    const from = { 'client-ip': '192.0.2.7' };
    for (let tries = 0; tries < 5; tries += 1)
      expect(refusalOf(await api.signIn(`vk_${tries}`, from))).toMatchObject({
        status: 401,
        code: 'bad-key',
      });
    expect(refusalOf(await api.signIn(wrong, from))).toMatchObject({
      status: 429,
      code: 'too-many-requests',
    });
    expect((await api.signIn(key, from)).status).toBe(200);
    expect((await api.signIn(wrong, { 'client-ip': '192.0.2.8' })).status).toBe(401);
    at('2026-11-21T09:01:01+01:00');
    expect((await api.signIn(wrong, from)).status).toBe(401);
  });

  test('may be tried for with a hundred wrong keys a minute from everywhere, which locks nobody out', async () => {
    const { api } = await opened(database);
    const { key } = await api.personWith(ANA);
    for (let tries = 0; tries < 100; tries += 1)
      await api.signIn('vk_wrong', { 'client-ip': `192.0.2.${tries}` });
    const from = { 'client-ip': '198.51.100.1' };
    expect((await api.signIn('vk_wrong', from)).status).toBe(429);
    expect((await api.signIn(key, from)).status).toBe(200);
  });

  test.each([[{}], [{ key: '' }], [{ key: 'x'.repeat(129) }]])('is refused with %j', async (body) => {
    const { api } = await opened(database);
    expect(refusalOf(await api.signIn(Object(body).key))).toMatchObject({ status: 400, field: 'key' });
  });
});
