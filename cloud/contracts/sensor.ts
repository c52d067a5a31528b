import * as z from 'zod/mini';
import { countSchema, idSchema, sensorIdSchema } from './identifiers.ts';
import { sensorModelSchema } from './sensor-model.ts';

/** Where a sensor, or one line of it, counts. */
export const sensorPlaceSchema = z.object({
  storeId: idSchema,
  doorId: z.nullable(idSchema),
  zoneId: z.nullable(idSchema),
  /** Null: every line that has no place of its own. */
  line: z.nullable(z.string()),
  model: sensorModelSchema,
  flipped: z.boolean(),
});
export type SensorPlace = z.infer<typeof sensorPlaceSchema>;

/** As many messages as are counted for who looks at all sensors: what is kept can be millions. */
export const MAX_KEPT_TOLD = 1_000;

/** A sensor as people are shown it. Without a place, and heard: it knocks. */
export const listedSensorSchema = z.object({
  sensorId: sensorIdSchema,
  places: z.array(sensorPlaceSchema),
  /** Whether it may connect by MQTT, or push by HTTP with a key of its own. */
  hasConnectionString: z.boolean(),
  hasIngestKey: z.boolean(),
  heardAtMs: z.nullable(z.int()),
  /** How far its clock is off, ms; positive: ahead. */
  skewMs: z.int(),
  /** Messages of it that could not be counted and are kept: of MAX_KEPT_TOLD there may be more. */
  kept: countSchema,
  /** Why the newest of those was not counted; empty: none. */
  keptWhy: z.string(),
});
export type ListedSensor = z.infer<typeof listedSensorSchema>;

/** `GET /api/sensors` */
export const sensorsSchema = z.object({
  nowMs: z.int(),
  sensors: z.array(listedSensorSchema),
  /** The hub did not say whom it lets in: sensors without a place that were never heard are missing. */
  hubIsSilent: z.optional(z.boolean()),
});
export type Sensors = z.infer<typeof sensorsSchema>;

/** `POST /api/sensors`: lets a sensor in before it has a door. */
export const sensorRequestSchema = z.strictObject({ sensorId: sensorIdSchema });

/** Answers `POST /api/sensors` and `POST /api/sensors/{sensorId}/connection-string`; shown this once. */
export const sensorSecretSchema = z.object({ sensorId: sensorIdSchema, connectionString: z.string() });
export type SensorSecret = z.infer<typeof sensorSecretSchema>;

/** Answers `POST /api/sensors/{sensorId}/ingest-key`; shown this once. `path`: where the sensor pushes to. */
export const ingestKeyMadeSchema = z.object({ sensorId: sensorIdSchema, key: z.string(), path: z.string() });
export type IngestKeyMade = z.infer<typeof ingestKeyMadeSchema>;

/** `DELETE /api/rejected?sensorId=`: forgets what is kept of a sensor for good. */
export const rejectedDeletedSchema = z.object({ deleted: countSchema });
