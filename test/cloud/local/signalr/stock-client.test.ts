import { HttpTransportType, HubConnectionState } from '@microsoft/signalr';
import { describe, expect, test } from 'vitest';
import {
  buildClient,
  callDataPlane,
  connectByHand,
  connectClient,
  eventually,
  HANDSHAKE,
  HUB,
  heardBy,
  startSignalR,
  tokenFor,
} from '../../../support/signalr.ts';

const TRANSPORTS = [
  ['WebSockets', HttpTransportType.WebSockets],
  ['ServerSentEvents', HttpTransportType.ServerSentEvents],
  ['LongPolling', HttpTransportType.LongPolling],
] as const;
const news = (value: unknown) => ({ target: 'news', arguments: [value] });
const OFTEN: number[] = Array(500).fill(20);

describe.for(TRANSPORTS)('the client from npm over %s', ([name, transport]) => {
  test('hears what is for all, its group and its user, in order, and is told that it cannot call', async () => {
    const signalR = await startSignalR();
    const { service } = signalR;
    await service.act(HUB, { action: 'add', userId: 'ana', groupName: 'madrid' });
    const client = buildClient(signalR, 'ana', undefined, transport);
    const heard = heardBy(client);
    await client.start();
    expect(new Set(signalR.uses)).toEqual(new Set([name]));
    expect(await callDataPlane(signalR, 'HEAD', `/connections/${client.connectionId}`)).toMatchObject({
      status: 200,
    });

    service.send(HUB, news(1));
    service.send(HUB, { ...news(2), groupName: 'madrid' });
    service.send(HUB, { ...news('Ocupación 占有率 🪧\n'), userId: 'ana' });
    service.send(HUB, { ...news('no'), groupName: 'oslo' });
    service.send(HUB, news(4));
    await eventually(() => heard).toEqual([1, 2, 'Ocupación 占有率 🪧\n', 4]);
    await expect(client.invoke('join', 'madrid')).rejects.toThrow('clients cannot call it');

    await client.stop();
    await eventually(() => signalR.events.map(({ event, error }) => [event, error])).toEqual([
      ['connected', undefined],
      ['disconnected', undefined],
    ]);
  });

  test('lives on with nothing to hear', async () => {
    const limits = { beatMs: 10, keepAliveMs: 50, clientTimeoutMs: 1_000, longestPollMs: 100 };
    const signalR = await startSignalR({ limits });
    const client = buildClient(signalR, 'ana', undefined, transport);
    client.serverTimeoutInMilliseconds = limits.clientTimeoutMs;
    client.keepAliveIntervalInMilliseconds = 50;
    const ends: unknown[] = [];
    client.onclose((error) => ends.push(error));
    await client.start();
    // Another, who came later and says nothing, was there for the whole time that one may be silent.
    const silent = await connectByHand(signalR);
    silent.say(HANDSHAKE);
    await silent.closed;
    expect(silent.records().at(-1)).toMatchObject({ error: 'Nothing was heard for 1000 ms.' });
    expect({ state: client.state, ends }).toEqual({ state: HubConnectionState.Connected, ends: [] });
  });

  test('comes back with a new token when the old one is over', async () => {
    const clock = { ms: Date.now() };
    const claims: object[] = [{ 'asrs.s.coae': 'true', 'asrs.s.aeo': `${Math.ceil(clock.ms / 1_000) + 60}` }];
    const signalR = await startSignalR({
      limits: { beatMs: 10 },
      now: () => clock.ms,
      negotiate: async (service) => {
        const { url } = await service.connectionInfo({ hub: HUB });
        return { url, accessToken: await tokenFor(url, { 'asrs.s.uid': 'ana', ...claims.shift() }) };
      },
    });
    const client = buildClient(signalR, 'ana', OFTEN, transport);
    const away: (string | undefined)[] = [];
    client.onreconnecting((error) => away.push(error?.message));
    const back: (string | undefined)[] = [];
    client.onreconnected((connectionId) => back.push(connectionId));
    await client.start();
    clock.ms += 61_000;
    await eventually(() => back.length).toBe(1);
    expect(away).toEqual([expect.stringContaining('The access token is over its time.')]);
    expect(client.state).toBe(HubConnectionState.Connected);
  });

  test('comes back by itself after the service was restarted, and was told to', async () => {
    const before = await startSignalR();
    const client = buildClient(before, 'ana', OFTEN, transport);
    const heard = heardBy(client);
    const away: (string | undefined)[] = [];
    client.onreconnecting((error) => away.push(error?.message));
    await client.start();
    await before.stop();
    await eventually(() => client.state).toBe(HubConnectionState.Reconnecting);
    expect(before.events.at(-1)).toMatchObject({ event: 'disconnected', error: undefined });

    const after = await startSignalR({ port: before.port, databaseFile: before.databaseFile });
    await eventually(() => client.state).toBe(HubConnectionState.Connected);
    after.service.send(HUB, { ...news('again'), userId: 'ana' });
    await eventually(() => heard).toEqual(['again']);
    expect(away).toHaveLength(1);
  });

  test('is told why it is closed, and stays away', async () => {
    const signalR = await startSignalR();
    const client = buildClient(signalR, 'ana', OFTEN, transport);
    const ends: (string | undefined)[] = [];
    client.onclose((error) => ends.push(error?.message));
    client.onreconnecting(() => ends.push('reconnecting'));
    await client.start();
    await callDataPlane(signalR, 'DELETE', `/connections/${client.connectionId}?reason=bye`);
    await eventually(() => ends).toEqual([expect.stringContaining('Server returned an error on close: bye')]);
    expect(client.state).toBe(HubConnectionState.Disconnected);
  });
});

test('the client takes the best transport that gets through', async () => {
  const open = await startSignalR();
  await connectClient(open, 'ana');
  expect(new Set(open.uses)).toEqual(new Set(['WebSockets']));

  const noWebSockets = await startSignalR({ withheld: ['WebSockets'] });
  const { heard } = await connectClient(noWebSockets, 'ana');
  noWebSockets.service.send(HUB, { ...news('here'), userId: 'ana' });
  await eventually(() => heard).toEqual(['here']);
  expect(new Set(noWebSockets.uses)).toEqual(new Set(['ServerSentEvents']));

  const polls = await startSignalR({ withheld: ['WebSockets', 'ServerSentEvents'] });
  const polling = await connectClient(polls, 'ana');
  polls.service.send(HUB, { ...news('here'), userId: 'ana' });
  await eventually(() => polling.heard).toEqual(['here']);
  expect(new Set(polls.uses)).toEqual(new Set(['LongPolling']));
});
