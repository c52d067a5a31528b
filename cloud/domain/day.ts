import { Temporal } from 'temporal-polyfill';
import type { StoreDay } from './store-state.ts';

/** The store's local day around a moment; 23 or 25 hours long where the clocks change. */
export function storeDayAt(timeZone: string, atMs: number): StoreDay {
  const starts = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).startOfDay();
  const ends = starts.add({ days: 1 }).startOfDay();
  return {
    day: starts.toPlainDate().toString(),
    startsAtMs: starts.epochMilliseconds,
    endsAtMs: ends.epochMilliseconds,
  };
}
