import * as z from 'zod/mini';
import { idSchema, signIdSchema } from './identifiers.ts';
import { commandKindSchema, heartbeatSchema, signSettingsSchema } from './sign-report.ts';

/**
 * `fresh`: online and showing what is true. `stale`: online, and what it shows is old. `still`: offline, but by its last
 * report still showing its figure. `dark`: nothing can be on the glass. `unknown`: it never said what it painted.
 */
export const signStateSchema = z.enum(['fresh', 'stale', 'still', 'dark', 'unknown']);
export type SignState = z.infer<typeof signStateSchema>;

/**
 * What makes a sign's state what it is. Of one that does not answer: `unplugged`, others of its store are heard;
 * `network`, none of them is any more; `silent`, there is nothing to compare with.
 */
export const signCauseSchema = z.enum([
  'none',
  'old-figure',
  'no-figure',
  'starting',
  'other-place',
  'no-place',
  'page-frozen',
  'program-ended',
  'unplugged',
  'network',
  'silent',
  'revoked',
]);
export type SignCause = z.infer<typeof signCauseSchema>;

/** A command and what became of it. */
export const commandStatusSchema = z.object({
  commandId: z.string(),
  kind: commandKindSchema,
  by: z.string(),
  askedAtMs: z.int(),
  expiresAtMs: z.int(),
  /** `waiting`: not yet pulled. `expired`: nobody pulled or answered it in time. */
  status: z.enum(['waiting', 'received', 'done', 'failed', 'expired']),
  statusAtMs: z.int(),
  why: z.string(),
});
export type CommandStatus = z.infer<typeof commandStatusSchema>;

/** One of several devices that share a key, as it was last heard. */
export const cloneSchema = z.object({
  boot: z.string(),
  address: z.nullable(z.string()),
  heardAtMs: z.int(),
});
export type Clone = z.infer<typeof cloneSchema>;

/** A sign as people are shown it. */
export const listedSignSchema = z.object({
  signId: signIdSchema,
  fingerprint: z.string(),
  name: z.string(),
  storeGroupId: z.nullable(idSchema),
  settings: signSettingsSchema,
  enrolledAtMs: z.int(),
  state: signStateSchema,
  stateSinceMs: z.int(),
  /** When the state changes by itself if nothing is heard; null: it does not. */
  stateUntilMs: z.nullable(z.int()),
  /** Why it is so, in a sentence or two. */
  why: z.string(),
  /** The same in a word. Left out by clouds that are older. */
  cause: z.optional(signCauseSchema),
  heardAtMs: z.nullable(z.int()),
  report: z.nullable(heartbeatSchema),
  /** Whether the glass said that it shows the group it is assigned to. */
  confirmed: z.boolean(),
  /** The ones that are under way and the newest, at most five, newest first. */
  commands: z.array(commandStatusSchema),
  revokedAtMs: z.nullable(z.int()),
  replacedBy: z.nullable(signIdSchema),
  /** Open connections at this moment: a hint. More than one for long: two devices with one key. */
  connections: z.int(),
  /** Other devices that report with the key of this one: a disk was copied. Empty: none is known. */
  clones: z.optional(z.array(cloneSchema)),
  /** When the newest screenshot of this place was taken; null: there is none. Left out: not for who asks, or not told. */
  screenshotAtMs: z.optional(z.nullable(z.int())),
});
export type ListedSign = z.infer<typeof listedSignSchema>;

/** `GET /api/fleet` and one of them, `GET /api/fleet/{signId}` */
export const fleetSchema = z.object({ nowMs: z.int(), signs: z.array(listedSignSchema) });
export type Fleet = z.infer<typeof fleetSchema>;

/** `PUT /api/fleet/{signId}`: name and settings. */
export const signDescriptionSchema = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1, 'expected a name'), z.maxLength(80)),
  settings: signSettingsSchema,
});
export type SignDescription = z.infer<typeof signDescriptionSchema>;

/** `POST /api/fleet/commands`: one command for many signs; each keeps its own receipt. Expires after `withinSeconds`. */
export const commandRequestSchema = z.strictObject({
  signIds: z.array(signIdSchema).check(z.minLength(1), z.maxLength(1_000)),
  kind: commandKindSchema,
  withinSeconds: z._default(z.int().check(z.gte(10), z.lte(86_400)), 900),
});
export type CommandRequest = z.infer<typeof commandRequestSchema>;

/** `POST /api/fleet/assign`: many signs to one group; null takes their place away. */
export const assignRequestSchema = z.strictObject({
  signIds: z.array(signIdSchema).check(z.minLength(1), z.maxLength(1_000)),
  storeGroupId: z.nullable(idSchema),
});
export type AssignRequest = z.infer<typeof assignRequestSchema>;

/** Of each sign what became of the wish; `refused` says why. */
export const bulkAnswerSchema = z.object({
  results: z.array(z.object({ signId: signIdSchema, refused: z.nullable(z.string()) })),
});
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;

/** Pushed to people who may see the sign: it changed. */
export const fleetMessageSchema = z.object({ nowMs: z.int(), sign: listedSignSchema });
export type FleetMessage = z.infer<typeof fleetMessageSchema>;
