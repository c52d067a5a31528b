import { generate } from 'mqtt-packet';
import { describe, expect } from 'vitest';
import { DeviceTopics } from '../../cloud/local/iot-hub/device-topics.ts';
import { lastWillOf } from '../../cloud/local/iot-hub/last-will.ts';
import { parseControlPacket, parsePublish } from '../../cloud/local/iot-hub/mqtt-packets.ts';
import { type BrokenStream, PacketReader } from '../../cloud/local/iot-hub/packet-reader.ts';
import { MAX_PROPERTIES } from '../../cloud/local/iot-hub/property-bag.ts';
import { stampsOf } from '../../cloud/local/iot-hub/stamp-event.ts';
import { subscriptionAnswer } from '../../cloud/local/iot-hub/subscription-answer.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { DEVICE } from '../support/hostile-devices.ts';

const MAX_BYTES = 1_024;
/** What lies before and after a packet in the bytes that it was read with. */
const AROUND_BYTES = 3;
const LARGEST_PIECE_BYTES = 16;
const TOPIC = `devices/${DEVICE.deviceId}/messages/events/`;
const STAMPS = stampsOf(DEVICE, 'dtmi:example:sensor;1');

const publish = (topic: string, qos: 0 | 1 = 1) =>
  generate({ cmd: 'publish', topic, payload: '{"in":1}', qos, messageId: 7, dup: false, retain: false });
const PUBLISHES = [publish(TOPIC), publish(`${TOPIC}%24.mid=m-1&store=s%201`), publish(TOPIC, 0)];
const CONTROLS = [
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 60,
    clientId: DEVICE.deviceId,
    username: `localhost/${DEVICE.deviceId}/?api-version=2021-04-12`,
    password: Buffer.from('SharedAccessSignature sr=x&sig=y&se=1'),
    will: { topic: TOPIC, payload: Buffer.from('gone'), qos: 1, retain: true },
  }),
  generate({ cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: '$iothub/twin/res/#', qos: 1 }] }),
  generate({ cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['$iothub/twin/res/#'] }),
  generate({ cmd: 'pingreq' }),
  generate({ cmd: 'disconnect' }),
];
/** Without its length, which is of one byte or two. */
const headerAndBody = (packet: Buffer) => {
  const start = (packet[1] ?? 0) < 0x80 ? 2 : 3;
  return Buffer.concat([packet.subarray(0, 1), packet.subarray(start)]);
};

describe('what a device says over MQTT', () => {
  survivesGarbage(
    'its stream, in whatever pieces it comes',
    (bytes) => {
      const whole = readIn([bytes]);
      const inPieces = readIn(piecesOf(bytes));
      if (whole !== inPieces) expect(inPieces).toBe(whole);
    },
    [Buffer.concat([...PUBLISHES, ...CONTROLS]), ...PUBLISHES],
  );

  survivesGarbage(
    'a message',
    (bytes) => {
      const [start, end] = [AROUND_BYTES, AROUND_BYTES + bytes.length - 1];
      const around = Buffer.alloc(AROUND_BYTES, 0xff);
      const packet = parsePublish(
        bytes[0] ?? 0,
        Buffer.concat([around, bytes.subarray(1), around]),
        start,
        Math.max(start, end),
      );
      if (packet === undefined) return;
      const { topicStart, topicEnd, payload, qos, packetId } = packet;
      // Nothing of it is of the packets before or after.
      const isInside = start < topicStart && topicStart <= topicEnd && topicEnd + payload.length <= end;
      if (!isInside || qos > 0 !== packetId > 0) expect(packet).toBe('inside of its bytes');
    },
    PUBLISHES.map(headerAndBody),
  );

  survivesGarbage(
    'anything else',
    (bytes) => {
      const [header, body] = [bytes[0] ?? 0, bytes.subarray(1)];
      const topics = new DeviceTopics(DEVICE.deviceId, STAMPS);
      const packet = parseControlPacket(header, body);
      if (packet?.cmd === 'connect') lastWillOf(packet.will, topics);
      const answer = subscriptionAnswer(topics, header, body);
      if ('bytes' in answer && answer.bytes.length > MAX_BYTES) expect(answer).toBe('short');
    },
    CONTROLS.map(headerAndBody),
  );

  survivesGarbage(
    'its topics',
    (bytes) => {
      const topic = bytes.toString();
      const bag = new DeviceTopics(DEVICE.deviceId, STAMPS).bagOf(topic);
      if (bag === 'too-many-properties') return;
      // It speaks for itself alone, and what the hub says of it is what the hub says.
      const isOwn = topic === TOPIC.slice(0, -1) || topic.startsWith(TOPIC);
      if (typeof bag === 'string' ? isOwn : !isOwn) expect(topic).toBe('a topic of the device');
      if (typeof bag === 'string') return;
      for (const [name, stamp] of Object.entries(STAMPS)) {
        if (bag.system[name] !== stamp) expect(bag.system[name]).toBe(stamp);
      }
      if (Object.keys(bag.own).length > MAX_PROPERTIES) expect(bag).toBe('of not too many properties');
      if (Object.getPrototypeOf(bag.own) !== Object.prototype) expect(bag.own).toBe('a plain object');
    },
    [TOPIC, `${TOPIC}%24.mid=m-1&%24.ct=application%2Fjson&iothub-connection-device-id=other&a=%C3%A9`],
  );
});

/** All packets of a stream that comes in these pieces, and how it ended, in one text. */
function readIn(pieces: readonly Buffer[]): string {
  let packets = '';
  const reader = new PacketReader(MAX_BYTES, (header, bytes, start, end) => {
    packets += `${header} ${bytes.toString('latin1', start, end)}\n`;
    return true;
  });
  let broken: BrokenStream | undefined;
  for (const piece of pieces) broken ??= reader.read(piece);
  return packets + broken;
}

/** Cut where its own bytes say. */
function piecesOf(bytes: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + ((bytes[at] ?? 0) % LARGEST_PIECE_BYTES);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}
