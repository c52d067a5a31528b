import * as z from 'zod/mini';
import { idSchema, signIdSchema } from './identifiers.ts';
import { shownMessageSchema } from './message.ts';
import { signSettingsSchema } from './sign-report.ts';
import { snapshotContentSchema, snapshotSchema } from './snapshot.ts';

const linkSchema = z.enum(['up', 'down']);

/** A store as it was last known. `trueAtMs`: when, Unix ms by the clock of the device; null where no door was ever heard. */
export const rememberedStoreSchema = z.object({
  content: snapshotContentSchema,
  trueAtMs: z.nullable(z.int()),
});
export type RememberedStore = z.infer<typeof rememberedStoreSchema>;

/** What the glass shows until somebody typed it. `endsInMs`: true at the moment of the state, like its ages. */
export const pairingCodeShownSchema = z.object({
  code: z.string(),
  fingerprint: z.string(),
  consoleUrl: z.nullable(z.string()),
  endsInMs: z.int(),
});
export type PairingCodeShown = z.infer<typeof pairingCodeShownSchema>;

/** What people made of this sign; without a name until somebody gave it one. */
const describedSchema = z.object({
  name: z.string(),
  fingerprint: z.string(),
  settings: z.nullable(signSettingsSchema),
});
export type DescribedSign = z.infer<typeof describedSchema>;

/** Of a sign that the cloud knows. Left out by shells that are older. */
const signedIn = {
  sign: z.optional(z.nullable(describedSchema)),
  /** Somebody looks for this sign: it shows its name, large. */
  identify: z.optional(z.boolean()),
  /** What an operator says to this sign; what is left of their time is true at the moment of the state. */
  messages: z.optional(z.array(shownMessageSchema)),
  /** Where a phone finds the console; null: it cannot. */
  consoleUrl: z.optional(z.nullable(z.string())),
};

/**
 * What keeps a sign from its cloud, for words in the language of who stands before it. `clock`: the cloud's certificate
 * begins in a time that this device takes for the future.
 */
export const troubleSchema = z.enum([
  'not-secure',
  'no-key',
  'unreachable',
  'not-the-cloud',
  'other-version',
  'push-unreachable',
  'not-ready',
  'untrusted',
  'expired',
  'wrong-name',
  'clock',
  'refused',
]);
export type Trouble = z.infer<typeof troubleSchema>;

/** `text`: in plain words, for whoever looks after the installation. */
export type Problem = { readonly text: string; readonly trouble: Trouble };

/**
 * What a sign's feed tells whoever draws: the whole of it, each time something changes.
 * The ages inside the proofs are true at that moment; from then on the receiver counts by its own clock.
 */
export const feedStateSchema = z.discriminatedUnion('kind', [
  /** Not yet heard from the cloud. `problem` says why, in plain words, once it is known. */
  z.object({
    kind: z.literal('starting'),
    problem: z.nullable(z.string()),
    /** The kind of it, where there is one. */
    trouble: z.optional(troubleSchema),
    /** The cloud wants this sign no more: nothing that it once showed may be shown. */
    revoked: z.optional(z.boolean()),
  }),
  /** Not yet heard from the cloud since the device started, but before: never to be shown as live, however young it seems. */
  z.object({
    kind: z.literal('remembered'),
    storeGroupId: idSchema,
    stores: z.array(rememberedStoreSchema),
    sign: z.optional(z.nullable(describedSchema)),
    problem: z.nullable(z.string()),
    trouble: z.optional(troubleSchema),
  }),
  z.object({
    kind: z.literal('unassigned'),
    signId: signIdSchema,
    link: linkSchema,
    offer: z.optional(z.nullable(pairingCodeShownSchema)),
    ...signedIn,
  }),
  z.object({
    kind: z.literal('following'),
    storeGroupId: idSchema,
    /** In the cloud's order. Empty: a group without stores. */
    stores: z.array(snapshotSchema),
    link: linkSchema,
    ...signedIn,
  }),
]);
export type FeedState = z.infer<typeof feedStateSchema>;

/** What a sign keeps of its stores for its next start. */
export const keptSnapshotSchema = z.object({
  /** The cloud it came from: what another one said is worth nothing here. */
  cloud: z.string(),
  storeGroupId: idSchema,
  stores: z.array(rememberedStoreSchema),
  /** How it was set: a board for customers must not start as one for staff. Left out by older programs. */
  sign: z.optional(z.nullable(describedSchema)),
});
export type KeptSnapshot = z.infer<typeof keptSnapshotSchema>;
