import { describe, expect, test } from 'vitest';
import { runApp } from '../../../support/functions-host.ts';

const connectionOf = (userId: string) => `
  const info = input.generic({ type: 'signalRConnectionInfo', hubName: '%Hub%', userId: '${userId}' });
  app.http('negotiate', {
    extraInputs: [info], handler: async (request, context) => ({ jsonBody: context.extraInputs.get(info) }),
  });
`;

describe('connection info', () => {
  test.each([
    ['{headers.x-vitrine-sign}', { 'x-vitrine-sign': 'sign-7' }, '', 'for sign-7'],
    ['{headers.X-Vitrine-Sign}', {}, '', 'for anyone'],
    ['{headers.x-vitrine-sign}', { 'x-vitrine-sign': '' }, '', 'for anyone'],
    ['{query.who}', {}, '?who=a%2Fb', 'for a/b'],
    ['user-%Who%', {}, '', 'for user-seven'],
  ])('with user id %s and headers %o%s is %s', async (userId, headers, search, accessToken) => {
    const settings = { Hub: 'vitrine', Who: 'seven' };
    await using app = await runApp(connectionOf(userId), { settings });
    const response = await fetch(`${app.url}/api/negotiate${search}`, { method: 'POST', headers });
    expect(await response.json()).toEqual({ url: 'http://signalr/vitrine', accessToken });
  });

  test('with an expression of another kind is refused when the app is loaded', async () => {
    const running = runApp(connectionOf('{rand-guid}'), { settings: { Hub: 'vitrine' } });
    await expect(running).rejects.toMatchObject({ code: 'ERR_BINDING' });
  });
});

const say = (output: string) => `
  const hub = output.generic({ type: 'signalR', name: 'hub', hubName: 'vitrine' });
  app.http('say', { extraOutputs: [hub], handler: async (request, context) => {
    context.extraOutputs.set(hub, ${output});
    if (request.query.get('fail')) throw new Error('no');
    return { status: 202 };
  } });
`;

describe('the signalR output', () => {
  test('is sent in order: messages and group actions, one or many', async () => {
    await using app = await runApp(
      say(`[
        { action: 'removeAll', userId: 'sign-7' },
        { action: 'add', userId: 'sign-7', groupName: 'group:a' },
        { target: 'assignment', arguments: [{ storeGroupId: 'a' }], userId: 'sign-7' },
      ]`),
    );
    expect((await fetch(`${app.url}/api/say`)).status).toBe(202);
    expect(app.sent).toEqual([
      ['vitrine', { action: 'removeAll', userId: 'sign-7' }],
      ['vitrine', { action: 'add', userId: 'sign-7', groupName: 'group:a' }],
      ['vitrine', { target: 'assignment', arguments: [{ storeGroupId: 'a' }], userId: 'sign-7' }],
    ]);
  });

  test('may be the return value', async () => {
    await using app = await runApp(`
      app.timer('flush', {
        schedule: '0 0 0 1 1 *', runOnStartup: true, return: output.generic({ type: 'signalR', hubName: 'vitrine' }),
        handler: async () => ({ target: 'proof', arguments: [1], groupName: 'group:a' }),
      });
    `);
    app.host.startTimers();
    const message = { target: 'proof', arguments: [1], groupName: 'group:a' };
    await expect.poll(() => app.sent).toEqual([['vitrine', message]]);
  });

  test('of a function that fails is not sent', async () => {
    await using app = await runApp(say(`{ target: 'snapshot', arguments: [] }`));
    expect((await fetch(`${app.url}/api/say?fail=1`)).status).toBe(500);
    expect(app.sent).toEqual([]);
  });

  test.each([
    ['a message without arguments', `{ target: 'snapshot' }`],
    ['an action for nobody', `{ action: 'add', groupName: 'group:a' }`],
    ['an action without a group', `{ action: 'add', userId: 'sign-7' }`],
  ])('that is %s fails the function', async (_what, output) => {
    await using app = await runApp(say(output));
    expect((await fetch(`${app.url}/api/say`)).status).toBe(500);
    expect(app.sent).toEqual([]);
  });

  test('that cannot be sent fails the function', async () => {
    const send = () => Promise.reject(new Error('service is down'));
    await using app = await runApp(say(`{ target: 'snapshot', arguments: [] }`), { send });
    expect((await fetch(`${app.url}/api/say`)).status).toBe(500);
  });
});

describe('a connection', () => {
  const ON = `
    const on = (event, hubName) => trigger.generic({ type: 'signalRTrigger', hubName, category: 'connections', event });
    app.generic('connected', { trigger: on('connected', 'Vitrine'), handler: async (connection) => tell(connection) });
    app.generic('gone', { trigger: on('disconnected', 'vitrine'), handler: async ({ Event, Error: why }) => {
      tell({ Event, why });
      throw new Error('no');
    } });
    app.generic('elsewhere', { trigger: on('connected', 'other'), handler: async () => tell('wrong hub') });
  `;
  const event = {
    hub: 'vitrine',
    event: 'connected',
    connectionId: 'c-1',
    userId: 'sign-7',
    claims: { 'asrs.s.uid': 'sign-7' },
    query: { hub: 'vitrine' },
    headers: { 'User-Agent': 'sign' },
    error: undefined,
  } as const;

  test('that opens or ends is told to the functions of its hub and event, with the names of the extension', async () => {
    await using app = await runApp(ON);
    await app.host.onConnectionEvent(event);
    await app.host.onConnectionEvent({ ...event, event: 'disconnected', error: 'timeout' });
    expect(app.told()).toEqual([
      {
        Arguments: null,
        Error: null,
        Category: 'connections',
        Event: 'connected',
        Hub: 'vitrine',
        ConnectionId: 'c-1',
        UserId: 'sign-7',
        Headers: { 'User-Agent': 'sign' },
        Query: { hub: 'vitrine' },
        Claims: { 'asrs.s.uid': 'sign-7' },
      },
      { Event: 'disconnected', why: 'timeout' },
    ]);
    expect(app.logged.some((line) => line.includes('"connection":"c-1"'))).toBe(true);
  });
});
