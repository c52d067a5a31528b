import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PacketReader } from '../../../../cloud/local/iot-hub/packet-reader.ts';
import { parsePropertyBag } from '../../../../cloud/local/iot-hub/property-bag.ts';
import { coversPath, isSignedWith, parseSasToken } from '../../../../cloud/local/iot-hub/sas-token.ts';
import {
  aDevice,
  connectPlain,
  eventsTopic,
  sasToken,
  startTestHub,
  type TestHub,
} from '../../../support/iot-hub.ts';
import { connectPacket, openRaw, packet } from '../../../support/raw-mqtt.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
  aDevice(hub, 'healthy');
  aDevice(hub, 'fuzzed');
});
afterAll(() => hub.close());

async function expectAlive() {
  const healthy = hub.devices.read('healthy');
  if (healthy === undefined) throw new Error('no device');
  const client = await connectPlain(hub, healthy);
  await client.publishAsync(eventsTopic('healthy'), 'still here', { qos: 1 });
  await client.endAsync();
}

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

test('random bytes in place of TLS, of HTTP or of the first MQTT packet never harm the hub', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(Buffer.alloc(0), Buffer.from([0x10])), async (noise, start) => {
      const plain = connect({ host: '127.0.0.1', port: hub.hub.port });
      plain.on('error', () => {});
      plain.resume();
      const plainClosed = new Promise((resolve) => plain.on('close', resolve));
      plain.end(noise);
      const { socket } = await openRaw(hub);
      const closed = once(socket, 'close');
      socket.end(Buffer.concat([start, noise]));
      await Promise.all([plainClosed, closed]);
    }),
    { numRuns: 50 },
  );
  await expectAlive();
}, 60_000);

test('random packets after a good CONNECT never harm the hub', async () => {
  const fuzzed = hub.devices.read('fuzzed');
  if (fuzzed === undefined) throw new Error('no device');
  const before = hub.delivered.length;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 255 }), bytes, async (header, body) => {
      const { socket } = await openRaw(hub);
      socket.write(connectPacket(hub, fuzzed));
      const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
      socket.end(Buffer.concat([Buffer.from([header, ...length]), body]));
      await once(socket, 'close');
    }),
    { numRuns: 100 },
  );
  expect(hub.delivered).toHaveLength(before);
  await expectAlive();
}, 60_000);

test('packets of a type a device may not send, or broken ones, end the connection with a reason', async () => {
  const fuzzed = hub.devices.read('fuzzed');
  if (fuzzed === undefined) throw new Error('no device');
  const cases = {
    'malformed SUBSCRIBE': Buffer.from([0x82, 2, 0, 1]),
    'malformed subscription': Buffer.from([0x82, 3, 0, 1, 9]),
    'malformed PUBLISH': Buffer.from([0x32, 2, 0, 9]),
    'malformed-length': Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]),
    'packet-too-large': Buffer.from([0x30, 0xff, 0xff, 0x7f]),
    'packet type 1 is not expected here': connectPacket(hub, fuzzed),
    'packet type 6 is not expected here': packet({ cmd: 'pubrel', messageId: 1 }),
  };
  for (const [why, sent] of Object.entries(cases)) {
    hub.log.length = 0;
    const { socket } = await openRaw(hub);
    socket.write(connectPacket(hub, fuzzed));
    socket.write(sent);
    await once(socket, 'close');
    expect(hub.log.join('')).toContain(`"why":"${why}"`);
  }
});

test('a CONNECT that is never finished may not grow without end', async () => {
  const { socket } = await openRaw(hub);
  socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  await once(socket, 'close');
  await vi.waitFor(() => expect(hub.log.join('')).toContain('"why":"packet-too-large"'));
});

