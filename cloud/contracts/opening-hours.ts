import * as z from 'zod/mini';

const clockTimeSchema = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time of day such as 09:30'));

/** One opening by the store's clock. What closes at or before it opens closes on the next day. */
const spanSchema = z.strictObject({ opens: clockTimeSchema, closes: clockTimeSchema });

/** In order of time; empty: closed all day. */
const dayHoursSchema = z._default(
  z.array(spanSchema).check(z.maxLength(4, 'expected at most 4 openings a day')),
  [],
);
export type DayHours = z.infer<typeof dayHoursSchema>;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a store is open. A date that is named has these hours instead of those of its weekday. */
export const openingHoursSchema = z.strictObject({
  week: z.strictObject({
    mon: dayHoursSchema,
    tue: dayHoursSchema,
    wed: dayHoursSchema,
    thu: dayHoursSchema,
    fri: dayHoursSchema,
    sat: dayHoursSchema,
    sun: dayHoursSchema,
  }),
  dates: z._default(
    z
      .array(
        z.strictObject({ date: z.iso.date('expected a date such as 2026-12-25'), hours: dayHoursSchema }),
      )
      .check(z.maxLength(100, 'expected at most 100 dates')),
    [],
  ),
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;

/** Whether a store is open, and when that changes, Unix ms; null: not within the next fortnight. */
export const openingSchema = z.object({ open: z.boolean(), changesAtMs: z.nullable(z.int()) });
export type Opening = z.infer<typeof openingSchema>;
