import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { HubEvent } from '../../../../cloud/local/iot-hub/hub-event.ts';
import {
  aDevice,
  closed,
  connectPlain,
  eventsTopic,
  logged,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';
import { connectPacket, openRaw, packet } from '../../../support/raw-mqtt.ts';

let hub: TestHub;
afterEach(() => hub.close());

const CONNACK = '20020000';
const PINGRESP = 'd000';
const puback = (packetId: number) => `4002${packetId.toString(16).padStart(4, '0')}`;

const publish = (packetId: number, payload = 'x') =>
  packet({
    cmd: 'publish',
    topic: eventsTopic('door-1'),
    payload,
    qos: 1,
    messageId: packetId,
    dup: false,
    retain: false,
  });

test('the PUBACKs of a batch leave after its commit, in order and in one piece', async () => {
  const commit = Promise.withResolvers<void>();
  const sizes: number[] = [];
  hub = await startTestHub({
    deliver: (batch) => {
      sizes.push(batch.length);
      return commit.promise;
    },
  });
  const { socket, received } = await openRaw(hub);
  socket.write(connectPacket(hub, aDevice(hub)));
  socket.write(Buffer.concat([publish(7), publish(3), publish(9)]));
  await vi.waitFor(() => expect(sizes).toEqual([3]));
  // The connection is alive all the while, and says nothing of the events.
  socket.write(packet({ cmd: 'pingreq' }));
  await vi.waitFor(() => expect(received()).toBe(CONNACK + PINGRESP));
  const pieces: string[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece.toString('hex')));
  commit.resolve();
  await vi.waitFor(() => expect(pieces).toEqual([puback(7) + puback(3) + puback(9)]));
  socket.destroy();
});

test('events gather while a batch is being committed, and go together in the next', async () => {
  const commits: PromiseWithResolvers<void>[] = [];
  const sizes: number[] = [];
  hub = await startTestHub({
    deliver: (batch) => {
      sizes.push(batch.length);
      const commit = Promise.withResolvers<void>();
      commits.push(commit);
      return commit.promise;
    },
  });
  const { socket, received } = await openRaw(hub);
  socket.write(connectPacket(hub, aDevice(hub)));
  socket.write(publish(1));
  await vi.waitFor(() => expect(sizes).toEqual([1]));
  for (const packetId of [2, 3, 4]) socket.write(publish(packetId));
  socket.write(packet({ cmd: 'pingreq' }));
  await vi.waitFor(() => expect(received()).toContain(PINGRESP));
  expect(sizes).toEqual([1]);
  commits[0]?.resolve();
  await vi.waitFor(() => expect(sizes).toEqual([1, 3]));
  commits[1]?.resolve();
  await vi.waitFor(() => expect(received()).toBe(CONNACK + PINGRESP + [1, 2, 3, 4].map(puback).join('')));
  socket.destroy();
});

test('while too many events wait the hub stops reading, then goes on and loses none', async () => {
  const commit = Promise.withResolvers<void>();
  const sizes: number[] = [];
  hub = await startTestHub({
    maxWaitingEvents: 3,
    deliver: (batch) => {
      sizes.push(batch.length);
      return commit.promise;
    },
  });
  const { socket, received } = await openRaw(hub);
  socket.write(connectPacket(hub, aDevice(hub)));
  socket.write(publish(1));
  await vi.waitFor(() => expect(sizes).toEqual([1]));
  socket.write(Buffer.concat([publish(2), publish(3), publish(4)]));
  const other = await openRaw(hub);
  other.socket.write(connectPacket(hub, aDevice(hub, 'door-2')));
  await vi.waitFor(() => expect(other.received()).toBe(CONNACK));
  socket.write(packet({ cmd: 'pingreq' }));
  const third = await openRaw(hub);
  third.socket.write(connectPacket(hub, aDevice(hub, 'door-3')));
  await vi.waitFor(() => expect(third.received()).toBe(CONNACK));
  expect(received()).toBe(CONNACK);
  commit.resolve();
  await vi.waitFor(() => {
    expect(received()).toContain(PINGRESP);
    expect(received().replace(PINGRESP, '')).toBe(CONNACK + [1, 2, 3, 4].map(puback).join(''));
  });
  for (const raw of [socket, other.socket, third.socket]) raw.destroy();
});

