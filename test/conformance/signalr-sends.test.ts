import { describe, expect, test } from 'vitest';
import { aService, eventually, isReal, statusAndCode } from './signalr-service.ts';

/** The service takes so much in one message. */
const MESSAGE_BYTES = 1024 * 1024;
const news = { target: 'news', arguments: [1] };

describe('a message by REST', () => {
  test('goes to everyone, a group, a user or a connection', async () => {
    const { connect, send, statusOf } = await aService();
    const ana = await connect('ana/1');
    const bo = await connect('bo');
    expect(await statusOf('PUT', '/users/ana%2F1/groups/group%3Amadrid')).toBe(200);
    expect(await send('', 'everyone')).toBe(202);
    expect(await send('/groups/group%3Amadrid', 'group')).toBe(202);
    expect(await send('/users/ana%2F1', 'user')).toBe(202);
    expect(await send(`/connections/${ana.id}`, 'connection')).toBe(202);
    expect(await send('', 'end')).toBe(202);
    await eventually(() => ana.heard).toEqual(['everyone', 'group', 'user', 'connection', 'end']);
    await eventually(() => bo.heard).toEqual(['everyone', 'end']);
  });

  test('is accepted also where nobody is', async () => {
    const { send } = await aService();
    for (const path of ['', '/groups/nobody', '/users/nobody', '/connections/nobody']) {
      expect(await send(path, 'hello')).toBe(202);
    }
  });

  test('passes over the connections that are excluded, of all and of a group', async () => {
    const { connect, send, statusOf } = await aService();
    const [one, two, three] = [await connect('ana'), await connect('ana'), await connect('bo')];
    for (const { id } of [one, two, three]) await statusOf('PUT', `/groups/g/connections/${id}`);
    await send('', 'not one', { excluded: one.id });
    await send('', 'only three', { excluded: [one.id, two.id] });
    await send('/groups/g', 'not two', { excluded: [two.id, 'nobody'] });
    await send('/groups/g', 'end');
    await eventually(() => one.heard).toEqual(['not two', 'end']);
    await eventually(() => two.heard).toEqual(['not one', 'end']);
    await eventually(() => three.heard).toEqual(['not one', 'only three', 'not two', 'end']);
  });

  test('carries any JSON, any number of values, or none', async () => {
    const { connect, statusOf } = await aService();
    const { heard } = await connect();
    const values = [{ name: 'Málaga \u{1f6a2}\x1e\n', list: [1, null, [true, 0.5]] }, 'two'];
    for (const args of [values, [], undefined]) {
      expect(await statusOf('POST', '/:send', { body: { target: 'news', arguments: args } })).toBe(202);
    }
    await eventually(() => heard).toEqual([values, [], []]);
  });

  test.for([
    ['no JSON', 'nonsense'],
    ['no object', '[]'],
    ['nothing', ''],
    ['no target', '{"arguments":[]}'],
    ['an empty target', '{"target":"","arguments":[]}'],
    ['arguments that are no list', '{"target":"news","arguments":"one"}'],
  ] as const)('is refused with a reason if its body is %s', async ([, body]) => {
    const { call } = await aService();
    const response = await call('POST', '/:send', { body });
    expect(response.status).toBe(400);
    // The service's description names this header for every error, but not its values.
    if (!isReal) {
      expect(statusAndCode(response)).toEqual([400, 'Error.Request.Invalid']);
      const message = expect.stringContaining('The body is no message');
      expect(await response.json()).toEqual({ code: 'Error.Request.Invalid', message });
    }
  });

  test('is refused if it is neither JSON nor another form that the service knows', async () => {
    const { statusOf } = await aService();
    for (const path of ['/:send', '/groups/g/:send', '/users/u/:send', '/connections/c/:send']) {
      const headers = { 'content-type': 'text/plain' };
      expect(await statusOf('POST', path, { body: news, headers })).toBe(415);
    }
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect(await statusOf('POST', '/:send', { body: news, headers })).toBe(202);
  });

  // The real service takes MessagePack too: the embedded one has no client that speaks it.
  test.skipIf(isReal)('is refused as MessagePack, unlike in the real service', async () => {
    const { statusOf } = await aService();
    const headers = { 'content-type': 'application/x-msgpack' };
    expect(await statusOf('POST', '/:send', { body: '\x81', headers })).toBe(415);
  });

  test('is refused if it is too long', async () => {
    const { statusOf } = await aService();
    const body = { target: 'news', arguments: ['x'.repeat(MESSAGE_BYTES)] };
    expect(await statusOf('POST', '/:send', { body })).toBe(413);
  });
});
