import type { RawData, WebSocket } from 'ws';
import type { DeviceStream, StreamListener } from './device-stream.ts';

/** A client that pings and never reads the answers. */
const MAX_UNREAD_PONG_BYTES = 64 * 1024;

/** RFC 6455 section 7.4.1. */
const NORMAL_CLOSURE = 1000;

/** MQTT in the binary frames of a WebSocket (MQTT 3.1.1 section 6): where a frame ends means nothing. */
export class WebSocketStream implements DeviceStream {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get unreadBytes(): number {
    return this.#socket.bufferedAmount;
  }

  listen(listener: StreamListener): void {
    const socket = this.#socket;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      // MQTT-6.0.0-1
      if (isBinary && Buffer.isBuffer(data)) listener.onData(data);
      else listener.onFault('a WebSocket frame that is not binary');
    });
    socket.on('ping', (data: Buffer) => {
      if (socket.bufferedAmount > MAX_UNREAD_PONG_BYTES) socket.terminate();
      else socket.pong(data);
    });
    socket.on('error', (error) => listener.onFault(error.message));
    socket.on('close', () => listener.onClose());
  }

  write(bytes: Buffer): void {
    this.#socket.send(bytes);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    // A paused socket would never hear the other side close.
    this.#socket.resume();
    this.#socket.close(NORMAL_CLOSURE);
  }

  destroy(): void {
    this.#socket.terminate();
  }
}
