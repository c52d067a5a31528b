import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Device } from '../../../../cloud/local/state/devices.ts';
import {
  aDevice,
  closed,
  connectPlain,
  connectWebSocket,
  eventsTopic,
  logged,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';
import { connectPacket, packet } from '../../../support/raw-mqtt.ts';

let hub: TestHub;
let device: Device;
beforeEach(async () => {
  hub = await startTestHub();
  device = aDevice(hub);
});
afterEach(() => hub.close());

const PATH = '/$iothub/websocket';
const open = (path = PATH, protocols = ['mqtt']) =>
  new WebSocket(`wss://localhost:${hub.hub.port}${path}`, protocols, { ca: hub.caPem });

/** A WebSocket with a device behind it, and all bytes that came back. */
async function openConnected() {
  const socket = open();
  const parts: Buffer[] = [];
  socket.on('message', (data: Buffer) => parts.push(data));
  await once(socket, 'open');
  socket.send(connectPacket(hub, device));
  const received = () => Buffer.concat(parts).toString('hex');
  await expect.poll(received).toBe('20020000');
  return { socket, received };
}

test('a device sends messages over WebSocket, acknowledged in order, in the same session as over TLS', async () => {
  const client = await connectWebSocket(hub, device);
  const acknowledged: number[] = [];
  await Promise.all(
    [1, 2, 3].map(async (number) => {
      await client.publishAsync(eventsTopic('door-1', '%24.ct=a%2Fb&x=y'), String(number), { qos: 1 });
      acknowledged.push(number);
    }),
  );
  expect(acknowledged).toEqual([1, 2, 3]);
  expect(hub.delivered.map(({ body }) => body.toString())).toEqual(['1', '2', '3']);
  expect(hub.delivered[0]?.systemProperties).toMatchObject({ 'content-type': 'a/b' });
  expect(hub.delivered[0]?.properties).toEqual({ x: 'y' });

  const ended = closed(client);
  const overTls = await connectPlain(hub, device);
  await ended;
  const endedToo = closed(overTls);
  await (await connectWebSocket(hub, device)).endAsync();
  await endedToo;
});

test('packets may be cut over frames or share one, and pings of both kinds are answered', async () => {
  const { socket, received } = await openConnected();
  const publish = (messageId: number) =>
    packet({
      cmd: 'publish',
      topic: eventsTopic('door-1'),
      payload: 'x',
      qos: 1,
      messageId,
      dup: false,
      retain: false,
    });
  const bytes = Buffer.concat([publish(1), publish(2), packet({ cmd: 'pingreq' })]);
  const pong = once(socket, 'pong');
  socket.ping('are you there');
  socket.send(bytes.subarray(0, 10));
  socket.send(bytes.subarray(10));
  expect(String((await pong)[0])).toBe('are you there');
  await expect.poll(received).toContain('d000');
  await expect.poll(received).toContain('4002000140020002');
  socket.send(packet({ cmd: 'disconnect' }));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1000);
});

test('a message of the largest size passes over WebSocket, a larger one ends the connection', async () => {
  const client = await connectWebSocket(hub, device);
  const topic = eventsTopic('door-1');
  const room = 256 * 1024 - Buffer.byteLength(topic) - 4;
  await client.publishAsync(topic, Buffer.alloc(room), { qos: 1 });
  client.publish(topic, Buffer.alloc(room + 1), { qos: 1 });
  await closed(client);
  await logged(hub, 'message too large');
  expect(hub.delivered.map(({ body }) => body.length)).toEqual([room]);
});

test('a frame that is far too large, or that is text, ends the connection', async () => {
  for (const [sent, why] of [
    [Buffer.alloc(1024 * 1024), 'Max payload size exceeded'],
    ['a text', 'a WebSocket frame that is not binary'],
  ] as const) {
    const { socket } = await openConnected();
    socket.on('error', () => {});
    socket.send(sent);
    await once(socket, 'close');
    await logged(hub, why);
  }
  expect(hub.delivered).toEqual([]);
});

test('a device that closes its WebSocket is gone for the registry, and one that is disabled is cut off', async () => {
  const { socket } = await openConnected();
  socket.close();
  await logged(hub, 'closed by the device');
  const again = await openConnected();
  hub.devices.update('door-1', { status: 'disabled' });
  await once(again.socket, 'close');
});

test.each([
  ['another path', '/somewhere', ['mqtt'], 404],
  ['no subprotocol', PATH, [], 400],
  ['another subprotocol', PATH, ['chat'], 400],
])('a WebSocket with %s is refused', async (_, path, protocols, status) => {
  const socket = open(path, protocols);
  const [, response] = await once(socket, 'unexpected-response');
  expect(response.statusCode).toBe(status);
  socket.on('error', () => {});
  socket.terminate();
});
