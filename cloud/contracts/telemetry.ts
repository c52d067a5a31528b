import * as z from 'zod/mini';

/** No more people than this in one increment, whatever its sensor says: far more would spoil the sums of its store. */
export const MAX_PEOPLE_BETWEEN_MESSAGES = 100_000;
export const MAX_READINGS_PER_MESSAGE = 500;

const peopleSchema = z
  .int('expected a whole number')
  .check(z.nonnegative('expected 0 or more'), z.lte(1_000_000_000, 'expected at most 1,000,000,000'));
const sequenceSchema = z.int('expected a whole number').check(z.nonnegative('expected 0 or more'));
const bootSchema = z
  .string('expected text')
  .check(z.regex(/^[!-~]{1,64}$/, 'expected 1 to 64 visible ASCII characters'));
/** A line, a rule or a channel of a sensor, as the sensor names it. */
export const lineSchema = z
  .string('expected text')
  .check(z.minLength(1, 'expected a name'), z.maxLength(64, 'expected at most 64 characters'));
const wrapsAtSchema = z
  .int('expected a whole number')
  .check(z.gte(256, 'expected 256 or more'), z.lte(4_294_967_296, 'expected at most 4294967296'));

const FIELDS = 'kind, in, out, people, line, boot, sequence, wrapsAt, at';

/**
 * One reading in Vitrine's own JSON, for anyone who builds a sensor. A field that is not listed here is refused: a
 * misspelt one must not read as "nobody".
 *
 * `increment` (the default): people who passed since the last message, at most 100,000; `in` and `out` are 0 where left out.
 * `cumulative`: totals since the counter started, both given. Lost messages cost nothing; a new `boot` says that they
 * start at 0 again. A counter that starts over after 65,535 says so by `wrapsAt: 65536`.
 * `absolute`: `people` in the zone that the sensor overlooks; the newest by `at` counts.
 * `line` names a counter within a sensor that has several. `boot` and `sequence` together make a reading count exactly
 * once, however often it is sent. `at` is when it was true, ISO 8601 with an offset; without it the hub's time of
 * arrival counts.
 */
export const readingPayloadSchema = z
  .strictObject(
    {
      kind: z._default(
        z.enum(['increment', 'cumulative', 'absolute'], 'expected increment, cumulative or absolute'),
        'increment',
      ),
      in: z.optional(peopleSchema),
      out: z.optional(peopleSchema),
      people: z.optional(peopleSchema),
      line: z.optional(lineSchema),
      boot: z.optional(bootSchema),
      sequence: z.optional(sequenceSchema),
      wrapsAt: z.optional(wrapsAtSchema),
      at: z.optional(
        z.iso.datetime({ offset: true, error: 'expected ISO 8601 with an offset, 2026-11-21T10:00:00Z' }),
      ),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `unknown field ${issue.keys?.join(', ')}; expected ${FIELDS}`
          : 'expected an object',
    },
  )
  .check(
    z.refine(
      (reading) => reading.kind !== 'cumulative' || (reading.in !== undefined && reading.out !== undefined),
      'cumulative: expected both in and out',
    ),
    z.refine(
      (reading) => (reading.kind === 'absolute') === (reading.people !== undefined),
      'expected people with kind absolute, and with no other',
    ),
    z.refine(
      (reading) => reading.kind !== 'absolute' || (reading.in === undefined && reading.out === undefined),
      'absolute: expected people without in and out',
    ),
    z.refine(
      (reading) =>
        reading.kind !== 'increment' ||
        Math.max(reading.in ?? 0, reading.out ?? 0) <= MAX_PEOPLE_BETWEEN_MESSAGES,
      'increment: expected in and out of at most 100,000',
    ),
    z.refine(
      (reading) => reading.kind === 'cumulative' || reading.wrapsAt === undefined,
      'wrapsAt: expected with kind cumulative only',
    ),
    z.refine(
      (reading) => reading.sequence === undefined || reading.boot !== undefined,
      'sequence: expected boot beside it, or the numbers of a restarted sensor would be taken for repetitions',
    ),
    z.refine(
      (reading) => reading.kind !== 'cumulative' || reading.sequence !== undefined,
      'cumulative: expected boot and sequence, or a total sent twice would be taken for a restart',
    ),
  );
export type ReadingPayload = z.infer<typeof readingPayloadSchema>;

type ReadingCommon = {
  readonly sensorId: string;
  /** The counter within the sensor: a line, a rule, a channel. Empty where the sensor has but one. */
  readonly line: string;
  /** Unique for one reading of one sensor; seen twice, it counts once. */
  readonly key: string;
  /** Which run of the sensor's counters this is; only totals of the same boot may be compared. Empty where it has no name. */
  readonly boot: string;
  /** Order within a boot; null where the sensor gives none: then the order of arrival counts. */
  readonly sequence: number | null;
  /** When it was true by the sensor's own clock, Unix ms; null where it did not say. Never yet compared with ours. */
  readonly deviceAtMs: number | null;
  /** When the hub had it, Unix ms. */
  readonly enqueuedAtMs: number;
};

/** People who passed since the last reading. */
export type IncrementReading = ReadingCommon & {
  readonly kind: 'increment';
  readonly in: number;
  readonly out: number;
};
/** Totals since the counter started. */
export type CumulativeReading = ReadingCommon & {
  readonly kind: 'cumulative';
  readonly in: number;
  readonly out: number;
  /** The counter starts over at 0 instead of reaching this; null where it is not known to. */
  readonly wrapsAt: number | null;
};
/** How many people are in the zone that the sensor overlooks. */
export type AbsoluteReading = ReadingCommon & { readonly kind: 'absolute'; readonly people: number };

/** A decoded reading, whoever made the sensor. */
export type Reading = IncrementReading | CumulativeReading | AbsoluteReading;
