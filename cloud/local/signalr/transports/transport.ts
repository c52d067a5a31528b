import type { Outgoing } from '../outgoing.ts';

/** The connection, as what carries it knows it. */
export type TransportListener = {
  /** What the client said; undefined if it was no text. */
  heard(text: string | undefined): void;
  /** The client is leaving, or what it sent was of no protocol; nothing can be said to it any more, and `gone` follows. */
  ending(error: string | undefined): void;
  /** Something threw that must not: whatever it was, it concerns this connection alone. */
  failed(cause: unknown): void;
  /** Told once, whoever ended it. */
  gone(): void;
};

/** What carries one connection's records to its client and back. */
export type Transport = {
  /** False where asking again and again is the client's sign of life, as in long polling. */
  readonly needsPings: boolean;
  /** Whether the client is waiting for an answer at this moment. */
  readonly isAwaited: boolean;
  /** What was sent and is still on this side. */
  readonly waitingBytes: number;
  /** From here on the listener is told. */
  start(listener: TransportListener): void;
  send(outgoing: Outgoing): void;
  /** Forgets what waits, so that a last word can still reach the client. False if it is out of our hands. */
  dropWaiting(): boolean;
  /** Nothing more will be sent: it is over once the client has what waits. */
  end(): void;
  /** Over at once. */
  cut(): void;
  /** Asks the machine at the other end, below the program there, for a sign of life. */
  probe(): void;
  /** Whether it gave one since the last probe. */
  readonly answersProbe: boolean;
  /** One beat of the service's timer. */
  beat(): void;
};
