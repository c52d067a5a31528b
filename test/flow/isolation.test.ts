import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { consoleNegotiatedSchema, PERSON_HEADER } from '../../cloud/contracts/person.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { type ConsoleCaller, consoleCaller } from '../support/console-caller.ts';
import { openSdkSensor, type SdkSensor } from '../support/sdk-sensor.ts';
import { type Listener, listenOnHub, signInByHand, type WireSign } from '../support/wire-sign.ts';

/** Stands in every name of the other store, so that wherever it turns up, something leaked. */
const MARK = 'Geheimnis';
const HERE = { store: 'calle-mayor', group: 'here' };
const THERE = { store: 'elsewhere', group: 'there' };

let cloud: CloudProcess;
let ownSensor: SdkSensor;
let otherSensor: SdkSensor;
let admin: ConsoleCaller;
let signHere: WireSign;
let signThere: WireSign;
const scoped: Record<string, ConsoleCaller> = {};

const call = async (method: string, path: string, body?: unknown) => {
  const response = await cloud.call(method, path, body);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
};

beforeAll(async () => {
  cloud = await startCloudProcess();
  const own = await cloud.putStore(HERE.store, calleMayor({ storeGroups: [HERE.group] }));
  const doors = [{ id: 'back', name: `${MARK} back`, sensors: [{ id: 'back-1' }] }];
  const other = await cloud.putStore(
    THERE.store,
    calleMayor({ name: `${MARK} store`, storeGroups: [THERE.group], doors }),
  );
  ownSensor = await openSdkSensor(own.get('street-1') ?? '', cloud.ready().caFile);
  otherSensor = await openSdkSensor(other.get('back-1') ?? '', cloud.ready().caFile);
  await otherSensor.send({ in: 3, boot: 'b', sequence: 1 });
  admin = await consoleCaller(cloud, { name: 'Ada', role: 'admin', storeIds: null });
  for (const role of ['viewer', 'manager'] as const)
    scoped[role] = await consoleCaller(cloud, { name: role, role, storeIds: [HERE.store] });
  signHere = await signInByHand(cloud.ready().httpUrl);
  signThere = await signInByHand(cloud.ready().httpUrl);
  await call('PUT', API_PATHS.assignment(signHere.signId), { storeGroupId: HERE.group });
  await call('PUT', API_PATHS.assignment(signThere.signId), { storeGroupId: THERE.group });
  await call('PUT', API_PATHS.fleetSign(signThere.signId), {
    name: `${MARK} sign`,
    settings: { board: 'manager' },
  });
});
afterAll(async () => {
  await ownSensor?.close();
  await otherSensor?.close();
  await cloud?.[Symbol.asyncDispose]();
});

type Route = { readonly method: string; readonly path: string; readonly body?: unknown };

/** Every route that names a store, a group or a sign, here of the other one. */
const routesOfOther = (): readonly Route[] => [
  { method: 'GET', path: API_PATHS.store(THERE.store) },
  { method: 'PUT', path: API_PATHS.store(THERE.store), body: calleMayor() },
  { method: 'GET', path: API_PATHS.corrections(THERE.store) },
  {
    method: 'POST',
    path: API_PATHS.corrections(THERE.store),
    body: { kind: 'add', people: 5, by: 'x', why: '' },
  },
  {
    method: 'GET',
    path: `${API_PATHS.history(THERE.store)}?from=${new Date(Date.now() - 60_000).toISOString()}`,
  },
  { method: 'GET', path: API_PATHS.drift(THERE.store) },
  { method: 'GET', path: API_PATHS.alerts(THERE.store) },
  {
    method: 'POST',
    path: API_PATHS.acknowledge(THERE.store),
    body: { type: 'full', source: 'store', by: 'x' },
  },
  { method: 'GET', path: API_PATHS.storeGroup(THERE.group) },
  { method: 'PUT', path: API_PATHS.storeGroup(THERE.group), body: { dailyReset: null } },
  { method: 'POST', path: API_PATHS.ingestKey('back-1'), body: {} },
  { method: 'GET', path: API_PATHS.rejected },
  { method: 'POST', path: API_PATHS.replay, body: { sensorId: 'back-1' } },
  { method: 'PUT', path: API_PATHS.assignment(signThere.signId), body: { storeGroupId: HERE.group } },
  { method: 'PUT', path: API_PATHS.assignment(signHere.signId), body: { storeGroupId: THERE.group } },
  { method: 'GET', path: API_PATHS.fleetSign(signThere.signId) },
  {
    method: 'PUT',
    path: API_PATHS.fleetSign(signThere.signId),
    body: { name: 'Mine', settings: { board: 'manager' } },
  },
  { method: 'POST', path: API_PATHS.revokeSign(signThere.signId), body: {} },
  { method: 'GET', path: API_PATHS.people },
  { method: 'POST', path: API_PATHS.people, body: { name: 'Eve', role: 'admin', storeIds: null } },
  { method: 'DELETE', path: API_PATHS.person('p-owner-key-0000') },
  { method: 'GET', path: API_PATHS.audit },
];
/** Routes that answer with what the caller may see, or with one result a sign. */
const routesOfAll = (): readonly Route[] => [
  { method: 'GET', path: API_PATHS.signs },
  { method: 'GET', path: API_PATHS.overview },
  { method: 'GET', path: API_PATHS.fleet },
  {
    method: 'POST',
    path: API_PATHS.fleetCommands,
    body: { signIds: [signThere.signId], kind: 'reload' },
  },
  {
    method: 'POST',
    path: API_PATHS.fleetAssign,
    body: { signIds: [signThere.signId], storeGroupId: HERE.group },
  },
];

