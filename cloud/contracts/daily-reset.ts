import * as z from 'zod/mini';
import { countSchema } from './identifiers.ts';

/**
 * Every day at `at`, by the store's own clock, the count is set to `to`: not only 0, as some places never close.
 * `to` goes to the first zone, every other zone to 0. A time that the clock leaps over is the next that exists; one
 * that it passes twice is the first.
 */
export const dailyResetSchema = z.strictObject({
  at: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as 05:00')),
  to: z._default(countSchema, 0),
});
export type DailyReset = z.infer<typeof dailyResetSchema>;
