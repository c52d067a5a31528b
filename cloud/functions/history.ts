import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { History } from '../contracts/history.ts';
import { idSchema } from '../contracts/identifiers.ts';
import { stepStartMs } from '../domain/day.ts';
import { type HistoryScope, historySteps } from '../domain/history.ts';
import { MINUTE_MS } from '../domain/store-state.ts';
import type { Transaction } from '../store/port.ts';
import { csvOf } from './csv.ts';
import { answer, parsed, refusal } from './http-answers.ts';
import type { Services } from './services.ts';

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The longest time that one answer spans, by its steps. */
const LONGEST_MS = { minute: 2 * DAY_MS, hour: 62 * DAY_MS, day: 740 * DAY_MS };
const CSV_COLUMNS = ['startsAt', 'in', 'out', 'corrected', 'count', 'peak'] as const;

const instantSchema = z.iso
  .datetime({ offset: true, error: 'expected ISO 8601 with an offset, 2026-11-21T10:00:00Z' })
  .transform((text) => Math.floor(Date.parse(text) / MINUTE_MS) * MINUTE_MS);

export const historyQuerySchema = z
  .object({
    from: instantSchema,
    until: instantSchema.optional(),
    step: z.enum(['minute', 'hour', 'day'], 'expected minute, hour or day').default('hour'),
    zone: z.optional(idSchema),
    door: z.optional(idSchema),
    format: z.enum(['json', 'csv'], 'expected json or csv').default('json'),
  })
  .refine(({ zone, door }) => zone === undefined || door === undefined, {
    path: ['door'],
    error: 'expected a zone or a door, not both',
  });
type Query = z.infer<typeof historyQuerySchema>;

/** What went in and out, and how many were inside, by the minute, hour or day of the store's own clock. */
export const history =
  ({ store, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const query = parsed(Object.fromEntries(request.query), historyQuerySchema, 'query');
    if (!query.ok) return query.refusal;
    const nowMs = now();
    const endMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    const untilMs = Math.min(query.value.until ?? endMs, endMs);
    const { from, step } = query.value;
    if (untilMs - from > LONGEST_MS[step] || untilMs < from)
      return refusal(
        400,
        'bad-request',
        `from: expected at most ${LONGEST_MS[step] / DAY_MS} days before until, for steps of a ${step}`,
        'from',
      );
    const found = await store.look((tx) => stepsOf(tx, storeId.value, query.value, untilMs, endMs));
    if (found === undefined) return refusal(404, 'unknown-store', 'no such store, zone or door');
    return query.value.format === 'csv' ? csvAnswer(found) : answer(found);
  };

async function stepsOf(
  tx: Transaction,
  storeId: string,
  { from, step, zone, door }: Query,
  untilMs: number,
  endMs: number,
): Promise<History | undefined> {
  const [state] = await tx.counting.readStores([storeId]);
  if (state === undefined) return undefined;
  // Whole steps: the first is never a piece of an hour that would read as a quiet one.
  const fromMs = Math.floor(stepStartMs(step, state.timeZone, from) / MINUTE_MS) * MINUTE_MS;
  if (zone !== undefined && !state.zones.some(({ id }) => id === zone)) return undefined;
  const doorMinutes = await tx.history.doorMinutes(storeId, fromMs, endMs);
  if (door !== undefined && !isKnownDoor(door, state.doors, doorMinutes)) return undefined;
  const steps = historySteps({
    step,
    timeZone: state.timeZone,
    fromMs,
    untilMs,
    scope: scopeOf(zone, door),
    doors: state.doors,
    zones: state.zones,
    staff: state.limits.staff,
    doorMinutes,
    zoneMinutes: await tx.history.zoneMinutes(storeId, fromMs, endMs),
  });
  return { storeId, step, steps: [...steps] };
}

/** A door that is gone still has its history. */
const isKnownDoor = (
  doorId: string,
  doors: readonly { readonly id: string }[],
  minutes: readonly { readonly doorId: string }[],
): boolean => doors.some(({ id }) => id === doorId) || minutes.some((minute) => minute.doorId === doorId);

function scopeOf(zone: string | undefined, door: string | undefined): HistoryScope {
  if (zone !== undefined) return { kind: 'zone', zoneId: zone };
  return door === undefined ? { kind: 'store' } : { kind: 'door', doorId: door };
}

function csvAnswer({ storeId, step, steps }: History): HttpResponseInit {
  const rows = steps.map((one) => CSV_COLUMNS.map((column) => one[column]));
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${storeId}-by-${step}.csv"`,
    },
    body: csvOf(CSV_COLUMNS, rows),
  };
}
