import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HubConnectionState } from '@microsoft/signalr';
import { expect, test } from 'vitest';
import {
  buildClient,
  connectByHand,
  connectClient,
  eventually,
  HANDSHAKE,
  HUB,
  heardBy,
  startSignalR,
} from '../../../support/signalr.ts';

const PING = { type: 6 };
const NEVER_MS = 3_600_000;
const patient = { keepAliveMs: NEVER_MS, clientTimeoutMs: NEVER_MS, handshakeMs: NEVER_MS };

test('a client with nothing to hear lives on pings alone', async () => {
  const clientTimeoutMs = 1_000;
  const signalR = await startSignalR({ limits: { beatMs: 10, keepAliveMs: 30, clientTimeoutMs } });
  const client = buildClient(signalR);
  client.serverTimeoutInMilliseconds = clientTimeoutMs;
  client.keepAliveIntervalInMilliseconds = 50;
  let closed = false;
  client.onclose(() => {
    closed = true;
  });
  await client.start();
  // A witness who hears the same pings and says nothing: with him, the time is over in which one may be silent.
  const witness = await connectByHand(signalR);
  witness.say(HANDSHAKE);
  await witness.closed;
  const [first, ...pings] = witness.records().slice(0, -1);
  expect(first).toEqual({});
  expect(pings.length).toBeGreaterThan(0);
  expect(new Set(pings.map((ping) => JSON.stringify(ping)))).toEqual(new Set([JSON.stringify(PING)]));
  expect({ state: client.state, closed }).toEqual({ state: HubConnectionState.Connected, closed: false });
});

test('a client that goes silent is told to come back and dropped', async () => {
  const signalR = await startSignalR({ limits: { ...patient, beatMs: 10, clientTimeoutMs: 50 } });
  const byHand = await connectByHand(signalR);
  byHand.say(HANDSHAKE);
  await byHand.closed;
  expect(byHand.records()).toEqual([
    {},
    { type: 7, error: 'Nothing was heard for 50 ms.', allowReconnect: true },
  ]);
  await eventually(() => signalR.events.at(-1)).toMatchObject({
    event: 'disconnected',
    error: expect.stringContaining('Nothing was heard for 50 ms.'),
  });
});

test('of a client that says nothing the app hears whether its machine still answers', async () => {
  const signalR = await startSignalR({ limits: { ...patient, beatMs: 20, clientTimeoutMs: 1_000 } });
  const answering = await connectByHand(signalR);
  const dead = await connectByHand(signalR);
  // What a machine without power, or behind a cut cable, does with a ping.
  dead.webSocket.pause();
  for (const byHand of [answering, dead]) byHand.say(HANDSHAKE);
  const errors = () => signalR.events.flatMap(({ error }) => (error === undefined ? [] : [error])).toSorted();
  await eventually(errors).toEqual([
    'Nothing was heard for 1000 ms.',
    'Nothing was heard for 1000 ms. Its machine answers.',
  ]);
});

test('a client that never shakes hands is dropped, and the app hears nothing of it', async () => {
  const signalR = await startSignalR({ limits: { ...patient, beatMs: 10, handshakeMs: 50 } });
  const byHand = await connectByHand(signalR);
  await byHand.closed;
  expect(byHand.records()).toEqual([{ error: 'Handshake was canceled.' }]);
  await signalR.stop();
  expect(signalR.events).toEqual([]);
});

test('a client that does not answer the closing is cut', async () => {
  const signalR = await startSignalR({
    limits: { ...patient, beatMs: 10, handshakeMs: 50, closeWaitMs: 50 },
  });
  const byHand = await connectByHand(signalR);
  byHand.webSocket.pause();
  const [socket] = signalR.upgraded;
  await eventually(() => socket?.destroyed).toBe(true);
});

test.for([
  [{ protocol: 'messagepack', version: 1 }, "The protocol 'messagepack' is not supported."],
  [{ protocol: 'json', version: 2 }, "The server does not support version 2 of the 'json' protocol."],
  [{ hello: true }, 'Handshake was malformed.'],
] as const)('a handshake of %j is refused with a reason', async ([handshake, error]) => {
  const byHand = await connectByHand(await startSignalR());
  byHand.say(handshake);
  await byHand.closed;
  expect(byHand.records()).toEqual([{ error }]);
});

test('several records of one frame are all obeyed, and a call is refused only if it wants an answer', async () => {
  const byHand = await connectByHand(await startSignalR());
  const call = { type: 1, target: 'join', arguments: ['madrid'] };
  byHand.say(HANDSHAKE, PING, call, { ...call, invocationId: '7' }, { ...call, type: 4, invocationId: '8' });
  const error = 'The service is serverless and has no upstream: clients cannot call it.';
  await eventually(() => byHand.records()).toEqual([
    {},
    { type: 3, invocationId: '7', error },
    { type: 3, invocationId: '8', error },
  ]);
});

test('what is not of the protocol ends the connection with a reason', async () => {
  const signalR = await startSignalR();
  for (const nonsense of ['{"type":6}', 'nonsense\x1e', '[]\x1e', Buffer.from('{"type":6}\x1e')]) {
    const byHand = await connectByHand(signalR);
    byHand.say(HANDSHAKE);
    byHand.webSocket.send(nonsense);
    await byHand.closed;
    expect(byHand.records()).toEqual([{}, { type: 7, error: expect.stringMatching(/^Message is/) }]);
  }
});

