import type { TLSSocket } from 'node:tls';
import { generate, type IConnectPacket, type ISubscribePacket, type IUnsubscribePacket } from 'mqtt-packet';
import type { Logger } from 'pino';
import { admitConnect } from './admit-connect.ts';
import type { CommitQueue, Sender } from './commit-queue.ts';
import type { ConnectedDevices } from './connected-devices.ts';
import { DeviceTopics } from './device-topics.ts';
import type { DeviceAccess, HubAccess } from './hub-access.ts';
import {
  PACKET_TYPES,
  PINGRESP,
  type PublishPacket,
  parseControlPacket,
  parsePublish,
  pubacks,
} from './mqtt-packets.ts';
import { PacketReader } from './packet-reader.ts';
import { type DeviceStamps, type StampEvent, stampsOf } from './stamp-event.ts';

/** IoT Hub's limit of a message: body and properties. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_CONNECT_BYTES = 8 * 1024;
const CONNECT_WITHIN_MS = 10_000;
/** MQTT-3.1.2-24. */
const KEEP_ALIVE_GRACE = 1.5;
/** IoT Hub's longest keep-alive; also for a device that asks for none. */
const MAX_KEEP_ALIVE_MS = 1_767_000;
/** A device that publishes and never reads its acknowledgements. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** Time for a device to read the last words and close; a hard close could take them back. */
const LINGER_MS = 1_000;

export type SessionServices = {
  readonly access: HubAccess;
  readonly connected: ConnectedDevices;
  readonly queue: CommitQueue;
  readonly stamp: StampEvent;
  readonly log: Logger;
};

/** What is known after CONNECT. */
type Admitted = {
  readonly deviceId: string;
  readonly stamps: DeviceStamps;
  readonly topics: DeviceTopics;
  readonly keepAliveMs: number;
};

/** One MQTT 3.1.1 connection of a device, from its first packet to its end. */
export class MqttSession implements Sender {
  /** Unix ms; the end of its token. */
  expiresAtMs = Number.POSITIVE_INFINITY;
  readonly #socket: TLSSocket;
  readonly #services: SessionServices;
  readonly #reader: PacketReader;
  readonly #connectDeadline: NodeJS.Timeout;
  #admitted: Admitted | undefined;
  #state: 'open' | 'finishing' | 'closed' = 'open';
  #committedIds: number[] = [];
  #uncommitted = 0;

