import * as z from 'zod/mini';

/** Nobody passes a sensor more often than this between two of its messages; far more would spoil the sums of its store. */
export const MAX_PEOPLE_BETWEEN_MESSAGES = 100_000;

const peopleSchema = z
  .int('expected a whole number')
  .check(z.nonnegative('expected 0 or more'), z.lte(1_000_000_000, 'expected at most 1,000,000,000'));
const sequenceSchema = z.int('expected a whole number').check(z.nonnegative('expected 0 or more'));
const bootSchema = z
  .string('expected text')
  .check(z.regex(/^[!-~]{1,64}$/, 'expected 1 to 64 visible ASCII characters'));

/**
 * One reading in Vitrine's own JSON, for anyone who builds a sensor. A field that is not listed here is refused: a
 * misspelt one must not read as "nobody".
 *
 * `increment` (the default): people who passed since the last message, at most 100,000; `in` and `out` are 0 where left out.
 * `cumulative`: totals since the counter started, both given. Lost messages cost nothing; a new `boot` says that they
 * start at 0 again. Totals that leap by more than 100,000 are where counting starts anew.
 * `boot` and `sequence` together make a reading count exactly once, however often it is sent.
 * `at` is when it was true, ISO 8601 with an offset; without it the hub's time of arrival counts.
 */
export const readingPayloadSchema = z
  .strictObject(
    {
      kind: z._default(z.enum(['increment', 'cumulative'], 'expected increment or cumulative'), 'increment'),
      in: z.optional(peopleSchema),
      out: z.optional(peopleSchema),
      boot: z.optional(bootSchema),
      sequence: z.optional(sequenceSchema),
      at: z.optional(
        z.iso.datetime({ offset: true, error: 'expected ISO 8601 with an offset, 2026-11-21T10:00:00Z' }),
      ),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `unknown field ${issue.keys?.join(', ')}; expected kind, in, out, boot, sequence, at`
          : 'expected an object',
    },
  )
  .check(
    z.refine(
      (reading) => reading.kind === 'increment' || (reading.in !== undefined && reading.out !== undefined),
      'cumulative: expected both in and out',
    ),
    z.refine(
      (reading) =>
        reading.kind === 'cumulative' ||
        Math.max(reading.in ?? 0, reading.out ?? 0) <= MAX_PEOPLE_BETWEEN_MESSAGES,
      'increment: expected in and out of at most 100,000',
    ),
    z.refine(
      (reading) => reading.sequence === undefined || reading.boot !== undefined,
      'sequence: expected boot beside it, or the numbers of a restarted sensor would be taken for repetitions',
    ),
    z.refine(
      (reading) => reading.kind === 'increment' || reading.sequence !== undefined,
      'cumulative: expected boot and sequence, or a total sent twice would be taken for a restart',
    ),
  );
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
