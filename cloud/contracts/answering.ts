import * as z from 'zod/mini';

/** What came of an answer that somebody gave at the sign. `why`: in the cloud's words, for the log. */
export const answerOutcomeSchema = z.discriminatedUnion('kind', [
  /** The next snapshot says who answers. */
  z.object({ kind: z.literal('answered') }),
  z.object({ kind: z.literal('refused'), why: z.string() }),
  z.object({ kind: z.literal('unreachable') }),
]);
export type AnswerOutcome = z.infer<typeof answerOutcomeSchema>;
