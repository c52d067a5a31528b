import { generate, type IConnectPacket } from 'mqtt-packet';
import type { Logger } from 'pino';
import { admitConnect, type ConnectAdmitted, type ConnectRefused, WILL_REFUSED } from './admit-connect.ts';
import type { Rate } from './allowance.ts';
import type { CommitQueue, Sender } from './commit-queue.ts';
import type { ConnectedDevices, LiveConnection } from './connected-devices.ts';
import type { DeviceStream } from './device-stream.ts';
import { DeviceTopics, retained } from './device-topics.ts';
import type { HubAccess } from './hub-access.ts';
import { type LastWill, lastWillOf, leaveWill } from './last-will.ts';
import { PACKET_TYPES, PINGRESP, parseControlPacket, parsePublish, pubacks } from './mqtt-packets.ts';
import { PacketReader } from './packet-reader.ts';
import { ReadingHolds } from './reading-holds.ts';
import { SilenceWatch } from './silence-watch.ts';
import { type StampEvent, stampsOf } from './stamp-event.ts';
import { subscriptionAnswer } from './subscription-answer.ts';

/** IoT Hub's limit of a message: body and properties. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Packets of one connection, or messages by HTTPS. A whole S1 unit of IoT Hub has 12 a second; here only what no shop ever sends is slowed down. */
export const PUBLISH_RATE: Rate = { perSecond: 2_000, burst: 20_000 };
const MAX_CONNECT_BYTES = 8 * 1024;
const CONNECT_WITHIN_MS = 10_000;
/** MQTT-3.1.2-24. */
const KEEP_ALIVE_GRACE = 1.5;
/** IoT Hub's longest keep-alive; also for a device that asks for none. */
const MAX_KEEP_ALIVE_MS = 1_767_000;
/** A device that sends and never reads its answers. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** Time for a device to read the last words and close; a hard close could take them back. */
const LINGER_MS = 1_000;

export type SessionServices = {
  readonly access: HubAccess;
  readonly connected: ConnectedDevices;
  readonly queue: CommitQueue;
  readonly stamp: StampEvent;
  readonly publishRate: Rate;
  /** From the first byte to the end of CONNECT. */
  readonly connectWithinMs?: number | undefined;
  readonly log: Logger;
};

/** What is known after CONNECT. */
type Admitted = {
  readonly deviceId: string;
  readonly topics: DeviceTopics;
};

/** One MQTT 3.1.1 connection of a device, from its first packet to its end. */
export class MqttSession implements Sender, LiveConnection {
  expiresAtMs = Number.POSITIVE_INFINITY;
  signedWith = '';
  lastActivityAtMs: number | undefined;
  readonly #stream: DeviceStream;
  readonly #services: SessionServices;
  readonly #reader: PacketReader;
  readonly #holds: ReadingHolds;
  readonly #onAdmitted: () => void;
  /** Until CONNECT for CONNECT, then for whatever the device says. */
  readonly #silence = new SilenceWatch((why) => this.cut(why));
  #admitted: Admitted | undefined;
  #will: LastWill | undefined;
  #state: 'open' | 'finishing' | 'closed' = 'open';
  #committedIds: number[] = [];
  #uncommitted = 0;
  #packetsInChunk = 0;
  #pingsInChunk = 0;