const stateOfOther = async () => {
  const store = await (await cloud.call('GET', API_PATHS.store(THERE.store))).text();
  const sign = await (await cloud.call('GET', API_PATHS.fleetSign(signThere.signId))).json();
  const content = JSON.parse(store) as { snapshot: { content: { count: number; store: unknown } } };
  const { name, storeGroupId, revokedAtMs, commands } = sign as Record<string, unknown>;
  const { count, store: named } = content.snapshot.content;
  return { count, named, name, storeGroupId, revokedAtMs, commands };
};

async function expectNoLeak(
  routes: readonly Route[],
  ask: (route: Route) => Promise<Response>,
  refused: boolean,
) {
  const before = await stateOfOther();
  for (const route of routes) {
    const answer = await ask(route);
    const text = await answer.text();
    const what = `${route.method} ${route.path} answered ${answer.status}`;
    if (refused) expect([401, 403, 404], what).toContain(answer.status);
    expect(text.includes(MARK), `${what} with something of the other store`).toBe(false);
  }
  expect(await stateOfOther()).toEqual(before);
}

describe('who belongs to one store learns and changes nothing of another', () => {
  for (const role of ['viewer', 'manager'])
    test(`as a ${role} of one store`, async () => {
      const person = scoped[role];
      if (person === undefined) throw new Error('nobody of that role');
      const ask = ({ method, path, body }: Route) => person.call(method, path, body);
      await expectNoLeak(routesOfOther(), ask, true);
      await expectNoLeak(routesOfAll(), ask, false);
      const own = await person.call('GET', API_PATHS.store(HERE.store));
      expect(own.status).toBe(200);
    });

  test('as a sign, by its own session', async () => {
    const ask = ({ method, path, body }: Route) => signHere.call(method, path, body);
    await expectNoLeak([...routesOfOther(), ...routesOfAll()], ask, true);
    const own = await (await signHere.call('GET', API_PATHS.snapshots)).text();
    expect(own).toContain('Calle Mayor');
    expect(own).not.toContain(MARK);
  });
});

