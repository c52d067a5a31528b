/** What is remembered of one counter of a sensor. */
export type CounterState = {
  readonly line: string;
  /** Boot, sequence and totals of the newest total; null until there is one. */
  readonly boot: string | null;
  /** The boot before: what still comes of it is late. */
  readonly previousBoot: string | null;
  readonly sequence: number | null;
  readonly totalIn: number;
  readonly totalOut: number;
  /** The newest absolute count. */
  readonly people: number;
  /** When the newest total or absolute count was true, Unix ms; null until there is one. */
  readonly atMs: number | null;
};

/** What is known of a sensor's clock. */
export type SensorClock = {
  /** How far it runs ahead (above 0) or behind (below 0), once that is sure; 0 where it is right, or not yet known. */
  readonly skewMs: number;
  /** The newest time that it told, by its own clock; null where it tells none. */
  readonly newestMs: number | null;
  /** While it lags and may be wrong or merely late: since when (ours, and by its own clock), and the least it lagged. */
  readonly lagging: {
    readonly sinceMs: number;
    readonly sinceDeviceMs: number;
    readonly leastMs: number;
  } | null;
};

/** What is remembered of one sensor between two readings. */
export type SensorState = {
  readonly sensorId: string;
  /** The latest moment that its readings speak of, Unix ms; null until there is one. */
  readonly heardUntilMs: number | null;
  readonly clock: SensorClock;
  readonly counters: readonly CounterState[];
  /** When it last said more than can be; null: never. */
  readonly implausibleAtMs: number | null;
  /** Messages of it that were refused since `sinceMs`, in a window of a quarter of an hour. */
  readonly rejected: { readonly sinceMs: number; readonly times: number } | null;
};

export const unheardSensor = (sensorId: string): SensorState => ({
  sensorId,
  heardUntilMs: null,
  clock: { skewMs: 0, newestMs: null, lagging: null },
  counters: [],
  implausibleAtMs: null,
  rejected: null,
});
