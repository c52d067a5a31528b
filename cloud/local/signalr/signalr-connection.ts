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
import { Outgoing } from './outgoing.ts';
import type { Client } from './service-tokens.ts';
import { beatsIn, type SignalRLimits } from './signalr-limits.ts';
import type { Transport, TransportListener } from './transports/transport.ts';

const NO_UPSTREAM = 'The service is serverless and has no upstream: clients cannot call it.';
/** Of the time in which a client may be silent: after this it is asked below its program whether anybody is there. */
const PROBED_AFTER_SHARE = 0.75;
const PING = new Outgoing(PING_RECORD);
const DONE = new Outgoing(HANDSHAKE_DONE);

export type ConnectionOwner = {
  /** The handshake is done. */
  opened(connection: SignalRConnection): void;
  /** Told once of each connection, also of one that never opened. `error` says what ended it badly. */
  ended(connection: SignalRConnection, wasOpen: boolean, error: string | undefined): void;
  /** Something threw that must not; the connection is on its way out. */
  failed(connection: SignalRConnection, cause: unknown): void;
};

export type ConnectionOptions = {
  readonly connectionId: string;
  /** What it was negotiated with; undefined if it came without. */
  readonly connectionToken: string | undefined;
  readonly client: Client;
  readonly query: Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly owner: ConnectionOwner;
  readonly limits: SignalRLimits;
};

/** One client's connection, from its handshake to its end, whatever carries it. There are thousands: it keeps little. */
export class SignalRConnection implements TransportListener {
  readonly connectionId: string;
  readonly connectionToken: string | undefined;
  readonly client: Client;
  /** What the client asked for when it connected, without its secrets. */
  readonly query: Readonly<Record<string, string>>;
  readonly transport: Transport;
  /** Kept by the hub. */
  readonly groups = new Set<string>();
  readonly #owner: ConnectionOwner;
  readonly #limits: SignalRLimits;
  #state: 'handshake' | 'open' | 'ending' = 'handshake';
  #wasOpen = false;
  #error: string | undefined;
  #beatsSinceSent = 0;
  #beatsSinceHeard = 0;

  constructor(options: ConnectionOptions) {
    this.connectionId = options.connectionId;
    this.connectionToken = options.connectionToken;
    this.client = options.client;
    this.query = options.query;
    this.transport = options.transport;
    this.#owner = options.owner;
    this.#limits = options.limits;
  }

  /** Sends to the client. A connection that does not keep up is ended: its client comes back by itself. */
  send(outgoing: Outgoing): void {
    if (this.#state !== 'open') return;
    try {
      if (this.transport.waitingBytes > this.#limits.backlogBytes) {
        this.#endBehind(`More than ${this.#limits.backlogBytes} bytes waited to be sent.`);
        return;
      }
      this.#beatsSinceSent = 0;
      this.transport.send(outgoing);
    } catch (cause) {
      this.failed(cause);
    }
  }

  /** Says why and ends. Without a handshake there is nobody to say it to. */
  end(reason: CloseReason): void {
    if (this.#state === 'ending') return;
    try {
      if (this.#state === 'open') this.transport.send(new Outgoing(closeRecord(reason)));
      this.#startEnding(reason.error);
    } catch (cause) {
      this.failed(cause);
    }
  }

  /** Ends at once, with nothing said. */
  cut(): void {
    this.ending(undefined);
    this.transport.cut();
  }

  /** One beat of the service's timer: pings, and ends what was silent for too long or has outlived its token. */
  beat(nowMs: number): void {
    try {
      this.#countBeat(nowMs);
    } catch (cause) {
      this.failed(cause);
    }
  }

  #countBeat(nowMs: number): void {
    this.#beatsSinceSent += 1;
    this.#beatsSinceHeard += 1;
    this.transport.beat();
    switch (this.#state) {
      case 'handshake':
        if (this.#isSilentFor(this.client.terms?.handshakeMs ?? this.#limits.handshakeMs)) {
          this.#refuseHandshake('Handshake was canceled.');
        }
        return;
      case 'open':
        this.#keepAlive(nowMs);
        return;
      case 'ending':
        if (this.#isSilentFor(this.#limits.closeWaitMs)) this.transport.cut();
        return;
      default:
        this.#state satisfies never;
    }
  }

  heard(text: string | undefined): void {
    if (this.#state === 'ending') return;
    this.#beatsSinceHeard = 0;
    const records = text === undefined ? undefined : recordsIn(text);
    try {
      if (records === undefined) this.#refuse('Message is incomplete or not text.');
      else for (const record of records) this.#obey(record);
    } catch (cause) {
      this.failed(cause);
    }
  }

  failed(cause: unknown): void {
    this.ending('The connection failed.');
    this.#owner.failed(this, cause);
    try {
      this.transport.cut();
    } catch {
      this.gone();
    }
  }

  ending(error: string | undefined): void {
    if (this.#state !== 'ending') this.#beatsSinceHeard = 0;
    this.#state = 'ending';
    this.#error ??= error;
  }

  gone(): void {
    if (this.#state !== 'ending') this.ending('The connection was lost.');
    this.#owner.ended(this, this.#wasOpen, this.#error);
  }

  #keepAlive(nowMs: number): void {
    if (this.transport.isAwaited) this.#beatsSinceHeard = 0;
    if (this.#beatsSinceHeard === beatsIn(this.#limits.clientTimeoutMs * PROBED_AFTER_SHARE, this.#limits))
      this.transport.probe();
    if (nowMs >= (this.client.terms?.closesAtMs ?? Number.POSITIVE_INFINITY)) {
      this.end({ error: 'The access token is over its time.', allowReconnect: true });
    } else if (this.#isSilentFor(this.#limits.clientTimeoutMs)) {
      const error = `Nothing was heard for ${this.#limits.clientTimeoutMs} ms.`;
      // For the app alone: the client that would read it does not.
      if (this.transport.answersProbe) this.#error = `${error} Its machine answers.`;
      this.end({ error, allowReconnect: true });
    } else if (
      this.transport.needsPings &&
      this.#beatsSinceSent >= beatsIn(this.#limits.keepAliveMs, this.#limits)
    ) {
      this.send(PING);
    }
  }

  #isSilentFor(ms: number): boolean {
    return this.#beatsSinceHeard > beatsIn(ms, this.#limits);
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
      this.send(new Outgoing(failedCompletion(message.invocationId, NO_UPSTREAM)));
    } else if (message.kind === 'close') {
      this.#startEnding(undefined);
    }
  }

  #open(): void {
    this.#state = 'open';
    this.send(DONE);
    if (!this.#isOpen) return;
    this.#wasOpen = true;
    this.#owner.opened(this);
  }

  get #isOpen(): boolean {
    return this.#state === 'open';
  }

  #refuse(error: string): void {
    if (this.#state === 'handshake') this.#refuseHandshake(error);
    else this.end({ error });
  }

  #refuseHandshake(error: string): void {
    this.transport.send(new Outgoing(handshakeRefused(error)));
    this.#startEnding(error);
  }

  #startEnding(error: string | undefined): void {
    this.ending(error);
    this.transport.end();
  }

  /** A backlog that is still ours makes room for a last word; where it lies in a socket there is none. */
  #endBehind(error: string): void {
    if (this.transport.dropWaiting()) {
      this.end({ error, allowReconnect: true });
    } else {
      this.ending(error);
      this.transport.cut();
    }
  }
}
