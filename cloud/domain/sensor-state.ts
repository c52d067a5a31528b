/** What is remembered of one sensor between two readings. */
export type SensorState = {
  readonly sensorId: string;
  /** Boot, sequence and totals of the newest reading; null until there is one. */
  readonly boot: string | null;
  /** The boot before: what still comes of it is late. */
  readonly previousBoot: string | null;
  readonly sequence: number | null;
  readonly totalIn: number;
  readonly totalOut: number;
  /** The latest moment that its readings speak of, Unix ms; null until there is one. */
  readonly heardUntilMs: number | null;
};

export const unheardSensor = (sensorId: string): SensorState => ({
  sensorId,
  boot: null,
  previousBoot: null,
  sequence: null,
  totalIn: 0,
  totalOut: 0,
  heardUntilMs: null,
});
