import * as z from 'zod/mini';
import { countSchema } from './identifiers.ts';

/** People who passed since the last message. The simplest thing a counter can say. */
const incrementSchema = z.object({
  kind: z._default(z.literal('increment'), 'increment'),
  in: z._default(countSchema, 0),
  out: z._default(countSchema, 0),
});

/** Totals since the counter started. Lost messages cost nothing; a new `boot` says that they start at 0 again. */
const cumulativeSchema = z.object({ kind: z.literal('cumulative'), in: countSchema, out: countSchema });

const keySchema = z.object({
  boot: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  sequence: z.optional(countSchema),
  at: z.optional(z.iso.datetime({ offset: true })),
});

/**
 * One reading in Vitrine's own JSON, for anyone who builds a sensor.
 * `boot` and `sequence` together make a reading count exactly once, however often it is sent.
 * `at` is when it was true, ISO 8601 with an offset; without it the hub's time of arrival counts.
 */
export const readingPayloadSchema = z.union([
  z.extend(incrementSchema, keySchema.shape),
  z.extend(cumulativeSchema, keySchema.shape),
]);
export type ReadingPayload = z.infer<typeof readingPayloadSchema>;

export const MAX_READINGS_PER_MESSAGE = 500;

/** A decoded reading, whoever made the sensor. Times are Unix milliseconds. */
export type Reading = {
  readonly kind: 'increment' | 'cumulative';
  readonly sensorId: string;
  /** Unique for one reading of one sensor; seen twice, it counts once. */
  readonly key: string;
  /** Which run of the sensor's counters this is; only cumulative totals of the same boot may be compared. */
  readonly boot: string;
  /** Order within a boot; null where the sensor gives none. */
  readonly sequence: number | null;
  /** When it was true. */
  readonly atMs: number;
  readonly in: number;
  readonly out: number;
};