test('however the network cuts a stream, the same packets come out', () => {
  const packets = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 });
  fc.assert(
    fc.property(packets, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (bodies, cuts) => {
      const stream = Buffer.concat(
        bodies.map((payload) =>
          packet({
            cmd: 'publish',
            topic: 't',
            payload: Buffer.from(payload),
            qos: 0,
            dup: false,
            retain: false,
          }),
        ),
      );
      const read: Buffer[] = [];
      const reader = new PacketReader(1_000, (header, stream, start, end) => {
        expect(header).toBe(0x30);
        return read.push(stream.subarray(start + 3, end)) > 0;
      });
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const size = cuts[turn % cuts.length] ?? 1;
        expect(reader.read(stream.subarray(at, at + size))).toBeUndefined();
        at += size;
      }
      expect(read.map((body) => [...body])).toEqual(bodies.map((body) => [...body]));
    }),
  );
});

const KEY = Buffer.alloc(32, 'k').toString('base64');

test('the token parser takes any text without throwing', () => {
  const almost = fc
    .array(fc.tuple(fc.constantFrom('sr', 'sig', 'se', 'skn', 'x'), fc.string()))
    .map((fields) => `SharedAccessSignature ${fields.map(([name, value]) => `${name}=${value}`).join('&')}`);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), almost), (text) => {
      const token = parseSasToken(text);
      if (token !== undefined) expect(isSignedWith(token, KEY)).toBe(false);
    }),
  );
});

test('a token holds for its own key, time and resource only: any other character in it breaks the signature', () => {
  const text = sasToken({ resource: 'localhost:8883/devices/Door-1', key: KEY, expiresAtMs: 2e12 });
  const good = parseSasToken(text);
  expect(good).toMatchObject({ resource: 'localhost:8883/devices/door-1', expiresAtMs: 2e12 });
  expect(good && isSignedWith(good, KEY)).toBe(true);
  const start = 'SharedAccessSignature sr='.length;
  fc.assert(
    fc.property(
      fc.integer({ min: start, max: text.length - 1 }),
      fc.string({ minLength: 1, maxLength: 1 }),
      (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        const token = parseSasToken(changed);
        // The same signature may be escaped in another way; the signed text may not.
        if (
          token === undefined ||
          (token.signedResource === good?.signedResource &&
            token.signature === good.signature &&
            token.signedExpiry === good.signedExpiry)
        )
          return;
        expect(isSignedWith(token, KEY)).toBe(false);
      },
    ),
  );
});

test('a token covers its resource and what lies under it, by whole segments', () => {
  const names = new Set(['localhost']);
  const covers = (resource: string, ...path: string[]) => {
    const token = parseSasToken(sasToken({ resource, key: KEY }));
    return token !== undefined && coversPath(token, names, path);
  };
  expect(covers('localhost', 'devices', 'door-1')).toBe(true);
  expect(covers('localhost/devices', 'devices', 'door-1')).toBe(true);
  expect(covers('localhost/devices/door-1', 'devices', 'door-1')).toBe(true);
  expect(covers('localhost/devices/door', 'devices', 'door-1')).toBe(false);
  expect(covers('localhost/devices/door-1', 'devices')).toBe(false);
  expect(covers('localhost.example', 'devices', 'door-1')).toBe(false);
});

test('the property bag reader takes any text without throwing, and gives back what an SDK wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      parsePropertyBag(text);
    }),
  );
  const name = fc.string({ minLength: 1 }).filter((text) => !text.startsWith('$.'));
  fc.assert(
    fc.property(fc.dictionary(name, fc.string()), fc.string(), fc.boolean(), (own, messageId, escapes) => {
      const pairs = Object.entries(own).map(
        ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
      );
      const id = `${escapes ? '%24.mid' : '$.mid'}=${encodeURIComponent(messageId)}`;
      const bag = parsePropertyBag([id, ...pairs].join('&'));
      expect(Object.entries(bag?.own ?? {}).toSorted()).toEqual(Object.entries(own).toSorted());
      expect(bag?.system).toEqual({ 'message-id': messageId });
    }),
  );
});
