import * as z from 'zod/mini';
import { idSchema, signIdSchema } from './identifiers.ts';
import { snapshotContentSchema, snapshotSchema } from './snapshot.ts';

const linkSchema = z.enum(['up', 'down']);

/** A store as it was last known. `trueAtMs`: when, Unix ms by the clock of the device; null where no door was ever heard. */
export const rememberedStoreSchema = z.object({
  content: snapshotContentSchema,
  trueAtMs: z.nullable(z.int()),
});
export type RememberedStore = z.infer<typeof rememberedStoreSchema>;

/**
 * What a sign's feed tells whoever draws: the whole of it, each time something changes.
 * The ages inside the proofs are true at that moment; from then on the receiver counts by its own clock.
 */
export const feedStateSchema = z.discriminatedUnion('kind', [
  /** Not yet heard from the cloud. `problem` says why, in plain words, once it is known. */
  z.object({ kind: z.literal('starting'), problem: z.nullable(z.string()) }),
  /** Not yet heard from the cloud since the device started, but before: never to be shown as live, however young it seems. */
  z.object({
    kind: z.literal('remembered'),
    storeGroupId: idSchema,
    stores: z.array(rememberedStoreSchema),
    problem: z.nullable(z.string()),
  }),
  z.object({ kind: z.literal('unassigned'), signId: signIdSchema, link: linkSchema }),
  z.object({
    kind: z.literal('following'),
    storeGroupId: idSchema,
    /** In the cloud's order. Empty: a group without stores. */
    stores: z.array(snapshotSchema),
    link: linkSchema,
  }),
]);
export type FeedState = z.infer<typeof feedStateSchema>;
