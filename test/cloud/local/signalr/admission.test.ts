import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually, HUB, startSignalR, type TestSignalR, tokenFor } from '../../../support/signalr.ts';

const seconds = (fromNow: number) => Math.floor(Date.now() / 1_000) + fromNow;
const urlOf = ({ endpoint }: TestSignalR, hub = HUB) => `${endpoint}/client/?hub=${hub}`;

/** The status a negotiation gets, and the status a WebSocket gets (101: it is open). */
async function admission(signalR: TestSignalR, token: string, hub = HUB) {
  const response = await negotiate(signalR, token, `hub=${hub}&negotiateVersion=1`);
  return [response.status, await webSocketStatus(`${urlOf(signalR, hub)}&access_token=${token}`)];
}

const negotiate = ({ endpoint }: TestSignalR, token: string, query: string) =>
  fetch(`${endpoint}/client/negotiate?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });

function webSocketStatus(url: string): Promise<number | undefined> {
  const webSocket = new WebSocket(url.replace('http', 'ws'));
  return new Promise((resolve) => {
    webSocket.once('open', () => resolve(101));
    webSocket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    webSocket.once('error', () => undefined);
  });
}

describe('a token', () => {
  test.for(['localhost', '127.0.0.1'])('opens its hub under %s, with or without a slash', async (name) => {
    const signalR = await startSignalR();
    const here = { ...signalR, endpoint: `http://${name}:${signalR.port}` };
    expect(await admission(here, await tokenFor(urlOf(here)))).toEqual([200, 101]);
    expect(await admission(here, await tokenFor(`${here.endpoint}/client?hub=${HUB}`))).toEqual([200, 101]);
  });

  test('is good for five minutes more than it says, for clocks are not alike', async () => {
    const signalR = await startSignalR();
    const claims = { exp: seconds(-290), nbf: seconds(-400) };
    expect(await admission(signalR, await tokenFor(urlOf(signalR), claims))).toEqual([200, 101]);
    expect(await admission(signalR, await tokenFor(urlOf(signalR), { nbf: seconds(290) }))).toEqual([
      200, 101,
    ]);
  });

  test('is refused with a wrong key, hub, host or path, out of its time or without one', async () => {
    const signalR = await startSignalR();
    const url = urlOf(signalR);
    const wrong = {
      key: await tokenFor(url, {}, 'another key'),
      'other hub': await tokenFor(urlOf(signalR, 'console')),
      'two hubs': await tokenFor(`${url}&hub=console`),
      'other host': await tokenFor(`http://signalr.example/client/?hub=${HUB}`),
      'host the request did not use': await tokenFor(`http://127.0.0.1:${signalR.port}/client/?hub=${HUB}`),
      'other port': await tokenFor(`http://localhost:1/client/?hub=${HUB}`),
      'other path': await tokenFor(`${signalR.endpoint}/server/?hub=${HUB}`),
      expired: await tokenFor(url, { exp: seconds(-310) }),
      'not yet': await tokenFor(url, { nbf: seconds(310) }),
      'no end': await tokenFor(url, { exp: undefined }),
      nonsense: 'nonsense',
      unsigned: `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ aud: url, exp: seconds(60) }))}.`,
    };
    for (const [name, token] of Object.entries(wrong)) {
      expect({ [name]: await admission(signalR, token) }).toEqual({ [name]: [401, 401] });
    }
  });

  test('of one hub does not open another', async () => {
    const signalR = await startSignalR();
    expect(await admission(signalR, await tokenFor(urlOf(signalR)), 'console')).toEqual([401, 401]);
  });
});

