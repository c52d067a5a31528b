import type { ServerResponse } from 'node:http';
import type { Outgoing } from '../outgoing.ts';
import type { Transport, TransportListener } from './transport.ts';

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-store',
  // Or a proxy may keep events until it has enough of them.
  'content-encoding': 'identity',
  'x-accel-buffering': 'no',
};

/** Server-Sent Events (TransportProtocols.md): one answer without end; the client speaks by POST. */
export class EventStreamTransport implements Transport {
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  #listener: TransportListener | undefined;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#headers = headers;
  }

  get needsPings(): boolean {
    return true;
  }

  get isAwaited(): boolean {
    return false;
  }

  get waitingBytes(): number {
    return this.#response.writableLength;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
    this.#response.once('close', () => this.#isOver());
    this.#response.writeHead(200, { ...HEADERS, ...this.#headers });
    this.#response.flushHeaders();
  }

  send(outgoing: Outgoing): void {
    if (!this.#response.destroyed && !this.#response.writableEnded) this.#response.write(outgoing.event);
  }

  get answersProbe(): boolean {
    return false;
  }

  probe(): void {}

  dropWaiting(): boolean {
    return false;
  }

  end(): void {
    this.#response.end();
  }

  cut(): void {
    this.#response.destroy();
    // One whose turn on its socket has not come hears of no closing.
    this.#isOver();
  }

  beat(): void {}

  #isOver(): void {
    const listener = this.#listener;
    this.#listener = undefined;
    // To close its stream is how a client leaves; one that is lost looks the same.
    listener?.ending(undefined);
    listener?.gone();
  }
}
