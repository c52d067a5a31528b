import { Temporal } from 'temporal-polyfill';
import { MINUTE_MS } from './store-state.ts';

export const dateAt = (timeZone: string, atMs: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate();

/**
 * The first minute of a date whose clock has come to a time of day, `05:00`; null for a date that the place skipped, as
 * Samoa did 30 December 2011.
 */
export function clockTimeMs(timeZone: string, at: string, date: Temporal.PlainDate): number | null {
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
