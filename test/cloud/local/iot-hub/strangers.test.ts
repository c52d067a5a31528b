import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HubLimits } from '../../../../cloud/local/iot-hub/start-iot-hub.ts';
import { clientFrame, OPCODES } from '../../../support/hostile-frames.ts';
import { aDevice, connectPlain, eventsTopic, startTestHub, type TestHub } from '../../../support/iot-hub.ts';
import { connectPacket, openRaw } from '../../../support/raw-mqtt.ts';
import { becomes, holdClock } from './held-clock.ts';

let hub: TestHub;
beforeEach(() => void holdClock());
afterEach(async () => {
  vi.useRealTimers();
  await hub.close();
});
const start = async (limits: HubLimits) => {
  hub = await startTestHub({ limits });
};

const upgradeRequest = (path: string) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Protocol: mqtt',
    '\r\n',
  ].join('\r\n');
const WEB_SOCKET = upgradeRequest('/$iothub/websocket');

const mute = () =>
  connect({ host: '127.0.0.1', port: hub.hub.port })
    .on('error', () => {})
    .resume();
const mutes = async (count: number): Promise<Socket[]> => {
  const sockets = Array.from({ length: count }, mute);
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return sockets;
};
const closedOf = (sockets: readonly Socket[]) => sockets.filter(({ closed }) => closed).length;

/** Says a byte each tenth of the limit, and never comes to the end. How many it could say. */
async function saidByBytes(socket: Duplex, bytes: Buffer, limitMs: number): Promise<number> {
  let said = 0;
  for (; said < bytes.length - 1 && !socket.destroyed; said += 1) {
    socket.write(bytes.subarray(said, said + 1));
    for (let turn = 0; turn < 5; turn += 1) await turnOfTheLoop();
    vi.advanceTimersByTime(limitMs / 10);
  }
  return said;
}

test.each([
  ['a CONNECT', { connectWithinMs: 1_000 }, () => connectPacket(hub, aDevice(hub))],
  [
    'the head of an HTTP request',
    { knownWithinMs: 1_000 },
    () => Buffer.from(`GET /devices HTTP/1.1\r\nx: ${'x'.repeat(200)}`),
  ],
])('%s that comes a byte at a time is not waited for beyond its limit', async (_, limits, bytes) => {
  await start(limits);
  const { socket, received } = await openRaw(hub);
  const said = await saidByBytes(socket, bytes(), 1_000);
  expect(said).toBeGreaterThanOrEqual(10);
  expect(said).toBeLessThan(100);
  expect(received()).toBe('');
});

test('who says nothing, or shakes hands and then says nothing, is cut off', async () => {
  await start({ handshakeWithinMs: 200, firstByteWithinMs: 300 });
  const [silent] = await mutes(1);
  const { socket } = await openRaw(hub);
  vi.advanceTimersByTime(200);
  await becomes(() => silent?.closed, true);
  expect(socket.closed).toBe(false);
  // The hub may come to the end of the handshake a little later than its client.
  await becomes(() => {
    vi.advanceTimersByTime(300);
    return socket.closed;
  }, true);
});

test('a thousand that say nothing take no place of a device, and give back their own', async () => {
  await start({ maxWaiting: 100, maxUnproven: 10 });
  const device = await connectPlain(hub, aDevice(hub));
  const crowd = await mutes(1_000);
  await becomes(() => closedOf(crowd), 900);
  // One that says who it is finds a place all the same.
  const late = await connectPlain(hub, aDevice(hub, 'late'));
  await late.publishAsync(eventsTopic('late'), 'x', { qos: 1 });
  await device.publishAsync(eventsTopic('door-1'), 'x', { qos: 1 });
  expect(hub.delivered).toHaveLength(2);
  expect(closedOf(crowd)).toBe(901);

  for (const socket of crowd) socket.destroy();
  await becomes(() => closedOf(crowd), 1_000);
  await late.publishAsync(eventsTopic('late'), 'y', { qos: 1 });
  const fresh = await mutes(100);
  const [last] = await mutes(1);
  await becomes(() => closedOf(fresh), 1);
  expect(fresh[0]?.closed).toBe(true);
  for (const socket of [...fresh, last]) socket?.destroy();
  await late.endAsync(true);
  await device.endAsync(true);
});

test('a crowd that shakes hands and says nothing ends no handshake but its own oldest', async () => {
  await start({ maxWaiting: 10, maxUnproven: 3 });
  const crowd: Socket[] = [];
  for (let count = 0; count < 5; count += 1) crowd.push((await openRaw(hub)).socket);
  await becomes(() => crowd.map(({ closed }) => closed), [true, true, false, false, false]);
  const outside = await mutes(50);
  await becomes(() => closedOf(outside), 40);
  expect(closedOf(crowd)).toBe(2);
  for (const socket of [...crowd, ...outside]) socket.destroy();
});

test('who says far too much before its turn is cut off', async () => {
  await start({ newConnectionRate: { perSecond: 1, burst: 1 } });
  const first = await openRaw(hub);
  const [talker] = await mutes(1);
  talker?.write(Buffer.alloc(64 * 1024));
  await becomes(() => talker?.closed, true);
  first.socket.destroy();
});

test('WebSockets of strangers have so many places; who shows a token, or goes, gives its own back', async () => {
  await start({ maxUnprovenWebSockets: 2 });
  const ask = async () => {
    const { socket, received } = await openRaw(hub);
    socket.write(WEB_SOCKET);
    await becomes(() => received() !== '', true);
    return { socket, status: Buffer.from(received(), 'hex').toString().split(' ')[1] };
  };
  const [first, second, third] = [await ask(), await ask(), await ask()];
  expect([first.status, second.status, third.status]).toEqual(['101', '101', '503']);
  await becomes(() => third.socket.closed, true);
  first.socket.write(clientFrame(connectPacket(hub, aDevice(hub)), OPCODES.binary));
  await becomes(() => hub.log.some((line) => line.includes('device connected')), true);
  const fourth = await ask();
  expect([fourth.status, (await ask()).status]).toEqual(['101', '503']);
  fourth.socket.destroy();
  await becomes(() => hub.log.filter((line) => line.includes('connection ends')).length, 1);
  const fifth = await ask();
  expect(fifth.status).toBe('101');
  for (const { socket } of [first, second, fifth]) socket.destroy();
});

test('a WebSocket that is refused and does not hang up is not waited for', async () => {
  await start({});
  // Its types do not know that TLS may be half open too.
  const halfOpen = { host: 'localhost', port: hub.hub.port, ca: hub.caPem, allowHalfOpen: true };
  const socket = connectTls(halfOpen);
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (part) => {
    answer += part;
  });
  await once(socket, 'secureConnect');
  socket.write(upgradeRequest('/somewhere'));
  await becomes(() => answer.split('\r\n')[0], 'HTTP/1.1 404 Not Found');
  await becomes(() => {
    socket.write('still here');
    return socket.destroyed;
  }, true);
});
