/** How long a sign waits for what, in milliseconds. */
export const TIMINGS = {
  /** One HTTP call to the cloud, answer included. */
  callTimeoutMs: 10_000,
  /** From the first byte to the push service until it speaks SignalR. */
  connectTimeoutMs: 15_000,
  /** The service pings every 15 s; without any word for this long the connection is dead. */
  serverTimeoutMs: 30_000,
  keepAliveMs: 15_000,
  /** The first attempt after a drop falls somewhere in here. A fleet of thousands on one cloud wants 5 s. */
  firstRetryWithinMs: 1_000,
  retryBaseMs: 1_000,
  retryCapMs: 15_000,
  /** However long a Retry-After asks for. */
  retryAfterAtMostMs: 120_000,
  /** A connection that lived this long was a good one: the next delay is the first again. */
  stableAfterMs: 60_000,
  pollMinMs: 60_000,
  pollMaxMs: 120_000,
  /** Between two pulls that pushes asked for, plus up to `pullJitterMs`, as all signs of a group hear the same push. */
  pullSpacingMs: 5_000,
  pullJitterMs: 1_000,
  /** Proofs of the stores come every 35 s or so; a connection without any push for this long is built anew. */
  silenceMs: 180_000,
  /** A sign that was taken out of service asks so seldom whether it is wanted again. */
  revokedRetryMs: 60_000,
  /** Between two reports on the glass, but for a tenth more or less. */
  heartbeatMs: 60_000,
  /** A report that failed comes again after this or half of it, then after twice that, up to a heartbeat. */
  reportRetryBaseMs: 2_000,
  /** From a change of what is painted to the report: of the place, of how fresh it is, of the count alone. */
  placeReportWithinMs: 250,
  freshnessReportWithinMs: 5_000,
  countReportWithinMs: 10_000,
  /** A sign that is nudged with others waits at random up to this for each of them, and up to that in all. */
  nudgedSignMs: 2,
  nudgedAtMostMs: 8_000,
  identifyMs: 20_000,
  /** What was asked of the glass is on it after this long, or it failed. */
  paintedWithinMs: 20_000,
} as const;

export type Timings = { readonly [name in keyof typeof TIMINGS]: number };
