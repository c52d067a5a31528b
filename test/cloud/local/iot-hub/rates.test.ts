import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Allowance } from '../../../../cloud/local/iot-hub/allowance.ts';
import { ArrivalLine } from '../../../../cloud/local/iot-hub/arrival-line.ts';
import { ReadingHolds } from '../../../../cloud/local/iot-hub/reading-holds.ts';
import type { IotHubOptions } from '../../../../cloud/local/iot-hub/start-iot-hub.ts';
import { clientFrame, OPCODES } from '../../../support/hostile-frames.ts';
import {
  aDevice,
  callHub,
  eventsTopic,
  sasToken,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';
import { connectPacket, openRaw, packet } from '../../../support/raw-mqtt.ts';
import { becomes, holdClock } from './held-clock.ts';

let hub: TestHub | undefined;
beforeEach(() => void holdClock());
afterEach(async () => {
  vi.useRealTimers();
  await hub?.close();
  hub = undefined;
});
const start = async (options: Partial<IotHubOptions>): Promise<TestHub> => {
  hub = await startTestHub(options);
  return hub;
};

test('an allowance gives its burst at once, then its rate, and never saves more than a burst', () => {
  const allowance = new Allowance({ perSecond: 10, burst: 5 }, 0);
  expect(allowance.take(5, 0)).toBe(0);
  expect(allowance.take(1, 0)).toBe(100);
  expect(allowance.take(0, 100)).toBe(0);
  expect(allowance.take(6, 60_000)).toBe(100);
});

test('an allowance that is asked for one has it or says when, and is never in debt for having been asked', () => {
  const allowance = new Allowance({ perSecond: 10, burst: 2 }, 0);
  expect([0, 0, 0, 0, 50, 100, 100].map((atMs) => allowance.takeOne(atMs))).toEqual([
    0, 0, 100, 100, 50, 0, 100,
  ]);
});

describe('the line at the door', () => {
  const started: number[] = [];
  const aLine = (burst: number) => {
    started.length = 0;
    const line = new ArrivalLine({ perSecond: 10, burst });
    const starts = Array.from({ length: 1_000 }, (_, number) => () => void started.push(number));
    return { line, starts };
  };

  test('lets in a burst, then one after the other in the order they came', () => {
    const { line, starts } = aLine(2);
    for (const one of starts.slice(0, 5)) line.join(one);
    expect(started).toEqual([0, 1]);
    vi.advanceTimersByTime(99);
    expect(started).toEqual([0, 1]);
    vi.advanceTimersByTime(1);
    expect(started).toEqual([0, 1, 2]);
    vi.advanceTimersByTime(200);
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('forgets who has left: the next to come has the next turn, and nobody pays for the others', () => {
    const { line, starts } = aLine(1);
    for (const one of starts) line.join(one);
    for (const one of starts.slice(1, 999)) line.leave(one);
    vi.advanceTimersByTime(100);
    expect(started).toEqual([0, 999]);
    for (const one of starts) line.join(one);
    for (const one of starts) line.leave(one);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(100);
    line.join(() => void started.push(-1));
    expect(started).toEqual([0, 999, -1]);
  });
});

test('what is read after a connection is held is paid for too, by one timer, before it is read again', () => {
  const said: string[] = [];
  const source = { pause: () => void said.push('pause'), resume: () => void said.push('resume') };
  const holds = new ReadingHolds(source, { perSecond: 10, burst: 1 });
  for (let packets = 0; packets < 101; packets += 1) holds.spend(1, performance.now());
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(9_999);
  expect(said).toEqual(['pause']);
  holds.holdForQueue();
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['pause']);
  holds.releaseForQueue();
  expect(said).toEqual(['pause', 'resume']);
  holds.spend(2, performance.now());
  holds.stop();
  expect(vi.getTimerCount()).toBe(0);
});

describe('a device that sends too often', () => {
  const PACKETS = 150;
  const UPGRADE = [
    'GET /$iothub/websocket HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Protocol: mqtt',
    '\r\n',
  ].join('\r\n');
  const publish = (deviceId: string, payload: string) =>
    packet({
      cmd: 'publish',
      topic: eventsTopic(deviceId),
      payload,
      qos: 1,
      messageId: 1,
      dup: false,
      retain: false,
    });

  test.each([
    ['TLS', '', (bytes: Buffer) => bytes],
    ['WebSocket', UPGRADE, (bytes: Buffer) => clientFrame(bytes, OPCODES.binary)],
  ])(
    'is read over %s no sooner than its rate allows, and loses nothing; others do not notice',
    async (_, opening, framed) => {
      const running = await start({ publishRate: { perSecond: 10, burst: 2 } });
      const bodies = () => running.delivered.map(({ body }) => body.toString());
      const eager = await openRaw(running);
      eager.socket.write(opening);
      if (opening !== '') await becomes(() => eager.received() !== '', true);
      eager.socket.write(framed(connectPacket(running, aDevice(running, 'eager'))));
      await becomes(() => eager.received().endsWith('20020000'), true);

      // One piece, as a network would bring it: it is read whole.
      const numbers = Array.from({ length: PACKETS }, (__, number) => String(number));
      eager.socket.write(Buffer.concat(numbers.map((number) => framed(publish('eager', number)))));
      await becomes(bodies, numbers);
      eager.socket.write(framed(publish('eager', 'late')));

      // CONNECT took one of the two; all others but one are debt.
      vi.advanceTimersByTime((PACKETS - 1) * 100 - 1);
      const calm = await openRaw(running);
      calm.socket.write(connectPacket(running, aDevice(running, 'calm')));
      calm.socket.write(publish('calm', 'calm'));
      await becomes(() => calm.received(), '20020000' + '40020001');
      expect(bodies()).toEqual([...numbers, 'calm']);
      vi.advanceTimersByTime(1);
      await becomes(bodies, [...numbers, 'calm', 'late']);
      eager.socket.destroy();
      calm.socket.destroy();
    },
  );
});

test('a device that posts too often gets 429 with the time to wait, and another device does not', async () => {
  const running = await start({ publishRate: { perSecond: 0.5, burst: 1 } });
  const devices = [aDevice(running, 'eager'), aDevice(running, 'calm')] as const;
  const post = ({ deviceId, primaryKey }: { deviceId: string; primaryKey: string }) =>
    callHub(running, {
      method: 'POST',
      path: `/devices/${deviceId}/messages/events`,
      token: sasToken({ resource: `${running.hub.hostName}/devices/${deviceId}`, key: primaryKey }),
      body: Buffer.from('x'),
    });
  expect((await post(devices[0])).status).toBe(204);
  expect((await post(devices[0])).status).toBe(204);
  expect(await post(devices[0])).toMatchObject({
    status: 429,
    headers: { 'retry-after': '2', 'iothub-errorcode': 'ThrottlingException' },
  });
  expect((await post(devices[1])).status).toBe(204);
  expect(running.delivered).toHaveLength(3);
});

describe('new connections beyond the rate', () => {
  const rate = { perSecond: 10, burst: 1 };
  /** A client that shakes hands as soon as it may. */
  const knock = ({ hub: { port }, caPem }: TestHub, name: string, done: string[]) => {
    const socket = connectTls({ host: 'localhost', port, ca: caPem });
    socket.on('error', () => {});
    socket.on('secureConnect', () => done.push(name));
    return socket;
  };

  test('wait for their turn, and all are let in, in the order they came', async () => {
    const running = await start({ limits: { newConnectionRate: rate } });
    const done: string[] = [];
    const names = ['a', 'b', 'c', 'd'];
    const sockets = [];
    for (const name of names) {
      const socket = knock(running, name, done);
      sockets.push(socket);
      await once(socket, 'connect');
    }
    for (let turn = 1; turn <= names.length; turn += 1) {
      await becomes(() => done, names.slice(0, turn));
      vi.advanceTimersByTime(100);
    }
    for (const socket of sockets) socket.destroy();
  });

  test('do not pay for a hundred that have gone, whether they said something or not', async () => {
    const running = await start({ limits: { newConnectionRate: rate } });
    const done: string[] = [];
    const first = knock(running, 'first', done);
    await becomes(() => done, ['first']);
    const gone = Array.from({ length: 100 }, (_, number) => {
      const socket = connectTcp({ host: '127.0.0.1', port: running.hub.port });
      socket.resume();
      return number % 2 === 0 ? socket : socket.end('\x16\x03\x01');
    });
    await Promise.all(gone.map((socket) => once(socket, 'connect')));
    await Promise.all(gone.map((socket) => once(socket.end(), 'close')));
    const late = knock(running, 'late', done);
    await once(late, 'connect');
    vi.advanceTimersByTime(100);
    await becomes(() => done, ['first', 'late']);
    first.destroy();
    late.destroy();
  });

  test('are let in past a flood of such as say nothing', async () => {
    const running = await start({ limits: { newConnectionRate: rate, maxWaiting: 20, maxUnproven: 5 } });
    const done: string[] = [];
    const flood = async () => {
      const strangers = Array.from({ length: 40 }, () =>
        connectTcp({ host: '127.0.0.1', port: running.hub.port }).on('error', () => {}),
      );
      await Promise.all(strangers.map((socket) => once(socket, 'connect')));
      return strangers;
    };
    const strangers = [];
    const devices = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      strangers.push(...(await flood()));
      devices.push(knock(running, name, done));
      await becomes(() => done.at(-1), name);
      vi.advanceTimersByTime(100);
    }
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    for (const socket of [...strangers, ...devices]) socket.destroy();
  });
});
