/** What the embedded service takes and for how long it waits. Times are counted in whole beats, by none of the wall clock's jumps. */
export const SIGNALR_LIMITS = {
  /** Open connections and unused negotiated ids together; above it clients are told 503 and try again. */
  connections: 20_000,
  /** Open connections of one user of a hub: a newer one takes the place of the oldest, which may be one that is half open. */
  connectionsOfUser: 32,
  /** Of the connections and unused ids, those of nobody known: they share these, and leave the others to users. */
  anonymousConnections: 5_000,
  /** One message of a client, in however many pieces: it has a handshake and pings to say. */
  clientMessageBytes: 32 * 1024,
  /** Body of one call of the data plane. */
  requestBytes: 1024 * 1024,
  /** What may wait unsent for one connection, in its socket or between two polls, before it is ended. */
  backlogBytes: 1024 * 1024,
  /** Up to here, messages of one turn to the same audience travel in one frame. */
  mergedCharacters: 64 * 1024,
  beatMs: 1_000,
  /** A connection that was sent nothing for so long is pinged. */
  keepAliveMs: 15_000,
  /** A connection that said nothing for so long is dropped. */
  clientTimeoutMs: 30_000,
  handshakeMs: 15_000,
  /** A long poll with nothing to tell is answered empty after so long; clients give up at 100 s. */
  longestPollMs: 90_000,
  /** An id that was negotiated and not used is forgotten after so long. */
  negotiatedMs: 15_000,
  /** Such ids of one user of a hub; more, and the oldest is forgotten, so that nobody fills the service by asking alone. */
  negotiatedOfUser: 16,
  /** How long a client may take to answer a closing handshake or to poll for its last word, and the app to hear of the end. */
  closeWaitMs: 2_000,
  /** When the service stops, so many clients are asked to come back, then a pause, then the next: they will ask elsewhere at once. */
  drainedConnections: 500,
  drainPauseMs: 20,
} as const;

export type SignalRLimits = { readonly [name in keyof typeof SIGNALR_LIMITS]: number };

/** For counting down: the least whole number of beats in which `ms` is over. */
export const beatsIn = (ms: number, limits: SignalRLimits): number =>
  Math.max(1, Math.floor(ms / limits.beatMs));
