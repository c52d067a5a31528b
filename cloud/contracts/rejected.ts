import * as z from 'zod/mini';

/** What the cloud could not count, kept whole. */
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

/** `GET /api/rejected`: the newest first. */
export const rejectedListSchema = z.object({ rejected: z.array(rejectedMessageSchema) });

/** A hub may let in sensors whose ids are none of ours; no id of any hub has blanks or signs that are not seen. */
export const REJECTED_SENSOR_ID = /^[!-~]{1,128}$/;

/** `POST /api/rejected/replay`: counts again what was refused before the sensor had its door, or its adapter. */
export const replayRequestSchema = z.strictObject({
  sensorId: z.string().check(z.regex(REJECTED_SENSOR_ID, 'expected the id of a sensor')),
});
export const replayedSchema = z.object({ replayed: z.int(), stillRejected: z.int() });
export type Replayed = z.infer<typeof replayedSchema>;
