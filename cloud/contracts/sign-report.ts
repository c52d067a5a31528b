import * as z from 'zod/mini';
import { countSchema, idSchema } from './identifiers.ts';

export const boardSchema = z.enum(['manager', 'door', 'wall']);
export type Board = z.infer<typeof boardSchema>;

/** What an operator chooses for one sign; left out: as the device was started. */
export const signSettingsSchema = z.strictObject({
  board: z._default(boardSchema, 'manager'),
  language: z.optional(
    z.string().check(z.regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'expected a language such as en or es')),
  ),
  theme: z.optional(z.enum(['dark', 'light'])),
  /** Metres from which the figure is read. */
  farMetres: z.optional(z.number().check(z.gte(1), z.lte(40))),
});
export type SignSettings = z.infer<typeof signSettingsSchema>;

/** What a device says of itself. */
export const signAboutSchema = z.object({
  app: z.string().check(z.maxLength(40)),
  platform: z.string().check(z.maxLength(80)),
  screen: z.nullable(z.object({ widthPx: countSchema, heightPx: countSchema })),
});
export type SignAbout = z.infer<typeof signAboutSchema>;

/** What was on the glass when it was last painted. */
export const paintedSchema = z.object({
  kind: z.enum(['starting', 'remembered', 'unassigned', 'store']),
  storeGroupId: z.nullable(idSchema),
  /** The store that stands largest; null on a board without one. */
  storeId: z.nullable(idSchema),
  epoch: z.nullable(z.int()),
  revision: z.nullable(countSchema),
  freshness: z.nullable(z.enum(['live', 'ageing', 'stale', 'unknown'])),
  /** ms from that picture to this report, by the device's steady clock. */
  ageMs: countSchema,
  /** How much longer the picture may be shown as it is without any news; then the sign itself says that it does not know. */
  leaseMs: countSchema,
});
export type Painted = z.infer<typeof paintedSchema>;

/** A picture as the glass itself tells of it, right after it was painted. */
export const pictureSchema = z.strictObject({
  ...z.omit(paintedSchema, { ageMs: true }).shape,
  /** Whether the sign's name stood over it, large. */
  identify: z.boolean(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** `POST /api/signs/me/heartbeat`, with the sign's session; every 60 s and on each change of what it says. */
export const heartbeatSchema = z.object({
  about: signAboutSchema,
  /** Null: nothing was painted since the device started. */
  painted: z.nullable(paintedSchema),
  transport: z.enum(['web-sockets', 'none']),
  upForMs: countSchema,
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** Answer: what waits for the sign, and how it is set. */
export const heartbeatAnswerSchema = z.object({
  settings: z.nullable(signSettingsSchema),
  name: z.string(),
  commandsWait: z.boolean(),
});
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;

/** `identify`: its name, large, for 20 s. `reload`: the page and the connection anew. `restart`: the program anew. */
export const commandKindSchema = z.enum(['identify', 'reload', 'restart']);
export type CommandKind = z.infer<typeof commandKindSchema>;

/** `GET /api/signs/me/commands`: what the sign is to do, the oldest first. */
export const pulledCommandsSchema = z.object({
  commands: z.array(z.object({ commandId: z.string(), kind: commandKindSchema, expiresInMs: countSchema })),
});
export type PulledCommands = z.infer<typeof pulledCommandsSchema>;

/** `POST /api/signs/me/receipts`. `received`: it will be tried; `done`: seen on the glass; `failed`: `why` says it. */
export const receiptSchema = z.strictObject({
  commandId: z.string().check(z.maxLength(64)),
  outcome: z.enum(['received', 'done', 'failed']),
  why: z._default(z.string().check(z.maxLength(300)), ''),
});
export type Receipt = z.infer<typeof receiptSchema>;