  constructor(stream: DeviceStream, services: SessionServices, onAdmitted: () => void) {
    this.#stream = stream;
    this.#services = services;
    this.#onAdmitted = onAdmitted;
    this.#reader = new PacketReader(MAX_CONNECT_BYTES, (header, bytes, start, end) =>
      this.#onPacket(header, bytes, start, end),
    );
    this.#holds = new ReadingHolds(
      { pause: () => stream.pause(), resume: () => this.#hearAgain() },
      services.publishRate,
    );
    this.#silence.limit(services.connectWithinMs ?? CONNECT_WITHIN_MS, 'no CONNECT in time');
    stream.listen({
      onData: (chunk) => this.#onData(chunk),
      onFault: (why) => this.finish(why),
      onClose: () => this.cut('closed by the device'),
    });
  }

  get deviceId(): string | undefined {
    return this.#admitted?.deviceId;
  }

  acknowledge(packetId: number): void {
    this.#uncommitted -= 1;
    if (packetId !== 0) this.#committedIds.push(packetId);
  }

  flush(): void {
    if (this.#state === 'closed') return;
    if (this.#committedIds.length > 0) {
      this.#say(pubacks(this.#committedIds));
      this.#committedIds = [];
    }
    if (this.#state === 'finishing' && this.#uncommitted === 0) this.#end();
  }

  abandon(): void {
    this.cut('its events could not be committed in time');
  }

  resume(): void {
    this.#holds.releaseForQueue();
  }

  /** Reads no more, acknowledges what was sent before, then closes. */
  finish(why: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'finishing';
    this.#logEnd(why);
    if (this.#uncommitted === 0) this.#end();
  }

  /** Closes at once, without acknowledgements. */
  cut(why: string): void {
    if (this.#state === 'closed') return;
    // One that was finishing has said why.
    if (this.#state === 'open') this.#logEnd(why);
    this.#state = 'closed';
    this.#silence.stop();
    this.#holds.stop();
    if (this.#will !== undefined) leaveWill(this.#will, this.#services);
    if (this.deviceId !== undefined) this.#services.connected.remove(this.deviceId, this);
    this.#stream.destroy();
  }

  revoke(why: string): void {
    this.#will = undefined;
    this.cut(why);
  }

  #end(): void {
    this.#stream.end();
    this.#silence.limit(LINGER_MS, 'the device does not close');
  }

  #logEnd(why: string): void {
    this.#services.log.info({ deviceId: this.deviceId, why }, 'device connection ends');
  }

  #say(bytes: Buffer): void {
    this.#stream.write(bytes);
    if (this.#stream.unreadBytes > MAX_UNREAD_BYTES) this.cut('answers are not read');
  }

  #hearAgain(): void {
    this.#silence.heard(performance.now());
    this.#stream.resume();
  }

  #onData(chunk: Buffer): void {
    if (this.#state !== 'open') return;
    const broken = this.#read(chunk);
    if (broken !== undefined) this.finish(broken);
    if (this.#state === 'open' && this.#admitted !== undefined) this.#afterChunk();
  }

  /** On a full disk no event can be given its number: then the device keeps what it has. */
  #read(chunk: Buffer): string | undefined {
    try {
      return this.#reader.read(chunk);
    } catch (err) {
      this.#services.log.error({ err, deviceId: this.deviceId }, 'an event cannot be taken');
      return 'the hub cannot take events';
    }
  }

  #afterChunk(): void {
    // One write for all of them: a flood of pings costs its sender more than the hub.
    if (this.#pingsInChunk > 0) this.#say(Buffer.alloc(this.#pingsInChunk * PINGRESP.length, PINGRESP));
    this.#pingsInChunk = 0;
    const nowMs = performance.now();
    this.#silence.heard(nowMs);
    this.#holds.spend(this.#packetsInChunk, nowMs);
    this.#packetsInChunk = 0;
    const { queue } = this.#services;
    if (!queue.isFull || this.#uncommitted === 0) return;
    this.#holds.holdForQueue();
    queue.onceThereIsRoom(this);
  }

  /** True while the connection goes on. */
  #onPacket(header: number, bytes: Buffer, start: number, end: number): boolean {
    const admitted = this.#admitted;
    this.#packetsInChunk += 1;
    const fault =
      admitted === undefined
        ? this.#onFirst(header, bytes.subarray(start, end))
        : header >> 4 === PACKET_TYPES.publish
          ? this.#onPublish(admitted, header, bytes, start, end)
          : this.#onControl(admitted, header, bytes.subarray(start, end));
    if (fault !== undefined) this.finish(fault);
    return this.#state === 'open';
  }

  /** MQTT-3.1.0-1: CONNECT comes first. Each of these gives the reason to end the connection, if there is one. */
  #onFirst(header: number, body: Buffer): string | undefined {
    const packet = header >> 4 === PACKET_TYPES.connect ? parseControlPacket(header, body) : undefined;
    if (packet?.cmd !== 'connect') return 'malformed CONNECT';
    const answer = admitConnect(packet, this.#services.access);
    if (!answer.ok) return this.#refuse(packet, answer);
    const stamps = stampsOf(answer.device, answer.modelId);
    const topics = new DeviceTopics(answer.device.deviceId, stamps);
    const will = lastWillOf(packet.will, topics);
    if (will === 'bad-will') return this.#refuse(packet, WILL_REFUSED);
    this.#will = will === 'none' ? undefined : will;
    this.#open(packet, answer, topics);
    return undefined;
  }

  #refuse({ clientId }: IConnectPacket, { returnCode, why }: ConnectRefused): string {
    this.#say(generate({ cmd: 'connack', returnCode, sessionPresent: false }));
    return `refused: ${why} (${clientId.slice(0, 128)})`;
  }

  #open({ keepalive = 0 }: IConnectPacket, admitted: ConnectAdmitted, topics: DeviceTopics): void {
    const { connected, log } = this.#services;
    const { deviceId } = admitted.device;
    this.#admitted = { deviceId, topics };
    this.expiresAtMs = admitted.expiresAtMs;
    this.signedWith = admitted.signedWith;
    // The largest message, and a topic name beside its properties.
    this.#reader.maxBytes = MAX_MESSAGE_BYTES + MAX_CONNECT_BYTES;
    const keepAliveMs = keepalive * 1_000 * KEEP_ALIVE_GRACE || MAX_KEEP_ALIVE_MS;
    this.#silence.keepAlive(Math.min(keepAliveMs, MAX_KEEP_ALIVE_MS), () => this.#holds.isHeld);
    // No session is kept here, whatever `clean` says: there is nothing to send to a device later.
    this.#say(generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
    log.info({ deviceId }, 'device connected');
    this.#onAdmitted();
    connected.add(deviceId, this);
  }

  #onControl({ topics }: Admitted, header: number, body: Buffer): string | undefined {
    switch (header >> 4) {
      case PACKET_TYPES.pingreq:
        this.#pingsInChunk += 1;
        return undefined;
      case PACKET_TYPES.disconnect:
        // MQTT-3.14.4-3
        this.#will = undefined;
        return 'the device disconnects';
      case PACKET_TYPES.subscribe:
      case PACKET_TYPES.unsubscribe:
        return this.#onSubscription(topics, header, body);
      default:
        return `packet type ${header >> 4} is not expected here`;
    }
  }

  #onPublish(
    { topics }: Admitted,
    header: number,
    bytes: Buffer,
    start: number,
    end: number,
  ): string | undefined {
    const packet = parsePublish(header, bytes, start, end);
    if (packet === undefined) return 'malformed PUBLISH';
    const { qos, topicStart, topicEnd } = packet;
    if (qos > 1) return 'QoS 2 is not supported';
    if (end - start > MAX_MESSAGE_BYTES) return 'message too large';
    const bag = topics.bagAt(bytes, topicStart, topicEnd);
    if (typeof bag === 'string') {
      const topic = bytes.toString('utf8', topicStart, Math.min(topicEnd, topicStart + 128));
      return bag === 'foreign-topic' ? `may not publish to ${topic}` : bag;
    }
    const { queue, stamp } = this.#services;
    const event = stamp(packet.retain ? retained(bag) : bag, packet.payload);
    this.lastActivityAtMs = event.enqueuedAtMs;
    this.#uncommitted += 1;
    queue.add(event, this, packet.packetId);
    return undefined;
  }

  #onSubscription(topics: DeviceTopics, header: number, body: Buffer): string | undefined {
    const answer = subscriptionAnswer(topics, header, body);
    if ('fault' in answer) return answer.fault;
    this.#say(answer.bytes);
    return undefined;
  }
}
