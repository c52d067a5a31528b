import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { PacketReader } from '../../cloud/local/iot-hub/packet-reader.ts';
import { bodyWithin } from '../../cloud/local/request-body.ts';
import { NegotiatedIds } from '../../cloud/local/signalr/negotiated-ids.ts';
import { SIGNALR_LIMITS } from '../../cloud/local/signalr/signalr-limits.ts';

/** Each byte in a piece of memory of its own, as a network would bring it. */
const eachByteOf = (bytes: Buffer): readonly Buffer[] => Array.from(bytes, (byte) => Buffer.from([byte]));
const BODY = Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 251));

const bodyOf = (bytes: Buffer, maxBytes: number, headers = {}) => {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  // As bytes that were said so far are read at once, they must come one after the other.
  const pieces = eachByteOf(bytes).values();
  request._read = () => {
    const { value = null } = pieces.next();
    setImmediate(() => request.push(value));
  };
  return bodyWithin(request, maxBytes);
};

test('the body of a request that comes a byte at a time is whole, as long as those are few', async () => {
  expect(await bodyOf(BODY.subarray(0, 4_000), BODY.length)).toEqual(BODY.subarray(0, 4_000));
  expect(await bodyOf(Buffer.alloc(0), 10)).toEqual(Buffer.alloc(0));
  expect(await bodyOf(BODY, BODY.length)).toBeUndefined();
});

test('a body is refused once it is too long, or says that it will be', async () => {
  expect(await bodyOf(BODY.subarray(0, 11), 10)).toBeUndefined();
  expect(await bodyOf(Buffer.alloc(0), 10, { 'content-length': '11' })).toBeUndefined();
});

test('an MQTT packet that comes a byte at a time is whole, and so is the one after it', () => {
  const bodies: Buffer[] = [];
  const reader = new PacketReader(BODY.length, (_header, bytes, start, end) => {
    bodies.push(Buffer.from(bytes.subarray(start, end)));
    return true;
  });
  const packet = Buffer.concat([Buffer.from([0x30, 0x88, 0x27]), BODY]);
  for (const byte of eachByteOf(Buffer.concat([packet, packet]))) expect(reader.read(byte)).toBeUndefined();
  expect(bodies).toEqual([BODY, BODY]);
});

test('one user who negotiates again and again takes no place from another', () => {
  const limits = { ...SIGNALR_LIMITS, negotiatedOfUser: 3 };
  const ids = new NegotiatedIds(limits);
  const [evil, good] = [
    { hub: 'signs', userId: 'evil' },
    { hub: 'signs', userId: 'good' },
  ];
  const kept = ids.give(good, 1).connectionToken;
  const given = Array.from({ length: 10 }, () => ids.give(evil, 1).connectionToken);
  expect(ids.unused).toBe(4);
  expect(ids.stateOf(kept, good)).toEqual({ kind: 'unused' });
  expect(given.map((token) => ids.stateOf(token, evil).kind)).toEqual([
    ...Array(7).fill('unknown'),
    ...Array(3).fill('unused'),
  ]);
  // What was used makes room.
  expect(ids.use(given[9] ?? '')).toBeDefined();
  ids.give(evil, 1);
  expect(ids.stateOf(given[7] ?? '', evil)).toEqual({ kind: 'unused' });
});
