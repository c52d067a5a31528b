import * as z from 'zod/mini';
import { idSchema } from './identifiers.ts';

const MAX_PEOPLE = 1_000_000;
/** Who does it, by those who hold the owner's key alone: a person who signed in is named by their own name. */
const byNameSchema = z.optional(z.string().check(z.minLength(1, 'expected who does it'), z.maxLength(80)));
const whySchema = z.string().check(z.maxLength(300));
/** A minute, because the history is kept by the minute: what came before it is then told exactly from what came after. */
const minuteSchema = z.iso
  .datetime({ offset: true, error: 'expected ISO 8601 with an offset, 2026-11-21T10:00:00Z' })
  .check(z.regex(/:00(\.0+)?(Z|[+-]\d\d:\d\d)$/, 'expected a whole minute, 2026-11-21T10:00:00Z'));

/**
 * A person puts the count right: `POST /api/stores/{storeId}/corrections`. The readings stay as they are; this is added
 * beside them. `add`: so many more, or fewer. `set`: so many were inside at that moment; who passed after it is counted
 * on top. `reset`: set to what the store's daily reset says, else to 0.
 */
export const correctionRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add'),
    people: z.int().check(z.gte(-MAX_PEOPLE), z.lte(MAX_PEOPLE)),
    /** May be left out where the store has one zone. */
    zone: z.optional(idSchema),
    by: byNameSchema,
    why: z._default(whySchema, ''),
  }),
  z.strictObject({
    kind: z.literal('set'),
    people: z.int().check(z.nonnegative(), z.lte(MAX_PEOPLE)),
    zone: z.optional(idSchema),
    /** A whole minute of the last seven days; left out, it is now. */
    at: z.optional(minuteSchema),
    by: byNameSchema,
    why: z._default(whySchema, ''),
  }),
  z.strictObject({ kind: z.literal('reset'), by: byNameSchema, why: z._default(whySchema, '') }),
]);
export type CorrectionRequest = z.infer<typeof correctionRequestSchema>;

/** One correction of one zone, as it is on record. */
export const correctionRecordSchema = z.object({
  number: z.int(),
  storeId: idSchema,
  zoneId: idSchema,
  kind: z.enum(['add', 'set', 'reset']),
  /** What was asked for: people added, or people inside. */
  people: z.int(),
  /** The zone's count just before and just after, at that moment. */
  before: z.int(),
  after: z.int(),
  /** From when it counts, and when it was made; Unix ms. */
  atMs: z.int(),
  madeAtMs: z.int(),
  /** Who; null for the store's daily reset. */
  by: z.nullable(z.string()),
  why: z.string(),
});
export type CorrectionRecord = z.infer<typeof correctionRecordSchema>;

/** `GET /api/stores/{storeId}/corrections`, the newest first. */
export const correctionsSchema = z.object({ corrections: z.array(correctionRecordSchema) });
