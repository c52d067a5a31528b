import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { DriftReport } from '../contracts/history.ts';
import { idSchema } from '../contracts/identifiers.ts';
import { daysBefore, storeDayAt } from '../domain/day.ts';
import { balanceOfDay } from './balance-of-day.ts';
import { answer, parsed, refusal } from './http-answers.ts';
import type { Services } from './services.ts';

export const driftQuerySchema = z.object({
  nights: z.coerce.number('expected a number').int().min(1).max(56, 'expected at most 56').default(7),
});

/** How each of the last nights balanced, the newest first, with all that came late. */
export const drift =
  ({ store, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const storeId = parsed(request.params.storeId, idSchema);
    if (!storeId.ok) return refusal(404, 'unknown-store', 'no such store');
    const query = parsed(Object.fromEntries(request.query), driftQuerySchema, 'query');
    if (!query.ok) return query.refusal;
    const reports = await store.look(async (tx) => {
      const [state] = await tx.counting.readStores([storeId.value]);
      if (state === undefined) return undefined;
      const days = daysBefore(state.timeZone, storeDayAt(state.timeZone, now()), query.value.nights);
      const made: DriftReport[] = [];
      for (const day of days) made.push(await balanceOfDay(tx, state, day));
      return made;
    });
    return reports === undefined
      ? refusal(404, 'unknown-store', 'no such store')
      : answer({ storeId: storeId.value, nights: reports });
  };
