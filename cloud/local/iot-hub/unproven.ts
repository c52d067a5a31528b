import type { Socket } from 'node:net';

/** Connections of which nobody knows yet whose they are, of one kind. Beyond a number the oldest gives way to the newest. */
export class Unproven {
  readonly #max: number;
  readonly #sockets = new Map<string, Socket>();

  constructor(max: number) {
    this.#max = max;
  }

  add(socket: Socket): void {
    if (this.#sockets.size >= this.#max) this.#dropOldest();
    const peer = peerOf(socket);
    this.#sockets.set(peer, socket);
    socket.on('close', () => {
      if (this.#sockets.get(peer) === socket) this.#sockets.delete(peer);
    });
  }

  #dropOldest(): void {
    const [oldest] = this.#sockets;
    if (oldest === undefined) return;
    this.#sockets.delete(oldest[0]);
    oldest[1].destroy();
  }

  /** By its address and port, which the TLS on top of a socket has too. */
  delete(peer: string): void {
    this.#sockets.delete(peer);
  }
}

export const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
