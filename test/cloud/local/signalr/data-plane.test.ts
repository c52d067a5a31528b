import { describe, expect, test } from 'vitest';
import {
  ACCESS_KEY,
  callDataPlane,
  connectClient,
  eventually,
  HUB,
  startSignalR,
  tokenFor,
} from '../../../support/signalr.ts';

const news = (value: unknown) => ({ target: 'news', arguments: [value] });

test('a message goes by REST to everyone, a user, a group or a connection', async () => {
  const signalR = await startSignalR();
  const call = (method: string, path: string, body?: unknown) =>
    callDataPlane(signalR, method, path, body).then(({ status }) => status);
  const ana = await connectClient(signalR, 'ana/1');
  const bo = await connectClient(signalR, 'bo');
  expect(await call('PUT', '/users/ana%2F1/groups/group%3Amadrid')).toBe(200);

  expect(await call('POST', '/:send', news('everyone'))).toBe(202);
  expect(await call('POST', '/users/ana%2F1/:send', news('user'))).toBe(202);
  expect(await call('POST', '/groups/group%3Amadrid/:send', news('group'))).toBe(202);
  expect(await call('POST', `/connections/${ana.client.connectionId}/:send`, news('connection'))).toBe(202);
  expect(await call('POST', '/users/nobody/:send', news('nobody'))).toBe(202);
  expect(await call('POST', '/users/bo/:send', news('bo'))).toBe(202);

  await eventually(() => ana.heard).toEqual(['everyone', 'user', 'group', 'connection']);
  await eventually(() => bo.heard).toEqual(['everyone', 'bo']);
});

test('groups of a user are kept, asked for and left by REST', async () => {
  const signalR = await startSignalR();
  const call = (method: string, path: string) => callDataPlane(signalR, method, path);
  const status = async (method: string, path: string) => (await call(method, path)).status;
  const there = (group: string) => status('HEAD', `/users/ana/groups/${group}`);

  for (const group of ['madrid', 'oslo', 'rome']) {
    expect(await status('PUT', `/users/ana/groups/${group}`)).toBe(200);
  }
  expect(await there('madrid')).toBe(200);
  expect(await status('DELETE', '/users/ana/groups/madrid')).toBe(204);
  expect([await there('madrid'), await there('oslo')]).toEqual([404, 200]);
  expect((await call('HEAD', '/users/ana/groups/madrid')).headers.get('x-ms-error-code')).toBe(
    'Info.User.NotInGroup',
  );
  expect(await status('DELETE', '/users/ana/groups')).toBe(204);
  expect([await there('oslo'), await there('rome')]).toEqual([404, 404]);
});

test('a membership with a time of its own ends with it, also for who is connected', async () => {
  let nowMs = Date.now();
  const signalR = await startSignalR({ now: () => nowMs, limits: { beatMs: 10 } });
  const first = await connectClient(signalR, 'ana');
  await callDataPlane(signalR, 'PUT', '/users/ana/groups/brief?ttl=60');
  await callDataPlane(signalR, 'PUT', '/users/ana/groups/long');
  await callDataPlane(signalR, 'POST', '/groups/brief/:send', news('in time'));
  await eventually(() => first.heard).toEqual(['in time']);

  nowMs += 60_000;
  await eventually(async () => (await callDataPlane(signalR, 'HEAD', '/users/ana/groups/brief')).status).toBe(
    404,
  );
  const second = await connectClient(signalR, 'ana');
  await callDataPlane(signalR, 'POST', '/groups/brief/:send', news('too late'));
  await callDataPlane(signalR, 'POST', '/groups/long/:send', news('still in'));
  await eventually(() => first.heard).toEqual(['in time', 'still in']);
  await eventually(() => second.heard).toEqual(['still in']);
});

test('with a ttl of 0 a membership is one of the open connections only', async () => {
  let nowMs = Date.now();
  const signalR = await startSignalR({ now: () => nowMs, limits: { beatMs: 5 } });
  const first = await connectClient(signalR, 'ana');
  await callDataPlane(signalR, 'PUT', '/users/ana/groups/now?ttl=0');
  await callDataPlane(signalR, 'PUT', '/users/ana/groups/brief?ttl=1');
  nowMs += 1_000;
  const inBrief = () => callDataPlane(signalR, 'HEAD', '/users/ana/groups/brief');
  await eventually(async () => (await inBrief()).status).toBe(404);
  const second = await connectClient(signalR, 'ana');
  await callDataPlane(signalR, 'POST', '/groups/now/:send', news('now'));
  await callDataPlane(signalR, 'POST', '/:send', news('end'));
  await eventually(() => first.heard).toEqual(['now', 'end']);
  await eventually(() => second.heard).toEqual(['end']);
});

