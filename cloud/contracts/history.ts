import * as z from 'zod/mini';
import { idSchema } from './identifiers.ts';

/** People in one step of time. `count` is at its end, `peak` the most at the end of any minute in it; never below 0. */
export const historyStepSchema = z.object({
  /** Unix ms, and the same moment by the store's clock, `2026-10-25T02:00:00+01:00`. */
  startsAtMs: z.int(),
  startsAt: z.string(),
  in: z.int(),
  out: z.int(),
  /** Net of all corrections in it. */
  corrected: z.int(),
  count: z.int(),
  peak: z.int(),
});
export type HistoryStep = z.infer<typeof historyStepSchema>;

/** `GET /api/stores/{storeId}/history?from=&until=&step=minute|hour|day&zone=&door=&format=json|csv` */
export const historySchema = z.object({
  storeId: idSchema,
  step: z.enum(['minute', 'hour', 'day']),
  steps: z.array(historyStepSchema),
});
export type History = z.infer<typeof historySchema>;

export const doorDriftSchema = z.object({ doorId: idSchema, name: z.string(), in: z.int(), out: z.int() });

/** One night: what the doors of a store counted in and out, and what it says about them. */
export const driftReportSchema = z.object({
  day: z.iso.date(),
  in: z.int(),
  out: z.int(),
  /** What was left inside by the counters when the day ended; 0 for a perfect day. */
  left: z.int(),
  doors: z.array(doorDriftSchema),
  /** Plain words, the weightiest first; empty when all is well. */
  sentences: z.array(z.string()),
});
export type DriftReport = z.infer<typeof driftReportSchema>;

/** `GET /api/stores/{storeId}/drift?nights=`, the newest first. */
export const driftSchema = z.object({ nights: z.array(driftReportSchema) });
