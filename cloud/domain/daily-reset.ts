import { Temporal } from 'temporal-polyfill';
import { MINUTE_MS } from './store-state.ts';

/** The first daily reset after a moment; one at that very moment is over. `at`: by the store's clock, `05:00`. */
export function nextResetMs(timeZone: string, at: string, afterMs: number): number {
  for (let date = dateAt(timeZone, afterMs).subtract({ days: 1 }); ; date = date.add({ days: 1 })) {
    const resetMs = resetOnMs(timeZone, at, date);
    if (resetMs !== null && resetMs > afterMs) return resetMs;
  }
}

/** The latest daily reset up to a moment, that moment included. */
export function lastResetMs(timeZone: string, at: string, nowMs: number): number {
  for (let date = dateAt(timeZone, nowMs).add({ days: 1 }); ; date = date.subtract({ days: 1 })) {
    const resetMs = resetOnMs(timeZone, at, date);
    if (resetMs !== null && resetMs <= nowMs) return resetMs;
  }
}

const dateAt = (timeZone: string, atMs: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate();

/** One for each date; null for a date that the place skipped, as Samoa did 30 December 2011. */
function resetOnMs(timeZone: string, at: string, date: Temporal.PlainDate): number | null {
  const starts = date.toZonedDateTime(timeZone);
  if (!starts.toPlainDate().equals(date)) return null;
  const local = date.toPlainDateTime(Temporal.PlainTime.from(at));
  // Of a time that the clock passes twice, this is the first.
  const zoned = local.toZonedDateTime(timeZone);
  if (zoned.toPlainDateTime().equals(local)) return wholeMinute(zoned);
  // Leaped over: the moment of the leap, and not as long after it as the time stands in the gap.
  const before = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return wholeMinute(before.getTimeZoneTransition('next') ?? zoned);
}

/** Some places were seconds off the whole minute long ago; corrections are kept by the minute. */
const wholeMinute = ({ epochMilliseconds }: Temporal.ZonedDateTime): number =>
  Math.floor(epochMilliseconds / MINUTE_MS) * MINUTE_MS;
