/** What the embedded service takes and for how long it waits. Times are counted in whole beats, by none of the wall clock's jumps. */
export const SIGNALR_LIMITS = {
  /** Open connections and unused negotiated ids together; above it clients are told 503 and try again. */
  connections: 20_000,
  /** One WebSocket message of a client: it has a handshake and pings to say. */
  clientMessageBytes: 32 * 1024,
  /** Body of one call of the data plane. */
  requestBytes: 1024 * 1024,
  /** What may wait unsent for one connection before it is cut. */
  backlogBytes: 1024 * 1024,
  /** Up to here, messages of one turn to the same audience travel in one frame. */
  mergedCharacters: 64 * 1024,
  beatMs: 1_000,
  /** A connection that was sent nothing for so long is pinged. */
  keepAliveMs: 15_000,
  /** A connection that said nothing for so long is dropped. */
  clientTimeoutMs: 30_000,
  handshakeMs: 15_000,
  /** An id that was negotiated and not used is forgotten after so long. */
  negotiatedMs: 15_000,
  /** How long a client may take to answer a closing handshake, and the app to hear of the end. */
  closeWaitMs: 2_000,
} as const;

export type SignalRLimits = { readonly [name in keyof typeof SIGNALR_LIMITS]: number };

/** For counting down: the least whole number of beats in which `ms` is over. */
export const beatsIn = (ms: number, limits: SignalRLimits): number =>
  Math.max(1, Math.floor(ms / limits.beatMs));
