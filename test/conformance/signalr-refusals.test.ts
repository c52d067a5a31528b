import { describe, expect, test } from 'vitest';
import { aService, isReal } from './signalr-service.ts';

const body = { target: 'news', arguments: [1] };

describe('a call by REST is refused', () => {
  test('without a token that was made for it, with the key, and is valid now', async () => {
    const { base, endpoint, tokenFor, call } = await aService();
    const status = async (token: string | null) => (await call('POST', '/:send', { token, body })).status;
    const url = `${base}/:send`;
    const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
    expect(await status(await tokenFor(url))).toBe(202);
    expect(await status(null)).toBe(401);
    expect(await status('nonsense')).toBe(401);
    expect(await status(await tokenFor(url, {}, 'another key, as long as it must be to sign'))).toBe(401);
    expect(await status(await tokenFor(url, { exp: hourAgo }))).toBe(401);
    expect(await status(await tokenFor(url, { nbf: hourAgo + 7_200 }))).toBe(401);
    expect(await status(await tokenFor(`${endpoint}/api/hubs/another/:send`))).toBe(401);
    expect(await status(await tokenFor(`${endpoint}/client/?hub=another`))).toBe(401);
  });

  // The documentation asks for the address without its query; the .NET SDK signs it with.
  test('not because its token names the version, as that of the SDK does', async () => {
    const { base, tokenFor, statusOf } = await aService();
    const token = await tokenFor(`${base}/:send?api-version=2022-06-01`);
    expect(await statusOf('POST', '/:send', { token, body })).toBe(202);
  });

  test.for([undefined, '', 'tomorrow', '1999-01-01'])('of the version %s', async (version) => {
    const { base, call, tokenFor } = await aService();
    if (version !== undefined) {
      expect((await call('HEAD', '/users/ana', { query: { 'api-version': version } })).status).toBe(400);
    } else {
      const authorization = `Bearer ${await tokenFor(`${base}/users/ana`)}`;
      expect((await fetch(`${base}/users/ana`, { method: 'HEAD', headers: { authorization } })).status).toBe(
        400,
      );
    }
  });

  test.for(['1hub', 'a-hub', 'a%20hub', `h${'u'.repeat(128)}`])('to the hub %s', async (hub) => {
    const { statusOf } = await aService();
    expect(await statusOf('HEAD', `/api/hubs/${hub}/users/ana`)).toBe(400);
  });

  test.for([
    ['POST', '/:sendAll'],
    ['POST', '/stores/calle-mayor/:send'],
    ['HEAD', '/users/ana/groups/g/more'],
  ] as const)('if there is no such call: %s %s', async ([method, path]) => {
    const { statusOf } = await aService();
    expect(await statusOf(method, path)).toBe(404);
  });

  test.for([
    ['GET', '/:send', 'POST'],
    ['PUT', '/:closeConnections', 'POST'],
    ['POST', '/users/ana', 'HEAD'],
    ['POST', '/users/ana/groups', 'DELETE'],
    ['POST', '/users/ana/groups/g', 'DELETE, HEAD, PUT'],
    ['GET', '/connections/c', 'DELETE, HEAD'],
    ['GET', '/groups/g', 'HEAD'],
    ['POST', '/groups/g/connections/c', 'DELETE, PUT'],
  ] as const)('if it is called in another way: %s %s', async ([method, path, allow]) => {
    const { call } = await aService();
    const response = await call(method, path);
    expect(response.status).toBe(405);
    if (!isReal) expect(response.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allow);
  });
});