test('a message too large to be a handshake or a ping ends the connection', async () => {
  const signalR = await startSignalR({ limits: { clientMessageBytes: 100 } });
  const byHand = await connectByHand(signalR);
  byHand.say({ ...HANDSHAKE, padding: 'x'.repeat(100) });
  expect(await byHand.closed).toBe(1009);
});

test('signs come back by themselves after the service was restarted', async () => {
  const before = await startSignalR();
  const client = buildClient(before, 'ana', Array(200).fill(20));
  const heard = heardBy(client);
  await client.start();
  const goneFor: (string | undefined)[] = [];
  client.onreconnecting((error) => goneFor.push(error?.message));
  const byHand = await connectByHand(before);
  byHand.say(HANDSHAKE);
  await eventually(() => byHand.records()).toEqual([{}]);

  await before.stop();
  expect(byHand.frames.at(-1)).toBe('{"type":7,"allowReconnect":true}\x1e');
  expect(client.state).toBe(HubConnectionState.Reconnecting);

  const after = await startSignalR({ port: before.port, databaseFile: before.databaseFile });
  await eventually(() => client.state).toBe(HubConnectionState.Connected);
  after.service.send(HUB, { target: 'news', arguments: ['again'], userId: 'ana' });
  await eventually(() => heard).toEqual(['again']);
});

test('a closed service lets nobody in and forgets nobody it has told the app of', async () => {
  const signalR = await startSignalR();
  const { url, accessToken } = await signalR.service.connectionInfo({ hub: HUB });
  await connectClient(signalR, 'ana');
  await signalR.service.close();
  expect(signalR.events.map(({ event, error }) => [event, error])).toEqual([
    ['connected', undefined],
    ['disconnected', undefined],
  ]);
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(url.replace('?', 'negotiate?'), { method: 'POST', headers });
  expect(response.status).toBe(503);
  await expect(connectByHand(signalR)).rejects.toThrow('503');
});

test('a closing service waits neither for who never shook hands nor long for who does not answer', async () => {
  const polite = await startSignalR({ limits: { ...patient, closeWaitMs: NEVER_MS } });
  const byHand = await connectByHand(polite);
  await polite.stop();
  expect(byHand.frames).toEqual([]);

  const impatient = await startSignalR({ limits: { ...patient, closeWaitMs: 50 } });
  const mute = await connectByHand(impatient);
  mute.webSocket.pause();
  await impatient.service.close();
  expect(impatient.upgraded[0]?.destroyed).toBe(true);
});

test('a closing service says what it had to say, then asks its clients to come back one after another', async () => {
  const signalR = await startSignalR({ limits: { drainedConnections: 1, drainPauseMs: 1 } });
  const clients = await Promise.all(['ana', 'bo', 'cleo'].map((user) => connectByHand(signalR, user)));
  for (const byHand of clients) {
    byHand.say(HANDSHAKE);
    await eventually(() => byHand.records()).toEqual([{}]);
  }
  signalR.service.send(HUB, { target: 'news', arguments: ['last'] });
  await signalR.service.close();
  const last = { type: 1, target: 'news', arguments: ['last'] };
  for (const byHand of clients) {
    expect(byHand.records()).toEqual([{}, last, { type: 7, allowReconnect: true }]);
    expect(await byHand.closed).toBe(1000);
  }
});

test('a closed service leaves nothing behind that would keep its process', async () => {
  const entry = new URL('../../../../cloud/local/signalr/create-signalr-service.ts', import.meta.url);
  const script = `
    const { createSignalRService } = await import(${JSON.stringify(entry.href)});
    const userGroups = { takeExpired: () => [] };
    const service = createSignalRService({ accessKey: 'k', endpoint: () => '', userGroups, now: Date.now });
    await service.close();
    console.log('closed');
  `;
  const command = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: 10_000 });
  expect(stdout).toBe('closed\n');
});

test('a client too slow to keep up is cut, and the others miss nothing', async () => {
  const signalR = await startSignalR({ limits: { ...patient, backlogBytes: 256 * 1024 } });
  const slow = await connectByHand(signalR, 'slow');
  const quick = await connectByHand(signalR, 'quick');
  for (const byHand of [slow, quick]) {
    byHand.say(HANDSHAKE);
    await eventually(() => byHand.records()).toEqual([{}]);
  }
  slow.webSocket.pause();

  const padding = 'x'.repeat(100_000);
  let sent = 0;
  const left = () => signalR.events.filter(({ event }) => event === 'disconnected');
  while (left().length === 0) {
    sent += 1;
    signalR.service.send(HUB, { target: 'news', arguments: [sent, padding] });
    await eventually(() => quick.records().length).toBe(sent + 1);
  }
  expect(left()).toMatchObject([{ userId: 'slow', error: 'More than 262144 bytes waited to be sent.' }]);
  expect(quick.records().slice(1)).toMatchObject(
    Array.from({ length: sent }, (_, index) => ({ type: 1, arguments: [index + 1, padding] })),
  );
});
