import * as z from 'zod/mini';
import { idSchema } from './identifiers.ts';
import {
  MAX_MESSAGE_GROUPS,
  MAX_MESSAGE_LETTERS,
  messageAudienceSchema,
  messagePrioritySchema,
} from './message.ts';

/** As many UTF-16 units: a letter may be a dozen of them, as a family or a flag is, and must not be a thousand. */
export const MAX_MESSAGE_UNITS = 16 * MAX_MESSAGE_LETTERS;

/** As many as a person counts: 🏴󠁧󠁢󠁥󠁮󠁧󠁿 is one. Where the platform cannot tell letters apart, code points. */
export function lettersIn(text: string): number {
  if (!('Segmenter' in Intl)) return Array.from(text).length;
  return Array.from(new Intl.Segmenter('en').segment(text)).length;
}

const wordsSchema = z.string().check(
  z.trim(),
  z.maxLength(MAX_MESSAGE_UNITS, { abort: true }),
  z.refine(
    (words) => lettersIn(words) <= MAX_MESSAGE_LETTERS,
    `expected at most ${MAX_MESSAGE_LETTERS} letters`,
  ),
);

/** `POST /api/messages`: an operator's words to signs. */
export const messageRequestSchema = z.strictObject({
  text: wordsSchema.check(z.minLength(1, 'expected the words of the message')),
  /** The same in a second language; stands under the first. */
  secondText: z.optional(wordsSchema.check(z.minLength(1))),
  priority: z._default(messagePrioritySchema, 'note'),
  audience: z._default(messageAudienceSchema, 'staff'),
  /** The glass says that it is not meant in earnest. */
  drill: z._default(z.boolean(), false),
  /** Null: every sign that has a place. */
  storeGroupIds: z.nullable(z.array(idSchema).check(z.minLength(1), z.maxLength(MAX_MESSAGE_GROUPS))),
  forMinutes: z.int().check(z.gte(1), z.lte(10_080)),
  /** Who says it, by those who hold the owner's key alone: a person who signed in is named by their own name. */
  by: z.optional(z.string().check(z.minLength(1, 'expected who says it'), z.maxLength(40))),
});
export type MessageRequest = z.infer<typeof messageRequestSchema>;
