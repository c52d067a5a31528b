import type { SensorPlace } from '../contracts/sensor.ts';

/** Where a line of a sensor counts now. */
export type PlacedSensor = SensorPlace & { readonly sensorId: string };

/** What is kept of a sensor because it could not be counted. */
export type KeptOfSensor = {
  readonly sensorId: string;
  /** Messages, MAX_KEPT_TOLD at most; one that was refused for two reasons is one. */
  readonly kept: number;
  /** What was wrong in the one that came last to the hub, and when that was last seen. */
  readonly detail: string;
  readonly lastSeenAtMs: number;
};

/** Sensors as people are shown them. */
export type SensorRecords = {
  /** All places that last, of these stores; null: of all. In order of sensor and line. */
  places(storeIds: readonly string[] | null): Promise<readonly PlacedSensor[]>;
  /** Of these sensors; null: of all. Those of which nothing is kept are left out. In order of id. */
  kept(sensorIds: readonly string[] | null): Promise<readonly KeptOfSensor[]>;
  /** Those of these sensors that have a key for plain HTTP. */
  withIngestKey(sensorIds: readonly string[]): Promise<readonly string[]>;
};
