import { type HistoryStep, historySchema } from '../../../../cloud/contracts/history.ts';
import { API_PATHS } from '../../../../cloud/contracts/http.ts';
import { ask } from '../../api/ask.ts';
import { WEEK_DAYS, WEEKS_DAYS } from './past-pictures.ts';
import type { Span } from './picture.ts';

const DAY_MS = 24 * 3_600_000;
/** A day more than the longest picture, for the same weekday eight weeks ago. */
const READ_DAYS = WEEKS_DAYS + 1;

/** By the hour: one reading is enough for all pictures. */
export const readHours = async (storeId: string, nowMs: number): Promise<readonly HistoryStep[]> =>
  (await ask(historySchema, historyPath(storeId, nowMs, READ_DAYS, 'hour'))).steps;

const CSV = {
  today: { days: 1, step: 'minute' },
  week: { days: WEEK_DAYS, step: 'hour' },
  weeks: { days: WEEKS_DAYS, step: 'day' },
} as const;

/** Where the same numbers are to be had as a table for other programs. */
export function csvPath(storeId: string, span: Span, nowMs: number): string {
  const { days, step } = CSV[span];
  return `${historyPath(storeId, nowMs, days, step)}&format=csv`;
}

function historyPath(storeId: string, nowMs: number, days: number, step: 'minute' | 'hour' | 'day'): string {
  // To the minute, so that the address of a link does not change with each look.
  const from = new Date(Math.floor(nowMs / 60_000) * 60_000 - days * DAY_MS).toISOString();
  return `${API_PATHS.history(storeId)}?${new URLSearchParams({ from, step })}`;
}
