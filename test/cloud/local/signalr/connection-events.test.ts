import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SignalRConnectionEvent } from '../../../../cloud/local/signalr/signalr-message.ts';
import {
  connectByHand,
  connectClient,
  eventually,
  HANDSHAKE,
  HUB,
  startSignalR,
  tokenFor,
} from '../../../support/signalr.ts';

test('the app hears once that a sign came and once that it left, with its user', async () => {
  const signalR = await startSignalR();
  const { client } = await connectClient(signalR, 'ana');
  const { connectionId } = client;
  await client.stop();
  await eventually(() => signalR.events.length).toBe(2);
  const headers = {
    'X-ASRS-Connection-Id': connectionId,
    'X-ASRS-Hub': HUB,
    'X-ASRS-Category': 'connections',
    'X-ASRS-User-Id': 'ana',
    'X-ASRS-Client-Query': `?hub=${HUB}`,
  };
  const common = { hub: HUB, connectionId, userId: 'ana', claims: {}, query: { hub: HUB }, error: undefined };
  // Signed or not: the test of the headers looks at that.
  expect(signalR.events).toEqual(
    ['connected', 'disconnected'].map((event) => ({
      ...common,
      event,
      headers: expect.objectContaining({ ...headers, 'X-ASRS-Event': event }),
    })),
  );
});

test('a lost connection is told with its reason', async () => {
  const signalR = await startSignalR();
  const byHand = await connectByHand(signalR);
  byHand.say(HANDSHAKE);
  await eventually(() => signalR.events.length).toBe(1);
  byHand.webSocket.terminate();
  await eventually(() => signalR.events.at(-1)).toMatchObject({
    event: 'disconnected',
    userId: undefined,
    error: 'The connection was lost.',
  });
});

test('the app sees the claims and the query of a client, but nothing that opens a door', async () => {
  const signalR = await startSignalR();
  const url = `${signalR.endpoint}/client/?hub=${HUB}`;
  const claims = { nameid: 'ana', 'asrs.u.role': 'sign', 'asrs.s.cht': '20' };
  const token = await tokenFor(url, claims);
  const webSocket = new WebSocket(`${url.replace('http', 'ws')}&place=door&access_token=${token}`);
  webSocket.once('open', () => webSocket.send(`${JSON.stringify(HANDSHAKE)}\x1e`));
  await eventually(() => signalR.events.length).toBe(1);
  expect(signalR.events).toEqual([
    expect.objectContaining({
      userId: 'ana',
      claims: { nameid: 'ana', role: 'sign' },
      query: { hub: HUB, place: 'door' },
    }),
  ]);
  expect(JSON.stringify(signalR.events)).not.toContain(token);
});

test('the app hears of one connection in order, however long it takes, and its failure harms nobody', async () => {
  const told: string[] = [];
  const connectedMayEnd = Promise.withResolvers<void>();
  const onConnectionEvent = async ({ event, userId }: SignalRConnectionEvent) => {
    told.push(`${userId} ${event}`);
    if (userId === 'slow' && event === 'connected') await connectedMayEnd.promise;
    if (userId === 'bad') throw new Error('the app is broken');
  };
  const signalR = await startSignalR({ onConnectionEvent });
  const slow = await connectClient(signalR, 'slow');
  await slow.client.stop();
  const bad = await connectClient(signalR, 'bad');
  signalR.service.send(HUB, { target: 'news', arguments: ['all is well'] });
  await eventually(() => bad.heard).toEqual(['all is well']);
  await bad.client.stop();
  await eventually(() => told).toEqual(['slow connected', 'bad connected', 'bad disconnected']);
  connectedMayEnd.resolve();
  await eventually(() => told.at(-1)).toBe('slow disconnected');
});
