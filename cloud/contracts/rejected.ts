import * as z from 'zod/mini';

/** What the cloud could not count, kept whole. `GET /api/rejected` */
export const rejectedMessageSchema = z.object({
  sensorId: z.string(),
  /** A stable code, `not-json`. */
  reason: z.string(),
  /** What was wrong and what was expected. */
  detail: z.string(),
  /** As text where it is UTF-8, else base64. */
  body: z.string(),
  encoding: z.enum(['utf-8', 'base64']),
  times: z.int(),
  firstSeenAtMs: z.int(),
  lastSeenAtMs: z.int(),
});
export type RejectedMessage = z.infer<typeof rejectedMessageSchema>;

/** `POST /api/rejected/replay`: counts again what was refused before the sensor had its door, or its adapter. */
export const replayRequestSchema = z.strictObject({
  sensorId: z.string().check(z.minLength(1), z.maxLength(128)),
});
export const replayedSchema = z.object({ replayed: z.int(), stillRejected: z.int() });
export type Replayed = z.infer<typeof replayedSchema>;
