import * as z from 'zod/mini';
import { idSchema, signIdSchema } from './identifiers.ts';

/** Worst first within a severity. */
export const alertTypeSchema = z.enum([
  'over-capacity',
  'full',
  'sensor-silent',
  'sign-offline',
  'near-capacity',
  'implausible-rate',
  'sensor-clock',
  'rejected-rising',
  'door-imbalance',
]);
export type AlertType = z.infer<typeof alertTypeSchema>;

export const alertSeveritySchema = z.enum(['alarm', 'warn', 'note']);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

/** What a sign shows of an alert. `door` and `zone` name an entry of the snapshot's lists. */
export const snapshotAlertSchema = z.object({
  type: alertTypeSchema,
  severity: alertSeveritySchema,
  door: z.optional(idSchema),
  zone: z.optional(idSchema),
  /** False: over, but nobody has said so far that they saw it. */
  active: z.boolean(),
  sinceMs: z.int(),
  /** Who answered it; null while nobody has. */
  acknowledgedBy: z.nullable(z.string()),
});
export type SnapshotAlert = z.infer<typeof snapshotAlertSchema>;

type Shown = Pick<SnapshotAlert, 'type' | 'door' | 'zone' | 'sinceMs'>;

/** Names one raising of an alert, on the glass and in the list alike. */
export const alertKeyOf = ({ type, door, zone, sinceMs }: Shown): string =>
  `${type} ${door ?? zone ?? 'store'} ${sinceMs}`;

const AT = 'at ';
/** Who answers where nobody signed in: whoever stands before the sign of this name. */
export const byAtSign = (sign: string): string => AT + sign;
/** The name of that sign; null: a person did. */
export const signOfBy = (by: string): string | null => (by.startsWith(AT) ? by.slice(AT.length) : null);

/** `POST /api/stores/{storeId}/alerts/acknowledge` */
export const acknowledgeRequestSchema = z.strictObject({
  type: alertTypeSchema,
  /** As the alert is listed: `store`, or the id of a zone, a door or a sensor. */
  source: z.string().check(z.minLength(1), z.maxLength(128)),
  /** Who does it, by those who hold the owner's key alone: a person who signed in is named by their own name. */
  by: z.optional(z.string().check(z.minLength(1, 'expected who does it'), z.maxLength(40))),
});
export type AcknowledgeRequest = z.infer<typeof acknowledgeRequestSchema>;

/** `POST /api/stores/{storeId}/alerts/shelve`: it stays on record and asks nobody until then. */
export const shelveRequestSchema = z.strictObject({
  type: alertTypeSchema,
  source: z.string().check(z.minLength(1), z.maxLength(128)),
  /** 0: asks again at once. */
  forMinutes: z.int().check(z.gte(0), z.lte(10_080)),
  why: z._default(z.string().check(z.trim(), z.maxLength(200)), ''),
  by: z.optional(z.string().check(z.minLength(1, 'expected who does it'), z.maxLength(40))),
});
export type ShelveRequest = z.infer<typeof shelveRequestSchema>;

/** One thing that happened to an alert; together they are its record. */
export const alertEventSchema = z.object({
  type: alertTypeSchema,
  source: z.string(),
  event: z.enum(['raised', 'acknowledged', 'cleared', 're-raised', 'shelved', 'unshelved']),
  atMs: z.int(),
  by: z.nullable(z.string()),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;

/** What one sign made of an alert, or of a message. `paintedAtMs` null: it did not, `why` says it. */
export const alertPaintedSchema = z.object({
  signId: signIdSchema,
  name: z.string(),
  paintedAtMs: z.nullable(z.int()),
  why: z.string(),
});
export type AlertPainted = z.infer<typeof alertPaintedSchema>;

/** An alert of a store as it is listed. `clearing`: no longer true, but not for long enough. */
export const listedAlertSchema = z.object({
  type: alertTypeSchema,
  source: z.string(),
  severity: alertSeveritySchema,
  place: z.object({ door: z.optional(idSchema), zone: z.optional(idSchema) }),
  phase: z.enum(['active', 'clearing', 'cleared']),
  sinceMs: z.int(),
  acknowledged: z.nullable(z.object({ by: z.string(), atMs: z.int() })),
  shelved: z.optional(z.nullable(z.object({ by: z.string(), untilMs: z.int(), why: z.string() }))),
  /** Who painted it, and who should have and did not; only of alerts that are meant for the glass. */
  painted: z.optional(z.array(alertPaintedSchema)),
});
export type ListedAlert = z.infer<typeof listedAlertSchema>;

/** `GET /api/stores/{storeId}/alerts` */
export const listedAlertsSchema = z.object({
  alerts: z.array(listedAlertSchema),
  events: z.array(alertEventSchema),
});
