import * as z from 'zod/mini';
import { brandSchema } from './brand.ts';
import { countSchema, idSchema } from './identifiers.ts';
import { shownMessageSchema } from './message.ts';

export const boardSchema = z.enum(['manager', 'door', 'wall']);
export type Board = z.infer<typeof boardSchema>;

const languageSchema = z
  .string()
  .check(z.regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'expected a language such as en or es'));

const timeOfDaySchema = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as 07:30'));

/** When there is a picture at all, by the store's clock: outside of it the glass is black. */
const displaySchema = z.union([
  z.literal('always'),
  /** From a while before the store opens until a while after it closes. */
  z.literal('opening-hours'),
  z.strictObject({ on: timeOfDaySchema, off: timeOfDaySchema }),
]);
export type DisplaySchedule = z.infer<typeof displaySchema>;

const wordsSchema = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(40)));

const wordsShape = {
  open: wordsSchema,
  nearly: wordsSchema,
  full: wordsSchema,
  unknown: wordsSchema,
  closed: wordsSchema,
};

const settingsShape = {
  board: z._default(boardSchema, 'manager'),
  language: z.optional(languageSchema),
  /** Under the first one on boards for customers. */
  secondLanguage: z.optional(languageSchema),
  theme: z.optional(z.enum(['dark', 'light'])),
  /** Colours instead of the theme's, on boards that are calm. */
  brand: z.optional(brandSchema),
  /** Metres from which the figure is read. */
  farMetres: z.optional(z.number().check(z.gte(1), z.lte(40))),
  /** Diagonal of the panel, in inches. */
  panelInches: z.optional(z.number().check(z.gte(7), z.lte(120))),
  /** How far the picture is turned clockwise, for a panel that hangs upright or upside down. */
  turnedDegrees: z.optional(z.literal([0, 90, 180, 270])),
  display: z.optional(displaySchema),
  /** Words for customers instead of ours, in the sign's first language. */
  words: z.optional(z.strictObject(wordsShape)),
  /** True: that it is dark alarms nobody. */
  muted: z.optional(z.boolean()),
  /**
   * How who stands before a board for managers answers an alert: `phone` by a code that leads to the console, `here` also by
   * a key or a touch, whoever it is. Left out: `phone`.
   */
  answering: z.optional(z.enum(['phone', 'here', 'off'])),
};

/** What an operator chooses for one sign; left out: as the device was started. */
export const signSettingsSchema = z.strictObject(settingsShape);
export type SignSettings = z.infer<typeof signSettingsSchema>;

const known = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.catch(schema, undefined as z.output<Schema>);

/** The same as a device hears it: what a newer cloud says and this program does not know counts as left out. */
const heardSettingsSchema = z.object({
  board: z.catch(settingsShape.board, 'manager'),
  language: known(settingsShape.language),
  secondLanguage: known(settingsShape.secondLanguage),
  theme: known(settingsShape.theme),
  brand: known(settingsShape.brand),
  farMetres: known(settingsShape.farMetres),
  panelInches: known(settingsShape.panelInches),
  turnedDegrees: known(settingsShape.turnedDegrees),
  display: known(settingsShape.display),
  words: known(
    z.optional(
      z.object({
        open: known(wordsShape.open),
        nearly: known(wordsShape.nearly),
        full: known(wordsShape.full),
        unknown: known(wordsShape.unknown),
        closed: known(wordsShape.closed),
      }),
    ),
  ),
  muted: known(settingsShape.muted),
  answering: known(settingsShape.answering),
});

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
  board: z.optional(boardSchema),
  /** True: the glass is black, as its schedule wants. */
  asleep: z.optional(z.boolean()),
  /** The alerts that stand on it, `{storeId} {alertKey}`: see `alertKeyOf`. */
  alerts: z.optional(z.array(z.string().check(z.maxLength(300))).check(z.maxLength(32))),
  /** The operator's messages that stand on it, by their ids. */
  messages: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(8))),
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
  /** Random, made when the program started: two that take turns are two devices with one key. */
  boot: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{8,40}$/))),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** The same of a message: that it came matters more than how a newer cloud wants it drawn. */
const heardMessageSchema = z.object({
  ...shownMessageSchema.shape,
  priority: z.catch(shownMessageSchema.shape.priority, 'warn'),
  audience: z.catch(shownMessageSchema.shape.audience, 'staff'),
});

/** Answer: what waits for the sign, and how it is set. */
export const heartbeatAnswerSchema = z.object({
  settings: z.nullable(heardSettingsSchema),
  name: z.string(),
  commandsWait: z.boolean(),
  /** What an operator says to it now, the worst first. Left out by clouds that are older. */
  messages: z.optional(z.array(heardMessageSchema)),
  /** Where a phone beside the sign finds the console; null: only on the cloud's own machine. */
  consoleUrl: z.optional(z.nullable(z.string())),
});
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;

/**
 * `identify`: its name, large, for 20 s. `reload`: the page and the connection anew. `restart`: the program anew.
 * `screenshot`: what its panel is sent now, see `screenshotPath`.
 */
export const commandKindSchema = z.enum(['identify', 'reload', 'restart', 'screenshot']);
export type CommandKind = z.infer<typeof commandKindSchema>;

/** `GET /api/signs/me/commands`: what the sign is to do, the oldest first. `kind` null: a newer cloud's, not known here. */
export const pulledCommandsSchema = z.object({
  commands: z.array(
    z.object({
      commandId: z.string(),
      kind: z.catch(z.nullable(commandKindSchema), null),
      expiresInMs: countSchema,
    }),
  ),
});
export type PulledCommands = z.infer<typeof pulledCommandsSchema>;

/** `POST /api/signs/me/answer`: somebody at the sign answers for an alert that stands on it, see `alertKeyOf`. */
export const answerAtSignSchema = z.strictObject({
  storeId: idSchema,
  alertKey: z.string().check(z.maxLength(300)),
});
export type AnswerAtSign = z.infer<typeof answerAtSignSchema>;

/** Answer: who answers now; whoever was first stays. */
export const answeredAtSignSchema = z.object({ storeId: z.string(), alertKey: z.string(), by: z.string() });

/** `POST /api/signs/me/receipts`. `received`: it will be tried; `done`: seen on the glass; `failed`: `why` says it. */
export const receiptSchema = z.strictObject({
  commandId: z.string().check(z.maxLength(64)),
  outcome: z.enum(['received', 'done', 'failed']),
  why: z._default(z.string().check(z.maxLength(300)), ''),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** `POST /api/signs/me/screenshot?commandId=`: the picture itself, before the receipt of its command. */
export const screenshotMediaTypeSchema = z.enum(['image/jpeg', 'image/png']);
export type ScreenshotMediaType = z.infer<typeof screenshotMediaTypeSchema>;
export const MAX_SCREENSHOT_BYTES = 1_000_000;
