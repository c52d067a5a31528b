import { generate, type Packet, parser } from 'mqtt-packet';

export const PACKET_TYPES = {
  connect: 1,
  publish: 3,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

export const PINGRESP = generate({ cmd: 'pingresp' });

const PUBACK_BYTES = 4;
const PUBACK_HEADER = 0x4002;
const ID_BYTES = 2;
const LENGTH_BYTES = 2;

export type PublishPacket = {
  /** Where its topic is, in the bytes it was read from. */
  readonly topicStart: number;
  readonly topicEnd: number;
  readonly qos: number;
  readonly retain: boolean;
  /** 0 for QoS 0, which has none. */
  readonly packetId: number;
  readonly payload: Buffer;
};

/** Reads PUBLISH (MQTT 3.1.1 section 3.3), by hand since nearly all packets are of this kind. Undefined if it is malformed. */
export function parsePublish(
  header: number,
  bytes: Buffer,
  start: number,
  end: number,
): PublishPacket | undefined {
  const qos = (header >> 1) & 3;
  const topicStart = start + LENGTH_BYTES;
  const topicEnd = topicStart > end ? Number.NaN : topicStart + bytes.readUInt16BE(start);
  const payloadStart = topicEnd + (qos > 0 ? ID_BYTES : 0);
  if (!(payloadStart <= end)) return undefined;
  const packetId = qos > 0 ? bytes.readUInt16BE(topicEnd) : 0;
  // MQTT-2.3.1-1: a packet id is never 0.
  if (qos > 0 && packetId === 0) return undefined;
  const payload = bytes.subarray(payloadStart, end);
  return { topicStart, topicEnd, qos, retain: (header & 1) === 1, packetId, payload };
}

/** Reads any other packet. Undefined if it is malformed. */
export function parseControlPacket(header: number, body: Buffer): Packet | undefined {
  let packet: Packet | undefined;
  const reader = parser();
  reader.on('packet', (read) => {
    packet = read;
  });
  // It tells of most faults by an event, of some by throwing.
  reader.on('error', () => {});
  try {
    reader.parse(Buffer.concat([Buffer.from([header]), lengthBytes(body.length), body]));
  } catch {
    return undefined;
  }
  return packet;
}

/** The PUBACKs of many packets in one buffer, in the order given. */
export function pubacks(packetIds: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(packetIds.length * PUBACK_BYTES);
  let at = 0;
  for (const packetId of packetIds) {
    bytes.writeUInt16BE(PUBACK_HEADER, at);
    bytes.writeUInt16BE(packetId, at + 2);
    at += PUBACK_BYTES;
  }
  return bytes;
}

function lengthBytes(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}