describe('negotiate', () => {
  test('gives a secret to connect with, and to old clients the public id', async () => {
    const signalR = await startSignalR();
    const { accessToken } = await signalR.service.connectionInfo({ hub: HUB });
    const transports = ['WebSockets', 'ServerSentEvents', 'LongPolling'].map((transport) => ({
      transport,
      transferFormats: ['Text'],
    }));
    const newest = await (await negotiate(signalR, accessToken, `hub=${HUB}&negotiateVersion=7`)).json();
    expect(newest).toEqual({
      negotiateVersion: 1,
      connectionId: expect.stringMatching(/^[\w-]{22}$/),
      connectionToken: expect.stringMatching(/^[\w-]{22}$/),
      availableTransports: transports,
    });
    expect(newest.connectionToken).not.toBe(newest.connectionId);
    const oldest = await (await negotiate(signalR, accessToken, `hub=${HUB}`)).json();
    expect(oldest).toEqual({
      negotiateVersion: 0,
      connectionId: expect.any(String),
      availableTransports: transports,
    });
    const url = `${urlOf(signalR)}&access_token=${accessToken}`;
    expect(await webSocketStatus(`${url}&id=${newest.connectionToken}`)).toBe(101);
    expect(await webSocketStatus(`${url}&id=${oldest.connectionId}`)).toBe(101);
  });

  test('gives an id that opens one connection, of the user it was given to', async () => {
    const signalR = await startSignalR();
    const ana = await signalR.service.connectionInfo({ hub: HUB, userId: 'ana' });
    const bo = await signalR.service.connectionInfo({ hub: HUB, userId: 'bo' });
    const given = await (await negotiate(signalR, ana.accessToken, `hub=${HUB}&negotiateVersion=1`)).json();
    const by = (token: string, id: string) => webSocketStatus(`${ana.url}&id=${id}&access_token=${token}`);
    expect(await by(bo.accessToken, given.connectionToken)).toBe(404);
    expect(await by(ana.accessToken, given.connectionId)).toBe(404);
    expect(await by(ana.accessToken, given.connectionToken)).toBe(101);
    expect(await by(ana.accessToken, given.connectionToken)).toBe(409);
    for (const socket of signalR.upgraded) socket.destroy();
    await eventually(() => by(ana.accessToken, given.connectionToken)).toBe(404);
  });

  test('gives an id that is forgotten, and its place free again, if nobody comes', async () => {
    const signalR = await startSignalR({ limits: { beatMs: 20, negotiatedMs: 200, connections: 1 } });
    const { url, accessToken } = await signalR.service.connectionInfo({ hub: HUB });
    const ask = () => negotiate(signalR, accessToken, `hub=${HUB}&negotiateVersion=1`);
    const { connectionToken } = await (await ask()).json();
    expect((await ask()).status).toBe(503);
    await eventually(async () => (await ask()).status).toBe(200);
    expect(await webSocketStatus(`${url}&id=${connectionToken}&access_token=${accessToken}`)).toBe(404);
  });

  test('tells what is wrong with a question', async () => {
    const signalR = await startSignalR({ limits: { connections: 0 } });
    const { accessToken } = await signalR.service.connectionInfo({ hub: HUB });
    const status = async (query: string) => (await negotiate(signalR, accessToken, query)).status;
    expect(await status('negotiateVersion=1')).toBe(400);
    expect(await status('hub=no%20hub')).toBe(400);
    expect(await status(`hub=${HUB}&negotiateVersion=x`)).toBe(400);
    expect(await status(`hub=${HUB}`)).toBe(503);
    const get = async (path: string) => (await fetch(signalR.endpoint + path)).status;
    expect(await get(`/client/negotiate?hub=${HUB}`)).toBe(405);
    expect(await get('/client/other')).toBe(404);
    expect(await get(`/client/?hub=${HUB}`)).toBe(400);
    expect(await get('/clients')).toBe(404);
    expect(await webSocketStatus(`${signalR.endpoint}/client/other?hub=${HUB}`)).toBe(404);
  });
});

test('a page of another origin may negotiate', async () => {
  const signalR = await startSignalR();
  const origin = 'http://127.0.0.1:5173';
  const preflight = await fetch(`${signalR.endpoint}/client/negotiate?hub=${HUB}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-requested-with,x-signalr-user-agent',
    },
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': expect.stringContaining('POST'),
    'access-control-allow-headers': expect.stringMatching(
      /authorization.*x-requested-with.*x-signalr-user-agent/,
    ),
  });
  const refused = await fetch(`${signalR.endpoint}/client/negotiate?hub=${HUB}`, {
    method: 'POST',
    headers: { origin },
  });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
});

test('of the ways to ask for health only HEAD is the service’s: the others are the app’s', async () => {
  const { endpoint } = await startSignalR();
  const status = async (method: string) => (await fetch(`${endpoint}/api/health`, { method })).status;
  expect(await status('HEAD')).not.toBe(404);
  expect([await status('GET'), await status('POST')]).toEqual([404, 404]);
});
