import { describe, expect, test } from 'vitest';
import { aService, eventually, statusAndCode } from './signalr-service.ts';

const saidWhy = (reason: string) => expect.stringContaining(reason);

describe('connections by REST', () => {
  test('are there, and their users, until they end', async () => {
    const { connect, call } = await aService();
    const { id, connection } = await connect('ana');
    const there = (path: string) => () => call('HEAD', path).then(statusAndCode);
    await eventually(there(`/connections/${id}`)).toEqual([200, null]);
    await eventually(there('/users/ana')).toEqual([200, null]);
    await connection.stop();
    await eventually(there(`/connections/${id}`)).toEqual([404, 'Warning.Connection.NotExisted']);
    await eventually(there('/users/ana')).toEqual([404, 'Warning.User.NotExisted']);
  });

  test('are closed one by one, with the reason that is given', async () => {
    const { connect, statusOf } = await aService();
    const [one, two] = [await connect('ana'), await connect('ana')];
    const query = { reason: 'replaced by another' };
    expect(await statusOf('DELETE', `/connections/${one.id}`, { query })).toBe(200);
    await eventually(() => one.ended.reason).toEqual(saidWhy('replaced by another'));
    expect(await statusOf('HEAD', `/connections/${two.id}`)).toBe(200);
    expect(two.ended).toEqual({});
  });

  test('are closed without a reason where none is given', async () => {
    const { connect, statusOf } = await aService();
    const { id, ended } = await connect();
    expect(await statusOf('DELETE', `/connections/${id}`)).toBe(200);
    await eventually(() => ended.reason).toBeNull();
  });

  test('that are gone are closed already', async () => {
    const { statusOf } = await aService();
    expect(await statusOf('DELETE', '/connections/nobody')).toBe(200);
  });

  test.for([
    ['of a hub', '/:closeConnections'],
    ['of a group', '/groups/g/:closeConnections'],
    ['of a user', '/users/ana/:closeConnections'],
  ] as const)('are closed together, all %s but the excluded ones', async ([, path]) => {
    const { connect, statusOf } = await aService();
    const [one, two, spared] = [await connect('ana'), await connect('ana'), await connect('ana')];
    const other = path === '/:closeConnections' ? undefined : await connect('bo');
    for (const { id } of [one, two, spared]) await statusOf('PUT', `/groups/g/connections/${id}`);
    const query = { reason: 'closing time', excluded: [spared.id, 'nobody'] };
    expect(await statusOf('POST', path, { query })).toBe(204);
    for (const { ended } of [one, two]) await eventually(() => ended.reason).toEqual(saidWhy('closing time'));
    for (const open of other === undefined ? [spared] : [spared, other]) {
      expect(await statusOf('HEAD', `/connections/${open.id}`)).toBe(200);
      expect(open.ended).toEqual({});
    }
    expect(await statusOf('POST', path)).toBe(204);
    await eventually(() => spared.ended.reason).toBeNull();
  });

  test('need not be there to be closed together', async () => {
    const { statusOf } = await aService();
    for (const path of ['', '/groups/nobody', '/users/nobody']) {
      expect(await statusOf('POST', `${path}/:closeConnections`)).toBe(204);
    }
  });
});
