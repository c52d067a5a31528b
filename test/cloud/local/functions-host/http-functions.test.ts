import { describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../../../cloud/local/functions-host/http/http-request.ts';
import { HOST_KEY, MASTER_KEY, runApp } from '../../../support/functions-host.ts';

const ROUTES = `
app.http('byId', { route: 'stores/{storeId:int}', methods: ['GET'], handler: async ({ params }) => ({ jsonBody: { byId: params } }) });
app.http('byName', { route: 'stores/{name}', methods: ['GET'], handler: async ({ params }) => ({ jsonBody: { byName: params } }) });
app.http('all', { route: 'stores/all', methods: ['GET'], handler: async () => ({ jsonBody: 'all' }) });
app.http('part', { route: 'parts/{id}/{part?}', methods: ['GET'], handler: async ({ params }) => ({ jsonBody: params }) });
app.http('setSign', { route: 'signs/{signId}', methods: ['POST'], handler: async ({ params }) => ({ jsonBody: params }) });
app.http('commands', { route: 'signs/commands', methods: ['POST'], handler: async () => ({ jsonBody: 'commands' }) });
app.http('challenge', { route: 'signs/{signId}/challenge', methods: ['POST'], handler: async ({ params }) => ({ jsonBody: params }) });
app.http('heartbeat', { route: 'signs/me/heartbeat', methods: ['POST'], handler: async () => ({ jsonBody: 'heartbeat' }) });
app.http('readSign', { route: 'signs/{signId}', methods: ['GET'], handler: async ({ params }) => ({ jsonBody: params }) });
app.http('unrouted', { methods: ['POST'], handler: async () => ({ status: 202 }) });
`;

describe('a route', () => {
  test.each([
    ['stores/12', { byId: { storeId: '12' } }],
    ['stores/twelve', { byName: { name: 'twelve' } }],
    ['stores/z%C3%BCrich%20hb', { byName: { name: 'zürich hb' } }],
    ['Stores/ALL', 'all'],
    ['parts/7', { id: '7' }],
    ['parts/7/doors', { id: '7', part: 'doors' }],
  ])('leads %s to the function that fits it best', async (path, answer) => {
    await using app = await runApp(ROUTES);
    const response = await fetch(`${app.url}/api/${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(answer);
  });

  test.each([
    ['POST', 'signs/commands', 'commands'],
    ['POST', 'signs/me/heartbeat', 'heartbeat'],
    ['POST', 'signs/s-1', { signId: 's-1' }],
    ['POST', 'signs/s-1/challenge', { signId: 's-1' }],
    ['GET', 'signs/commands', { signId: 'commands' }],
  ])('of a word wins over one of a parameter, where its method fits: %s %s', async (method, path, answer) => {
    await using app = await runApp(ROUTES);
    expect(await (await fetch(`${app.url}/api/${path}`, { method })).json()).toEqual(answer);
  });

  test('that nobody has is not found, and neither is a path that cannot be decoded', async () => {
    await using app = await runApp(ROUTES);
    const statuses = [
      '/api/nobody',
      '/api/parts',
      '/api/parts/7/doors/1',
      '/stores/12',
      '/api/stores/%ff',
    ].map(async (path) => (await fetch(app.url + path)).status);
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404, 404]);
  });

  test('of another method names the methods that are allowed', async () => {
    await using app = await runApp(ROUTES);
    const response = await fetch(`${app.url}/api/stores/12`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('GET');
  });

  test('is the name of a function that has none, under the prefix of host.json', async () => {
    const hostJson = { version: '2.0', extensions: { http: { routePrefix: 'v1' } } };
    await using app = await runApp(ROUTES, { hostJson });
    expect((await fetch(`${app.url}/v1/unrouted`, { method: 'POST' })).status).toBe(202);
    expect((await fetch(`${app.url}/api/unrouted`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a key', () => {
  const KEYED = `
    app.http('open', { handler: async () => ({ body: 'open' }) });
    app.http('keyed', { authLevel: 'function', handler: async () => ({ body: 'keyed' }) });
    app.http('owned', { authLevel: 'admin', handler: async () => ({ body: 'owned' }) });
  `;

  test('opens functions that ask for one, in a header or in the query', async () => {
    await using app = await runApp(KEYED);
    const get = async (path: string, headers = {}) =>
      (await fetch(`${app.url}/api/${path}`, { headers })).status;
    expect(await get('open')).toBe(200);
    expect(await get('keyed')).toBe(401);
    expect(await get('keyed', { 'x-functions-key': 'wrong' })).toBe(401);
    expect(await get('keyed?code=')).toBe(401);
    for (const key of [HOST_KEY, MASTER_KEY]) {
      expect(await get('keyed', { 'x-functions-key': key })).toBe(200);
      expect(await get(`keyed?code=${key}`)).toBe(200);
    }
  });

  test('of the host does not open what is for the master key alone', async () => {
    await using app = await runApp(KEYED);
    const get = async (query: string) => (await fetch(`${app.url}/api/owned${query}`)).status;
    expect(await get('')).toBe(401);
    expect(await get(`?code=${HOST_KEY}`)).toBe(401);
    expect(await get(`?code=${MASTER_KEY}`)).toBe(200);
  });
});

describe('a request', () => {
  const ECHO = `
    app.http('echo', { methods: ['GET', 'POST'], handler: async (request) => ({
      jsonBody: {
        url: request.url, method: request.method, query: [...request.query], headers: Object.fromEntries(request.headers),
        text: await request.text(), user: request.user,
      },
    }) });
  `;

  test('reaches the function whole', async () => {
    await using app = await runApp(ECHO);
    const response = await fetch(`${app.url}/api/echo?a=1&b=%C3%BC&a=2`, { method: 'POST', body: 'Grüezi' });
    expect(await response.json()).toMatchObject({
      url: `${app.url}/api/echo?a=1&b=%C3%BC&a=2`,
      method: 'POST',
      query: [
        ['a', '1,2'],
        ['b', 'ü'],
      ],
      text: 'Grüezi',
    });
  });

  test('cannot say itself where it comes from or who has logged in', async () => {
    await using app = await runApp(ECHO);
    const principal = Buffer.from('{"auth_typ":"aad"}').toString('base64');
    const response = await fetch(`${app.url}/api/echo`, {
      headers: {
        'client-ip': '10.1.2.3',
        'x-ms-client-principal': principal,
        'x-ms-client-principal-id': 'admin',
        'x-forwarded-for': '10.1.2.3',
      },
    });
    const { headers, user } = (await response.json()) as { headers: Record<string, string>; user: unknown };
    expect(headers['client-ip']).toBe('127.0.0.1');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-ms-'))).toEqual([]);
    expect(headers['x-forwarded-for']).toBe('10.1.2.3');
    expect(user).toBeNull();
  });

  test('with a body over the limit is refused, whether it says so or not, and the next one is answered', async () => {
    await using app = await runApp(ECHO);
    const post = async (body: BodyInit) =>
      (await fetch(`${app.url}/api/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit)).status;
    const chunked = new Blob([new Uint8Array(MAX_BODY_BYTES + 1)]).stream();
    expect(await post(new Uint8Array(MAX_BODY_BYTES + 1))).toBe(413);
    expect(await post(chunked)).toBe(413);
    expect(await post(new Uint8Array(MAX_BODY_BYTES))).toBe(200);
  });
});

