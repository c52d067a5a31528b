import * as z from 'zod/mini';
import { alertPaintedSchema } from './alert.ts';
import { countSchema, idSchema } from './identifiers.ts';

/** How much of the glass it takes: `note` a strip, `warn` the column of the alarm, `alarm` nearly all. The count stays in sight. */
export const messagePrioritySchema = z.enum(['note', 'warn', 'alarm']);
export type MessagePriority = z.infer<typeof messagePrioritySchema>;

/** `staff`: boards for managers and walls. `everyone`: boards for customers too. */
export const messageAudienceSchema = z.enum(['staff', 'everyone']);
export type MessageAudience = z.infer<typeof messageAudienceSchema>;

/** As many letters, see `lettersIn`, as can be read from afar on a glass that shows nothing else. */
export const MAX_MESSAGE_LETTERS = 160;
/** As many at once as a sign is told of, the worst first. */
export const MAX_MESSAGES_OF_SIGN = 4;
/** Who scopes a message to more groups means all of them. */
export const MAX_MESSAGE_GROUPS = 200;

/** A message as a sign is told of it. `endsInMs`: true at the moment of the answer, or of the feed's state. */
export const shownMessageSchema = z.object({
  messageId: z.string().check(z.maxLength(64)),
  text: z.string(),
  secondText: z.nullable(z.string()),
  priority: messagePrioritySchema,
  audience: messageAudienceSchema,
  drill: z.boolean(),
  endsInMs: z.int(),
});
export type ShownMessage = z.infer<typeof shownMessageSchema>;

/** A message as people are shown it. */
export const listedMessageSchema = z.object({
  messageId: z.string(),
  text: z.string(),
  secondText: z.nullable(z.string()),
  priority: messagePrioritySchema,
  audience: messageAudienceSchema,
  drill: z.boolean(),
  /** Those of its groups that the asking person sees; null: it is for every sign. */
  storeGroupIds: z.nullable(z.array(idSchema)),
  by: z.string(),
  sentAtMs: z.int(),
  endsAtMs: z.int(),
  /** Taken back before its time. */
  ended: z.nullable(z.object({ by: z.string(), atMs: z.int() })),
  /** Of the signs that the asking person sees: how many it is, or was, meant for, and how many said that they painted it. */
  meant: countSchema,
  painted: countSchema,
});
export type ListedMessage = z.infer<typeof listedMessageSchema>;

/** `GET /api/messages`: the newest first. */
export const listedMessagesSchema = z.object({ nowMs: z.int(), messages: z.array(listedMessageSchema) });
export type ListedMessages = z.infer<typeof listedMessagesSchema>;

/** `GET /api/messages/{messageId}`: with the signs that painted it, and those that did not and why. */
export const messageReceiptsSchema = z.object({
  nowMs: z.int(),
  message: listedMessageSchema,
  signs: z.array(alertPaintedSchema),
});
export type MessageReceipts = z.infer<typeof messageReceiptsSchema>;