test('a database that is away for a while costs nothing: all is acknowledged once, in order', async () => {
  let attempts = 0;
  const kept: string[] = [];
  hub = await startTestHub({
    batches: { maxEvents: 4, minEvents: 1, maxWaitMs: 0 },
    deliver: async (batch) => {
      attempts += 1;
      if (attempts <= 3) throw new Error('database is away');
      kept.push(...batch.map(({ body }) => body.toString()));
    },
  });
  const client = await connectPlain(hub, aDevice(hub));
  const acknowledged: string[] = [];
  const sent = ['1', '2', '3', '4', '5', '6'];
  await Promise.all(
    sent.map(async (body) => {
      await client.publishAsync(eventsTopic('door-1'), body, { qos: 1 });
      acknowledged.push(body);
    }),
  );
  expect(acknowledged).toEqual(sent);
  expect(kept).toEqual(sent);
  await logged(hub, 'database is away');
  await client.endAsync();
});

test.each([
  ['fails', () => Promise.reject(new Error('disk full'))],
  ['hangs', () => new Promise<void>(() => {})],
])('if a commit only ever %s, connections are cut without a PUBACK, each time', async (_, deliver) => {
  hub = await startTestHub({ commitWithinMs: 300, deliver });
  const device = aDevice(hub);
  for (const attempt of ['first', 'again']) {
    const { socket, received } = await openRaw(hub);
    socket.write(connectPacket(hub, device));
    socket.write(publish(1));
    await once(socket, 'close');
    expect(received(), attempt).toBe(CONNACK);
  }
  await logged(hub, 'events could not be committed in time');
});

test('an event dropped with its connection is committed when the device sends it again', async () => {
  let works = false;
  const kept: HubEvent[] = [];
  hub = await startTestHub({
    commitWithinMs: 200,
    deliver: async (batch) => {
      if (!works) throw new Error('disk full');
      kept.push(...batch);
    },
  });
  const client = await connectPlain(hub, aDevice(hub), { reconnectPeriod: 20, clean: false });
  const cut = closed(client).then(() => {
    works = true;
  });
  await client.publishAsync(eventsTopic('door-1'), 'kept', { qos: 1 });
  await cut;
  expect(kept.map(({ body }) => body.toString())).toEqual(['kept']);
  await client.endAsync();
});

test('closing the hub finishes the batch that is under way, and its acknowledgements', async () => {
  const commit = Promise.withResolvers<void>();
  let batches = 0;
  hub = await startTestHub({
    deliver: () => {
      batches += 1;
      return commit.promise;
    },
  });
  const client = await connectPlain(hub, aDevice(hub));
  const sent = client.publishAsync(eventsTopic('door-1'), 'last', { qos: 1 });
  await vi.waitFor(() => expect(batches).toBe(1));
  const closing = hub.hub.close();
  await expect(connectPlain(hub, aDevice(hub, 'late'))).rejects.toThrow('ECONNREFUSED');
  commit.resolve();
  await sent;
  await closing;
  expect(client.connected).toBe(false);
});

test('a hub whose disk is full ends the connection, does not fall, and takes the event when there is room', async () => {
  let isFull = true;
  let number = 0;
  const nextSequenceNumber = () => {
    if (isFull) throw new Error('database or disk is full');
    number += 1;
    return number;
  };
  hub = await startTestHub({ nextSequenceNumber });
  const device = aDevice(hub);
  const first = await connectPlain(hub, device);
  const ended = closed(first);
  first.on('error', () => undefined);
  first.publish(eventsTopic('door-1'), '{"in":1}', { qos: 1 });
  await ended;
  await logged(hub, 'disk is full');
  isFull = false;
  const second = await connectPlain(hub, device);
  await second.publishAsync(eventsTopic('door-1'), '{"in":1}', { qos: 1 });
  expect(hub.delivered.map(({ body }) => body.toString())).toEqual(['{"in":1}']);
  await second.endAsync();
});
