import { describe, expect, test } from 'vitest';
import { aService, eventually, isReal } from './signalr-service.ts';

describe(`the REST API of the ${isReal ? 'real' : 'embedded'} SignalR service`, () => {
  test('says that the service is well to whoever asks', async () => {
    const { statusOf } = await aService();
    expect(await statusOf('HEAD', '/api/health', { token: null })).toBe(200);
  });

  test('is the same in 2022-11-01, as far as it is used here', async () => {
    const { statusOf } = await aService();
    const query = { 'api-version': '2022-11-01' };
    const body = { target: 'news', arguments: [1] };
    expect(await statusOf('POST', '/:send', { query, body })).toBe(202);
    expect(await statusOf('HEAD', '/users/ana', { query })).toBe(404);
  });

  test('knows a hub by its name in any case', async () => {
    const { hub, connect, send, statusOf } = await aService();
    const { heard } = await connect('ana');
    expect(await send('', 'as it is')).toBe(202);
    const path = `/api/hubs/${hub.toUpperCase()}/:send`;
    expect(await statusOf('POST', path, { body: { target: 'news', arguments: ['in capitals'] } })).toBe(202);
    await eventually(() => heard).toEqual(['as it is', 'in capitals']);
  });

  test('keeps hubs apart: their clients, users and groups', async () => {
    const { hub, connect, send, statusOf } = await aService();
    const here = await connect('ana');
    const there = await connect('bo', `${hub}_b`);
    expect(await statusOf('PUT', '/users/bo/groups/g')).toBe(200);
    await send('/groups/g', 'to nobody here');
    await send('/users/bo', 'to nobody here');
    await send('', 'here');
    await eventually(() => here.heard).toEqual(['here']);
    expect(there.heard).toEqual([]);
    expect(await statusOf('HEAD', `/connections/${there.id}`)).toBe(404);
  });

  // Not in the description of the API: as the .NET SDK names the hubs of an application.
  test('calls the hub of an application by both names', async () => {
    const { hub, connect, statusOf } = await aService();
    const { heard } = await connect('ana', `shop_${hub}`);
    const query = { application: 'shop' };
    const body = { target: 'news', arguments: ['to the shop'] };
    expect(await statusOf('POST', '/:send', { query, body })).toBe(202);
    await eventually(() => heard).toEqual(['to the shop']);
  });
});
