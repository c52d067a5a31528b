import { describe, expect, test } from 'vitest';
import { UserHoldings } from '../../../../cloud/local/signalr/user-holdings.ts';
import {
  connectByHand,
  eventually,
  HANDSHAKE,
  HUB,
  startSignalR,
  type TestSignalR,
} from '../../../support/signalr.ts';

const NEVER_MS = 3_600_000;
const patient = { keepAliveMs: NEVER_MS, clientTimeoutMs: NEVER_MS, handshakeMs: NEVER_MS };

async function negotiateAs(signalR: TestSignalR, userId?: string): Promise<number> {
  const user = userId === undefined ? {} : { userId };
  const { url, accessToken } = await signalR.service.connectionInfo({ hub: HUB, ...user });
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(url.replace('?', 'negotiate?'), { method: 'POST', headers })).status;
}

async function openByHand(signalR: TestSignalR, userId?: string) {
  const byHand = await connectByHand(signalR, userId);
  byHand.say(HANDSHAKE);
  await eventually(() => byHand.records()).toEqual([{}]);
  return byHand;
}

describe('one user', () => {
  test('cannot take every place by negotiating', async () => {
    const signalR = await startSignalR({ limits: { connections: 20 } });
    for (let asked = 0; asked < 30; asked += 1) expect(await negotiateAs(signalR, 'thief')).toBe(200);
    expect(await negotiateAs(signalR, 'sign')).toBe(200);
  });

  test('has so many connections at a time: the oldest goes for the newest, and is told to stay away', async () => {
    const signalR = await startSignalR({ limits: { ...patient, connectionsOfUser: 2 } });
    const other = await openByHand(signalR, 'bo');
    const [oldest, second, newest] = [
      await openByHand(signalR, 'ana'),
      await openByHand(signalR, 'ana'),
      await openByHand(signalR, 'ana'),
    ];
    await oldest.closed;
    expect(oldest.records().slice(1)).toEqual([{ type: 7, error: 'The user has more than 2 connections.' }]);
    signalR.service.send(HUB, { target: 'news', arguments: [1] });
    for (const { records } of [other, second, newest]) await eventually(() => records().length).toBe(2);
  });

  test('keeps no more places by not answering when asked to go', async () => {
    const signalR = await startSignalR({
      limits: { ...patient, closeWaitMs: NEVER_MS, connectionsOfUser: 2 },
    });
    for (let opened = 0; opened < 7; opened += 1) {
      const { webSocket } = await openByHand(signalR, 'ana');
      webSocket.pause();
    }
    await eventually(() => signalR.upgraded.map(({ destroyed }) => destroyed)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false],
    ]);
  });
});

test('those of no name share their places and leave the others to users', async () => {
  const signalR = await startSignalR({ limits: { ...patient, anonymousConnections: 2 } });
  const { webSocket } = await openByHand(signalR);
  expect(await negotiateAs(signalR)).toBe(200);
  expect(await negotiateAs(signalR)).toBe(503);
  await expect(connectByHand(signalR)).rejects.toThrow('503');
  expect(await negotiateAs(signalR, 'ana')).toBe(200);
  webSocket.close();
  await eventually(() => negotiateAs(signalR)).toBe(200);
});

test('what users hold is kept apart by hub and forgotten with the last', () => {
  const holdings = new UserHoldings<string>();
  const [here, there] = [
    { hub: 'signs', userId: 'ana' },
    { hub: 'console', userId: 'ana' },
  ];
  expect([...holdings.add(here, 'a')]).toEqual(['a']);
  expect([...holdings.add(there, 'b')]).toEqual(['b']);
  expect([...holdings.add(here, 'c')]).toEqual(['a', 'c']);
  holdings.delete(here, 'a');
  expect([...holdings.add(here, 'd')]).toEqual(['c', 'd']);
  for (const item of ['c', 'd']) holdings.delete(here, item);
  expect([...holdings.add(here, 'e')]).toEqual(['e']);
});