describe('who is nobody is refused everywhere', () => {
  const principal = Buffer.from(
    JSON.stringify({
      auth_typ: 'aad',
      claims: [
        { typ: 'roles', val: 'admin' },
        { typ: 'http://schemas.microsoft.com/identity/claims/tenantid', val: 't' },
        { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: 'o' },
      ],
    }),
  ).toString('base64');
  const strangers: Record<string, () => Record<string, string>> = {
    'without any proof': () => ({}),
    'with a forged principal of App Service': () => ({
      'x-ms-client-principal': principal,
      'x-ms-client-principal-id': 'o',
      'x-ms-client-principal-idp': 'aad',
    }),
    'with a made-up session': () => ({ cookie: `vitrine-session=${'A'.repeat(43)}` }),
    'with a made-up access key': () => ({ authorization: `Bearer vk_${'A'.repeat(43)}` }),
    'with a wrong function key': () => ({ 'x-functions-key': 'A'.repeat(56) }),
    'with a session, called by a page of another site': () => ({
      cookie: admin.cookie,
      origin: 'https://elsewhere.example',
    }),
  };
  for (const [who, headers] of Object.entries(strangers))
    test(who, async () => {
      const ask = ({ method, path, body }: Route) =>
        fetch(cloud.ready().httpUrl + path, {
          method,
          headers: { 'content-type': 'application/json', ...headers() },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      const routes = [...routesOfOther(), ...routesOfAll()];
      // A browser shows such a page nothing of what it reads; what matters is that it changes nothing.
      const isOtherSite = 'origin' in headers();
      await expectNoLeak(isOtherSite ? routes.filter(({ method }) => method !== 'GET') : routes, ask, true);
    });
});

describe('on the hub', () => {
  const listeners: Listener[] = [];
  afterAll(async () => {
    for (const { connection } of listeners) await connection.stop();
  });
  const listen = async (info: { url: string; accessToken: string }) => {
    const listener = await listenOnHub(info);
    listeners.push(listener);
    return listener;
  };
  const negotiated = async (person: ConsoleCaller, personId = person.personId) =>
    person.call('POST', API_PATHS.consoleNegotiate, {}, { [PERSON_HEADER]: personId });
  const counted = (listener: Listener, storeId: string) =>
    listener.heard.some((told) => told.startsWith('["snapshot"') && told.includes(`"id":"${storeId}"`));

  test('a person and a sign hear of their own store only, an admin of both', async () => {
    const { viewer } = scoped;
    if (viewer === undefined) throw new Error('no viewer');
    const mine = await listen(consoleNegotiatedSchema.parse(await (await negotiated(viewer)).json()));
    const all = await listen(consoleNegotiatedSchema.parse(await (await negotiated(admin)).json()));
    const sign = await listen(signHere.negotiated);
    await ownSensor.send({ in: 2, boot: 'b', sequence: 11 });
    await otherSensor.send({ in: 2, boot: 'b', sequence: 11 });
    await expect.poll(() => [counted(all, HERE.store), counted(all, THERE.store)]).toEqual([true, true]);
    await expect.poll(() => [counted(mine, HERE.store), counted(sign, HERE.store)]).toEqual([true, true]);
    expect([...mine.heard, ...sign.heard].filter((told) => told.includes(MARK))).toEqual([]);
  });

  test('nobody gets a token in the name of another person, nor as a sign', async () => {
    const { viewer } = scoped;
    if (viewer === undefined) throw new Error('no viewer');
    expect((await negotiated(viewer, admin.personId)).status).toBeGreaterThanOrEqual(400);
    expect((await negotiated(viewer, signThere.signId)).status).toBeGreaterThanOrEqual(400);
  });

  test('a sign that was moved away hears nothing more of its old store, not with its old token either', async () => {
    const moved = await signInByHand(cloud.ready().httpUrl);
    await call('PUT', API_PATHS.assignment(moved.signId), { storeGroupId: THERE.group });
    const old = (await signInByHand(cloud.ready().httpUrl, moved.identity)).negotiated;
    await call('PUT', API_PATHS.assignment(moved.signId), { storeGroupId: HERE.group });
    const listener = await listen(old);
    const witness = await listen(signThere.negotiated);
    await otherSensor.send({ in: 1, boot: 'b', sequence: 12 });
    await expect.poll(() => counted(witness, THERE.store)).toBe(true);
    await ownSensor.send({ in: 1, boot: 'b', sequence: 12 });
    await expect.poll(() => counted(listener, HERE.store)).toBe(true);
    expect(listener.heard.filter((told) => told.includes(MARK))).toEqual([]);
  });

  test('a revoked sign is cut at once, refused at every later call, and hears nothing with its old token', async () => {
    const doomed = await signInByHand(cloud.ready().httpUrl);
    await call('PUT', API_PATHS.assignment(doomed.signId), { storeGroupId: HERE.group });
    const old = (await signInByHand(cloud.ready().httpUrl, doomed.identity)).negotiated;
    const open = await listen(old);
    const closed = new Promise<void>((resolve) => open.connection.onclose(() => resolve()));
    await call('POST', API_PATHS.revokeSign(doomed.signId), {});
    await closed;
    const heardBefore = open.heard.length;
    for (const [method, path, body] of [
      ['GET', API_PATHS.snapshots, undefined],
      ['POST', API_PATHS.pairingCode, {}],
      ['GET', API_PATHS.pulledCommands, undefined],
    ] as const)
      expect((await doomed.call(method, path, body)).status, path).toBe(403);
    await expect(signInByHand(cloud.ready().httpUrl, doomed.identity)).rejects.toThrow('sign-revoked');
    const back = await listenOnHub(old).catch(() => undefined);
    const witness = await listen(signHere.negotiated);
    await ownSensor.send({ in: 1, boot: 'b', sequence: 21 });
    await expect.poll(() => counted(witness, HERE.store)).toBe(true);
    expect([...open.heard.slice(heardBefore), ...(back?.heard ?? [])]).toEqual([]);
    await back?.connection.stop();
  });
});
