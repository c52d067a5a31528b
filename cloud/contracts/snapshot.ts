import * as z from 'zod/mini';
import { snapshotAlertSchema } from './alert.ts';
import { countSchema, idSchema } from './identifiers.ts';
import { openingSchema } from './opening-hours.ts';

export const occupancyStateSchema = z.enum(['open', 'nearly', 'full', 'over', 'unknown']);
export type OccupancyState = z.infer<typeof occupancyStateSchema>;

const peakSchema = z.object({ count: countSchema, atMs: z.int() });

/** Occupancy through the day: `counts[i]` is the count at the end of the step that starts at `startsAtMs + i * stepMs`. */
const curveSchema = z.object({ startsAtMs: z.int(), stepMs: z.int(), counts: z.array(countSchema) });

const todaySchema = z.object({
  /** The store's local day, `2026-11-21`. */
  day: z.iso.date(),
  in: countSchema,
  out: countSchema,
  peak: z.nullable(peakSchema),
  curve: z.nullable(curveSchema),
  /** The same hours of days like this one, as they usually are. Null, or left out: not enough of them, or no room for it. */
  usual: z.optional(z.nullable(curveSchema)),
});

/** A part of the store; `limits` where it has some of its own. */
const zoneStatusSchema = z.object({
  id: idSchema,
  name: z.string(),
  count: countSchema,
  limits: z.nullable(z.object({ soft: countSchema, hard: countSchema })),
});

/** How many of its doors and zones the count stands on: `partial` names a silent one among the doors. */
export const certaintySchema = z.enum(['whole', 'partial', 'none']);

const doorStatusSchema = z.object({ id: idSchema, name: z.string(), silent: z.boolean() });

/** What a sign shows of a store. Same epoch and revision, same bytes. */
export const snapshotContentSchema = z.object({
  /** When this database was born or restored, Unix ms: a larger epoch wins whatever the revision. */
  epoch: z.int(),
  revision: countSchema,
  store: z.object({ id: idSchema, name: z.string(), timeZone: z.string() }),
  /** People inside, staff left out. Never below 0; the raw sum may be. */
  count: countSchema,
  limits: z.object({ soft: countSchema, hard: countSchema }),
  /** Places left, counted from the high side of the margin. */
  mayEnter: countSchema,
  /** How many people the count may be off, as its owner says. */
  margin: countSchema,
  /** `unknown` when every door is silent. Whether the figure is still fresh is for the sign to say. */
  state: occupancyStateSchema,
  certainty: certaintySchema,
  /** Null, or left out by clouds that are older: its owner told no opening hours. */
  opening: z.optional(z.nullable(openingSchema)),
  today: todaySchema,
  doors: z.array(doorStatusSchema),
  /** Empty where the store is one zone. */
  zones: z.array(zoneStatusSchema),
  /** The worst ones, and how many more there are. */
  alerts: z.array(snapshotAlertSchema),
  moreAlerts: countSchema,
});
export type SnapshotContent = z.infer<typeof snapshotContentSchema>;

/** How true the content was when it was sent. Renewed without a new revision. */
export const proofSchema = z.object({
  /** The cloud's clock when this was made, Unix ms: only ever compared with another `sentAtMs`. */
  sentAtMs: z.int(),
  /** Age of the count when sent: how long ago the last of the doors that still speak was heard. Null: never heard. */
  ageMs: z.nullable(countSchema),
  /** How old the count may become and still be shown as live. */
  liveForMs: countSchema,
  /** Age of the last word of each door, in the order of `content.doors`. */
  doorAgesMs: z.array(z.nullable(countSchema)),
  /** People a minute who left of late; null, or left out: not known well enough to say how long others wait. */
  leavePerMinute: z.optional(z.nullable(z.number().check(z.nonnegative()))),
});
export type Proof = z.infer<typeof proofSchema>;

export const snapshotSchema = z.object({ content: snapshotContentSchema, proof: proofSchema });
export type Snapshot = z.infer<typeof snapshotSchema>;

/** A proof alone: renews the content of the same epoch and revision; a newer one says that a push was missed. */
export const proofMessageSchema = z.object({
  storeId: idSchema,
  epoch: z.int(),
  revision: countSchema,
  proof: proofSchema,
});
export type ProofMessage = z.infer<typeof proofMessageSchema>;

/** Billing unit of SignalR Service, and what a snapshot must stay under. */
export const MAX_SNAPSHOT_BYTES = 2_048;
