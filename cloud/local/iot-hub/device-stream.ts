import type { Socket } from 'node:net';

export type StreamListener = {
  onData(chunk: Buffer): void;
  /** What came is no MQTT at all. */
  onFault(why: string): void;
  onClose(): void;
};

/** The bytes of one device, whatever carries them: a socket or a WebSocket. */
export type DeviceStream = {
  /** Written, and not yet taken by the network. */
  readonly unreadBytes: number;
  listen(listener: StreamListener): void;
  write(bytes: Buffer): void;
  pause(): void;
  resume(): void;
  /** Closes after what was written. */
  end(): void;
  destroy(): void;
};

/** MQTT straight over TLS, or any other socket. */
export class SocketStream implements DeviceStream {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
  }

  get unreadBytes(): number {
    return this.#socket.writableLength;
  }

  listen(listener: StreamListener): void {
    this.#socket.on('data', (chunk: Buffer) => listener.onData(chunk));
    this.#socket.on('close', () => listener.onClose());
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
