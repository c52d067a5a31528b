import * as z from 'zod/mini';
import { MAX_PEOPLE_BETWEEN_MESSAGES } from '../contracts/telemetry.ts';

/** What vendors' formats are made of. Fields that are not named in a schema are the vendor's business and let through. */

const wholeNumber = (atMost: number) =>
  z
    .int('expected a whole number')
    .check(
      z.nonnegative('expected 0 or more'),
      z.lte(atMost, `expected at most ${atMost.toLocaleString('en-US')}`),
    );

/** A total, or people in a zone. */
export const totalSchema = wholeNumber(1_000_000_000);
/** People who passed within an interval. */
export const passedSchema = wholeNumber(MAX_PEOPLE_BETWEEN_MESSAGES);

/** For vendors that write a number as text. */
export const totalTextSchema = z.pipe(
  z.string('expected digits as text').check(z.regex(/^\d{1,16}$/, 'expected digits as text')),
  z.pipe(
    z.transform((text: string) => Number(text)),
    totalSchema,
  ),
);

/** A device, a line, a scenario, as the vendor or the installer named it. No control characters: they are kept in no database as text. */
export const nameSchema = z
  .string('expected text')
  .check(
    z.maxLength(64, 'expected at most 64 characters'),
    z.regex(/^[^\p{Cc}\p{Cs}]+$/u, 'expected a name'),
  );
/** A name that may be left empty. */
export const nameOrEmptySchema = z
  .string('expected text')
  .check(
    z.maxLength(64, 'expected at most 64 characters'),
    z.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected a name'),
  );

/** A number that says which of several, never how many. */
export const ordinalSchema = z.int('expected a whole number').check(z.nonnegative('expected 0 or more'));

/** Unix ms. */
export const epochMsSchema = z
  .int('expected milliseconds since 1970')
  .check(z.nonnegative('expected 0 or more'), z.lte(8_640_000_000_000_000, 'expected a date'));

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const expectedIso = 'expected ISO 8601 with an offset, 2026-11-21T10:00:00Z';

/** ISO 8601 with an offset, to Unix ms. `-00:00` is among them, which some devices send. */
export const isoTimeSchema = z.pipe(
  z
    .string(expectedIso)
    .check(z.refine((text) => ISO_WITH_OFFSET.test(text) && !Number.isNaN(Date.parse(text)), expectedIso)),
  z.transform((text: string) => Date.parse(text)),
);

/** For vendors that leave the choice between the two to the installer. */
export const epochOrIsoSchema = z.union(
  [epochMsSchema, isoTimeSchema],
  'expected milliseconds since 1970, or ISO 8601 with an offset',
);

export const isRecord = (document: unknown): document is Record<string, unknown> =>
  typeof document === 'object' && document !== null && !Array.isArray(document);