describe('an answer', () => {
  test('carries status, headers, cookies and bytes', async () => {
    await using app = await runApp(`
      app.http('answer', { handler: async () => ({
        status: 201,
        headers: { 'x-sign': 'seven', 'content-type': 'application/octet-stream' },
        cookies: [
          { name: '__Host-session', value: 'a b', path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge: 60 },
          { name: 'plain', value: 'v' },
        ],
        body: new Uint8Array([0, 255, 128]),
      }) });
    `);
    const response = await fetch(`${app.url}/api/answer`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-sign')).toBe('seven');
    expect(response.headers.getSetCookie()).toEqual([
      '__Host-session=a%20b; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Strict',
      'plain=v',
    ]);
    expect([...(await response.bytes())]).toEqual([0, 255, 128]);
  });

  test('of nothing is 204', async () => {
    await using app = await runApp(`app.http('nothing', { handler: async () => undefined });`);
    expect((await fetch(`${app.url}/api/nothing`)).status).toBe(204);
  });

  test.each([
    ['throws', `throw new Error('password hunter2')`],
    ['returns a mere string', `return 'hunter2'`],
    [
      'names a cookie that would split the header',
      `return { headers: { 'x-said': 'hunter2' }, cookies: [{ name: 'a; b', value: 'v' }] }`,
    ],
  ])('of a function that %s is a bare 500 whose request is in the log', async (_what, body) => {
    await using app = await runApp(`app.http('fails', { handler: async () => { ${body} } });`);
    const response = await fetch(`${app.url}/api/fails`);
    const text = await response.text();
    const requestId = response.headers.get('request-id') ?? 'none';
    expect(response.status).toBe(500);
    expect(response.headers.get('x-said')).toBeNull();
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(text).toContain(requestId);
    expect(text).not.toContain('hunter2');
    expect(app.logged.some((line) => line.includes(requestId) && line.includes('"function":"fails"'))).toBe(
      true,
    );
  });
});
