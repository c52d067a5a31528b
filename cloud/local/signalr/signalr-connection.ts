import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import {
  type ClientMessage,
  type CloseReason,
  closeRecord,
  failedCompletion,
  HANDSHAKE_DONE,
  handshakeIn,
  handshakeRefused,
  messageIn,
  PING_RECORD,
  recordsIn,
} from './hub-protocol.ts';
import type { Client } from './service-tokens.ts';
import { beatsIn, type SignalRLimits } from './signalr-limits.ts';
import { textFrame } from './text-frame.ts';

const NO_UPSTREAM = 'The service is serverless and has no upstream: clients cannot call it.';
const NORMAL_CLOSURE = 1000;
const LOST = 1006;
const PING_FRAME = textFrame(PING_RECORD);

export type ConnectionOwner = {
  /** The handshake is done. */
  opened(connection: SignalRConnection): void;
  /** Told once of each connection, also of one that never opened. `error` says what ended it badly. */
  ended(connection: SignalRConnection, wasOpen: boolean, error: string | undefined): void;
};

export type ConnectionOptions = {
  readonly connectionId: string;
  readonly client: Client;
  readonly query: Readonly<Record<string, string>>;
  readonly webSocket: WebSocket;
  /** The socket below `webSocket`: frames made once for many connections go straight to it. */
  readonly stream: Duplex;
  readonly owner: ConnectionOwner;
  readonly limits: SignalRLimits;
};

/** One client's WebSocket, from its handshake to its end. */
export class SignalRConnection {
  readonly connectionId: string;
  readonly client: Client;
  /** What the client asked for when it connected, without its secrets. */
  readonly query: Readonly<Record<string, string>>;
  /** Kept by the hub. */
  readonly groups = new Set<string>();
  readonly #webSocket: WebSocket;
  readonly #stream: Duplex;
  readonly #owner: ConnectionOwner;
  readonly #limits: SignalRLimits;
  #state: 'handshake' | 'open' | 'ending' = 'handshake';
  #wasOpen = false;
  #error: string | undefined;
  #beatsSinceSent = 0;
  #beatsSinceHeard = 0;

  constructor(options: ConnectionOptions) {
    this.connectionId = options.connectionId;
    this.client = options.client;
    this.query = options.query;
    this.#webSocket = options.webSocket;
    this.#stream = options.stream;
    this.#owner = options.owner;
    this.#limits = options.limits;
    this.#webSocket.on('message', (data, isBinary) => this.#heard(data, isBinary));
    this.#webSocket.on('error', (error) => {
      this.#error ??= error.message;
    });
    this.#webSocket.on('close', (code) => this.#closed(code));
  }

  /** Sends a whole frame made by `textFrame`. A connection that does not keep up is cut: its client comes back by itself. */
  send(frame: Buffer): void {
    if (this.#state !== 'open') return;
    if (this.#stream.writableLength > this.#limits.backlogBytes) {
      this.#cut(`More than ${this.#limits.backlogBytes} bytes waited to be sent.`);
      return;
    }
    this.#beatsSinceSent = 0;
    this.#write(frame);
  }

  /** Says why and ends. Without a handshake there is nobody to say it to. */
  end(reason: CloseReason): void {
    if (this.#state === 'ending') return;
    if (this.#state === 'open') this.#write(textFrame(closeRecord(reason)));
    this.#startEnding(reason.error);
  }

  /** Ends at once, with nothing said. */
  cut(): void {
    this.#cut(undefined);
  }

  /** One beat of the service's timer: pings, and ends what was silent for too long. */
  beat(): void {
    this.#beatsSinceSent += 1;
    this.#beatsSinceHeard += 1;
    switch (this.#state) {
      case 'handshake':
        if (this.#isSilentFor(this.#limits.handshakeMs)) this.#refuseHandshake('Handshake was canceled.');
        return;
      case 'open':
        if (this.#isSilentFor(this.#limits.clientTimeoutMs)) {
          this.end({
            error: `Nothing was heard for ${this.#limits.clientTimeoutMs} ms.`,
            allowReconnect: true,
          });
        } else if (this.#beatsSinceSent >= beatsIn(this.#limits.keepAliveMs, this.#limits)) {
          this.send(PING_FRAME);
        }
        return;
      case 'ending':
        if (this.#isSilentFor(this.#limits.closeWaitMs)) this.#webSocket.terminate();
        return;
      default:
        this.#state satisfies never;
    }
  }

  #isSilentFor(ms: number): boolean {
    return this.#beatsSinceHeard > beatsIn(ms, this.#limits);
  }

  #heard(data: RawData, isBinary: boolean): void {
    if (this.#state === 'ending') return;
    this.#beatsSinceHeard = 0;
    const records = isBinary ? undefined : recordsIn(data.toString());
    if (records === undefined) this.#refuse('Message is incomplete or not text.');
    else for (const record of records) this.#obey(record);
  }

  #obey(record: string): void {
    if (this.#state === 'handshake') {
      const handshake = handshakeIn(record);
      if (handshake.ok) this.#open();
      else this.#refuseHandshake(handshake.error);
    } else if (this.#state === 'open') {
      const message = messageIn(record);
      if (message === undefined) this.#refuse('Message is not of the JSON hub protocol.');
      else this.#answer(message);
    }
  }

  #answer(message: ClientMessage): void {
    // HubProtocol.md, "Overview": a call without an invocationId must not be answered.
    if (message.kind === 'call' && message.invocationId !== undefined) {
      this.send(textFrame(failedCompletion(message.invocationId, NO_UPSTREAM)));
    } else if (message.kind === 'close') {
      this.#startEnding(undefined);
    }
  }

  #open(): void {
    this.#state = 'open';
    this.#wasOpen = true;
    this.send(textFrame(HANDSHAKE_DONE));
    this.#owner.opened(this);
  }

  #refuse(error: string): void {
    if (this.#state === 'handshake') this.#refuseHandshake(error);
    else this.end({ error });
  }

  #refuseHandshake(error: string): void {
    this.#write(textFrame(handshakeRefused(error)));
    this.#startEnding(error);
  }

  #startEnding(error: string | undefined): void {
    this.#state = 'ending';
    this.#beatsSinceHeard = 0;
    this.#error ??= error;
    this.#webSocket.close(NORMAL_CLOSURE);
  }

  #cut(error: string | undefined): void {
    this.#state = 'ending';
    this.#error ??= error;
    this.#webSocket.terminate();
  }

  // Past `webSocket.send`, which would frame every message anew for each connection. The order holds: all our text
  // goes this way, and what `ws` writes itself (pong, close) it writes at once as long as there is no compression.
  #write(frame: Buffer): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#stream.write(frame);
  }

  #closed(code: number): void {
    if (this.#state !== 'ending' && code === LOST) this.#error ??= 'The connection was lost.';
    this.#state = 'ending';
    this.#owner.ended(this, this.#wasOpen, this.#error);
  }
}
