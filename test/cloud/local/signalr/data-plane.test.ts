import { describe, expect, test } from 'vitest';
import {
  callDataPlane,
  connectClient,
  eventually,
  HUB,
  newDatabaseFile,
  startSignalR,
  tokenFor,
} from '../../../support/signalr.ts';

// What the service says to whom is in test/conformance; here is what only the embedded one can be asked.
const news = (value: unknown) => ({ target: 'news', arguments: [value] });
const JSON_TYPE = { 'content-type': 'application/json' };

test('the groups of a user outlive the service, those of a connection do not', async () => {
  const databaseFile = newDatabaseFile();
  const before = await startSignalR({ databaseFile });
  const { client } = await connectClient(before, 'ana');
  await callDataPlane(before, 'PUT', '/users/ana/groups/kept');
  await callDataPlane(before, 'PUT', '/users/ana/groups/left');
  await callDataPlane(before, 'PUT', '/users/ana/groups/now?ttl=0');
  await callDataPlane(before, 'PUT', `/groups/mine/connections/${client.connectionId}`);
  await callDataPlane(before, 'DELETE', '/users/ana/groups/left');
  await before.stop();

  const after = await startSignalR({ databaseFile });
  const { heard } = await connectClient(after, 'ana');
  for (const group of ['kept', 'left', 'now', 'mine']) {
    await callDataPlane(after, 'POST', `/groups/${group}/:send`, news(group));
  }
  await callDataPlane(after, 'POST', '/:send', news('end'));
  await eventually(() => heard).toEqual(['kept', 'end']);
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
  const isIn = async () => (await callDataPlane(signalR, 'HEAD', '/users/ana/groups/brief')).status;
  await eventually(isIn).toBe(404);
  const second = await connectClient(signalR, 'ana');
  await callDataPlane(signalR, 'POST', '/groups/brief/:send', news('too late'));
  await callDataPlane(signalR, 'POST', '/groups/long/:send', news('still in'));
  await eventually(() => first.heard).toEqual(['in time', 'still in']);
  await eventually(() => second.heard).toEqual(['still in']);
});

describe('a call is refused', () => {
  const target = async () => {
    const signalR = await startSignalR({ limits: { requestBytes: 10_000 } });
    const url = `${signalR.endpoint}/api/hubs/${HUB}/:send`;
    const headers = { ...JSON_TYPE, authorization: `Bearer ${await tokenFor(url)}` };
    return (init: RequestInit) =>
      fetch(`${url}?api-version=2022-06-01`, { method: 'POST', headers, ...init });
  };

  test('if its token names another host or another version than it asks for', async () => {
    const signalR = await startSignalR();
    const url = `${signalR.endpoint}/api/hubs/${HUB}/:send`;
    const status = async (audience: string) => {
      const headers = { ...JSON_TYPE, authorization: `Bearer ${await tokenFor(audience)}` };
      const body = JSON.stringify(news(1));
      const response = await fetch(`${url}?api-version=2022-06-01`, { method: 'POST', headers, body });
      return response.status;
    };
    expect(await status(`${url}/`)).toBe(202);
    expect(await status(`${url}?api-version=2024-12-01`)).toBe(401);
    expect(await status(url.replace('localhost', 'signalr.example'))).toBe(401);
    const { headers } = await fetch(url, { method: 'POST' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  test('if a name in its path is no text', async () => {
    const signalR = await startSignalR();
    expect((await callDataPlane(signalR, 'HEAD', '/users/%ff')).status).toBe(400);
    expect((await callDataPlane(signalR, 'HEAD', '/users//groups/g')).status).toBe(404);
  });

  test('if its body is too long, whether it says so before or not', async () => {
    const post = await target();
    const body = JSON.stringify(news('x'.repeat(1_000_000)));
    expect((await post({ body })).status).toBe(413);
    const stream = new Blob([body]).stream();
    expect((await post({ body: stream, duplex: 'half' } as RequestInit)).status).toBe(413);
  });

  test('if its arguments are nested deeper than anyone can need', async () => {
    const post = await target();
    const nested = (depth: number) =>
      `{"target":"news","arguments":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect((await post({ body: nested(60) })).status).toBe(202);
    expect((await post({ body: nested(4_000) })).status).toBe(400);
  });
});
