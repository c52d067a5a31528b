import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate } from 'mqtt-packet';
import type { Credentials } from './ingest-load.ts';

const PUBACK = 0x40;
const PUBACK_BYTES = 4;
const CONNACK_BYTES = 4;
const MAX_PACKET_ID = 65_535;

export type Address = { readonly port: number; readonly caPem: string | null };

/** One device on a connection of its own, by hand: a whole MQTT client each would be what is measured. */
export class IngestConnection {
  sent = 0;
  acknowledged = 0;
  /** Told how many in a row were acknowledged. */
  onAcknowledged: (count: number) => void = () => undefined;
  readonly #socket: Socket;
  readonly #topic: string;
  readonly #failed: (error: Error) => void;
  #part: Buffer = Buffer.alloc(0);

  /** `failed` hears of whatever ends the connection but its own `close`. Rejects where the server refuses it. */
  static async open(
    { port, caPem }: Address,
    { id, userName, password }: Credentials,
    failed: (error: Error) => void,
  ): Promise<IngestConnection> {
    const host = '127.0.0.1';
    const socket = caPem === null ? connectTcp({ host, port }) : connectTls({ host, port, ca: caPem });
    socket.setNoDelay(true);
    await once(socket, caPem === null ? 'connect' : 'secureConnect');
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        keepalive: 0,
        clientId: id,
        username: userName,
        password: Buffer.from(password),
      }),
    );
    const [answer] = await once(socket, 'data');
    if (answer.length !== CONNACK_BYTES || answer[3] !== 0) throw new Error(`CONNECT of ${id} was refused`);
    return new IngestConnection(socket, `devices/${id}/messages/events/`, failed);
  }

  private constructor(socket: Socket, topic: string, failed: (error: Error) => void) {
    this.#socket = socket;
    this.#topic = topic;
    this.#failed = failed;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', failed);
    socket.on('close', () => failed(new Error(`the connection of ${topic} ended`)));
  }

  publish(bodies: readonly string[]): void {
    const packets = bodies.map((payload) => {
      this.sent += 1;
      const messageId = ((this.sent - 1) % MAX_PACKET_ID) + 1;
      return generate({
        cmd: 'publish',
        topic: this.#topic,
        payload,
        qos: 1,
        messageId,
        dup: false,
        retain: false,
      });
    });
    this.#socket.write(Buffer.concat(packets));
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  /** MQTT-4.6.0-2: in the order of what they acknowledge. */
  #onData(chunk: Buffer): void {
    const bytes = this.#part.length === 0 ? chunk : Buffer.concat([this.#part, chunk]);
    let at = 0;
    for (; at + PUBACK_BYTES <= bytes.length; at += PUBACK_BYTES) {
      const expected = (this.acknowledged % MAX_PACKET_ID) + 1;
      if (bytes[at] !== PUBACK || bytes.readUInt16BE(at + 2) !== expected) {
        this.#failed(new Error(`an acknowledgement to ${this.#topic} is out of order`));
        return;
      }
      this.acknowledged += 1;
    }
    this.#part = bytes.subarray(at);
    if (at > 0) this.onAcknowledged(at / PUBACK_BYTES);
  }
}
