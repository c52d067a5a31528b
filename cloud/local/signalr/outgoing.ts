import { textFrame } from './text-frame.ts';

/** Whole records of the JSON hub protocol on their way to any number of connections: each wire form is made once, when first asked for. */
export class Outgoing {
  readonly records: string;
  #webSocketFrame: Buffer | undefined;
  #event: Buffer | undefined;
  #body: Buffer | undefined;

  constructor(records: string) {
    this.records = records;
  }

  /** One text frame, ready for the socket below a WebSocket. */
  get webSocketFrame(): Buffer {
    this.#webSocketFrame ??= textFrame(this.records);
    return this.#webSocketFrame;
  }

  /** One event of a stream (TransportProtocols.md, "Server-Sent Events"). JSON has no raw line ends, so one line holds all. */
  get event(): Buffer {
    this.#event ??= Buffer.from(`data: ${this.records}\r\n\r\n`);
    return this.#event;
  }

  /** As the body of a poll's answer carries it. */
  get body(): Buffer {
    this.#body ??= Buffer.from(this.records);
    return this.#body;
  }
}