  constructor(socket: TLSSocket, services: SessionServices) {
    this.#socket = socket;
    this.#services = services;
    this.#reader = new PacketReader(MAX_CONNECT_BYTES, (header, body) => this.#onPacket(header, body));
    this.#connectDeadline = setTimeout(() => this.cut('no CONNECT in time'), CONNECT_WITHIN_MS);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('timeout', () => this.cut('keep-alive'));
    socket.on('close', () => this.cut('closed by the device'));
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
      this.#socket.write(pubacks(this.#committedIds));
      this.#committedIds = [];
    }
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) this.cut('acknowledgements are not read');
    else if (this.#state === 'finishing' && this.#uncommitted === 0) this.#end();
  }

  abandon(): void {
    this.cut('its events could not be committed in time');
  }

  resume(): void {
    this.#socket.setTimeout(this.#admitted?.keepAliveMs ?? 0);
    this.#socket.resume();
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
    clearTimeout(this.#connectDeadline);
    if (this.deviceId !== undefined) this.#services.connected.remove(this.deviceId, this);
    this.#socket.destroy();
  }

  #end(): void {
    this.#socket.end();
    const linger = setTimeout(() => this.#socket.destroy(), LINGER_MS);
    this.#socket.once('close', () => clearTimeout(linger));
  }

  #logEnd(why: string): void {
    this.#services.log.info({ deviceId: this.deviceId, why }, 'device connection ends');
  }

  #onData(chunk: Buffer): void {
    if (this.#state !== 'open') return;
    const broken = this.#reader.read(chunk);
    if (broken !== undefined) this.finish(broken);
    const { queue } = this.#services;
    if (this.#state === 'open' && queue.isFull) {
      this.#socket.pause();
      // It cannot be heard meanwhile.
      this.#socket.setTimeout(0);
      queue.onceThereIsRoom(this);
    }
  }

  /** True while the connection goes on. */
  #onPacket(header: number, body: Buffer): boolean {
    const fault =
      this.#admitted === undefined ? this.#onFirst(header, body) : this.#onNext(this.#admitted, header, body);
    if (fault !== undefined) this.finish(fault);
    return this.#state === 'open';
  }

  /** MQTT-3.1.0-1: CONNECT comes first. Each of these gives the reason to end the connection, if there is one. */
  #onFirst(header: number, body: Buffer): string | undefined {
    const packet = header >> 4 === PACKET_TYPES.connect ? parseControlPacket(header, body) : undefined;
    if (packet?.cmd !== 'connect') return 'malformed CONNECT';
    const { access, connected } = this.#services;
    const answer = admitConnect(packet, access);
    if (!answer.ok) {
      this.#socket.write(generate({ cmd: 'connack', returnCode: answer.returnCode, sessionPresent: false }));
      return `refused: ${answer.why} (${packet.clientId.slice(0, 128)})`;
    }
    this.#open(packet, answer);
    connected.add(answer.device.deviceId, this);
    return undefined;
  }

  #open(packet: IConnectPacket, { device, expiresAtMs }: DeviceAccess): void {
    clearTimeout(this.#connectDeadline);
    const askedMs = (packet.keepalive ?? 0) * 1_000 * KEEP_ALIVE_GRACE;
    const keepAliveMs = askedMs === 0 ? MAX_KEEP_ALIVE_MS : Math.min(askedMs, MAX_KEEP_ALIVE_MS);
    const { deviceId } = device;
    this.#admitted = { deviceId, stamps: stampsOf(device), topics: new DeviceTopics(deviceId), keepAliveMs };
    this.expiresAtMs = expiresAtMs;
    // The largest message, and a topic name beside its properties.
    this.#reader.maxBytes = MAX_MESSAGE_BYTES + MAX_CONNECT_BYTES;
    this.#socket.setTimeout(keepAliveMs);
    // No session is kept here, whatever `clean` says: there is nothing to send to a device later.
    this.#socket.write(generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
    this.#services.log.info({ deviceId }, 'device connected');
  }

  #onNext(admitted: Admitted, header: number, body: Buffer): string | undefined {
    switch (header >> 4) {
      case PACKET_TYPES.publish: {
        const packet = parsePublish(header, body);
        return packet === undefined ? 'malformed PUBLISH' : this.#onPublish(admitted, packet, body.length);
      }
      case PACKET_TYPES.pingreq:
        this.#socket.write(PINGRESP);
        return undefined;
      case PACKET_TYPES.disconnect:
        return 'the device disconnects';
      case PACKET_TYPES.subscribe:
      case PACKET_TYPES.unsubscribe:
        return this.#onSubscription(admitted, header, body);
      default:
        return `packet type ${header >> 4} is not expected here`;
    }
  }

  #onPublish({ topics, stamps }: Admitted, packet: PublishPacket, bytes: number): string | undefined {
    if (packet.qos > 1) return 'QoS 2 is not supported';
    if (bytes > MAX_MESSAGE_BYTES) return 'message too large';
    const bag = topics.propertiesOf(packet.topic);
    if (bag === undefined) return `may not publish to ${packet.topic.slice(0, 128)}`;
    // IoT Hub keeps no message for later subscribers; it hands the flag on.
    const kept = packet.retain ? { ...bag, own: { ...bag.own, 'mqtt-retain': 'true' } } : bag;
    const { queue, stamp } = this.#services;
    this.#uncommitted += 1;
    queue.add(stamp(stamps, kept, packet.payload), this, packet.packetId);
    return undefined;
  }

  #onSubscription({ topics }: Admitted, header: number, body: Buffer): string | undefined {
    const packet = parseControlPacket(header, body);
    if (packet?.cmd === 'subscribe') return this.#onSubscribe(topics, packet);
    if (packet?.cmd === 'unsubscribe') return this.#onUnsubscribe(packet);
    return 'malformed subscription';
  }

  #onSubscribe(topics: DeviceTopics, { messageId = 0, subscriptions }: ISubscribePacket): string | undefined {
    if (messageId < 1 || subscriptions.length === 0) return 'malformed SUBSCRIBE';
    const granted = subscriptions.map(({ topic, qos }) => topics.grantedQos(topic, qos));
    this.#socket.write(generate({ cmd: 'suback', messageId, granted }));
    return undefined;
  }

  #onUnsubscribe({ messageId = 0, unsubscriptions }: IUnsubscribePacket): string | undefined {
    if (messageId < 1 || unsubscriptions.length === 0) return 'malformed UNSUBSCRIBE';
    this.#socket.write(generate({ cmd: 'unsuback', messageId, granted: [] }));
    return undefined;
  }
}