test('a connection closed by REST hears the reason and does not come back; so do all of a user', async () => {
  const signalR = await startSignalR();
  const reasons: (string | undefined)[] = [];
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => connectClient(signalR, 'ana')));
  for (const sign of [one, two, three]) sign?.client.onclose((error) => reasons.push(error?.message));
  const present = async () => (await callDataPlane(signalR, 'HEAD', '/users/ana')).status;
  expect(await present()).toBe(200);

  const path = `/connections/${one?.client.connectionId}`;
  expect((await callDataPlane(signalR, 'DELETE', `${path}?reason=replaced`)).status).toBe(200);
  await eventually(() => reasons).toEqual(['Server returned an error on close: replaced']);
  await eventually(async () =>
    (await callDataPlane(signalR, 'DELETE', path)).headers.get('x-ms-error-code'),
  ).toBe('Warning.Connection.NotExisted');

  expect((await callDataPlane(signalR, 'POST', '/users/ana/:closeConnections')).status).toBe(204);
  await eventually(() => reasons.slice(1)).toEqual([undefined, undefined]);
  await eventually(present).toBe(404);
});

describe('a call is refused', () => {
  const target = async (path: string, query = '?api-version=2022-06-01') => {
    const signalR = await startSignalR({ limits: { requestBytes: 100 } });
    const url = `${signalR.endpoint}/api/hubs/${HUB}${path}`;
    const post = async (token: string, init: RequestInit = {}) => {
      const headers = { authorization: `Bearer ${token}` };
      return fetch(url + query, { method: 'POST', body: JSON.stringify(news(1)), headers, ...init });
    };
    return { url, post };
  };

  test('without a token made for it with the key, its audience written as documented or as the SDK does', async () => {
    const { url, post } = await target('/:send');
    const status = async (audience: string, key?: string, claims = {}) =>
      (await post(await tokenFor(audience, claims, key))).status;
    expect(await status(url)).toBe(202);
    expect(await status(`${url}/`)).toBe(202);
    expect(await status(`${url}?api-version=2022-06-01`)).toBe(202);
    expect(await status(`${url}?api-version=2024-12-01`)).toBe(401);
    expect(await status(url, 'another key')).toBe(401);
    expect(await status(url, ACCESS_KEY, { exp: 1 })).toBe(401);
    expect(await status(`${url}s`)).toBe(401);
    expect(await status(url.replace('localhost', 'signalr.example'))).toBe(401);
    const { headers } = await fetch(url, { method: 'POST' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  test.for(['', '?api-version=2024-12-01', '?api-version=2022-06-01&excluded=a'])(
    'if it asks for what is not offered: %j',
    async (query) => {
      const { url, post } = await target('/:send', query);
      expect((await post(await tokenFor(url))).status).toBe(400);
    },
  );

  test.for([
    ['POST', '/:sendAll', 404],
    ['POST', '', 404],
    ['POST', '/users//:send', 404],
    ['GET', '/:send', 405],
    ['POST', '/users/ana', 405],
    ['PUT', '/users/ana/groups/g?ttl=soon', 400],
    ['PUT', '/users/ana/groups/a%20b', 400],
    ['PUT', '/users/ana/groups/%ff', 400],
  ] as const)('with the right status: %s %s', async ([method, path, status]) => {
    const signalR = await startSignalR();
    expect((await callDataPlane(signalR, method, path)).status).toBe(status);
  });

  test.for(['', 'nonsense', '[]', '{"target":"news"}', '{"target":"","arguments":[]}', '{"arguments":[]}'])(
    'with a reason if its body is no message: %j',
    async (body) => {
      const { url, post } = await target('/:send');
      const response = await post(await tokenFor(url), { body });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ message: expect.stringContaining('The body is no message') });
    },
  );

  test('if its body is too long, whether it says so before or not', async () => {
    const { url, post } = await target('/:send');
    const body = JSON.stringify(news('x'.repeat(1_000_000)));
    expect((await post(await tokenFor(url), { body })).status).toBe(413);
    const stream = new Blob([body]).stream();
    expect((await post(await tokenFor(url), { body: stream, duplex: 'half' } as RequestInit)).status).toBe(
      413,
    );
  });
});
