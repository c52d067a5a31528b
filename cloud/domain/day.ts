import { Temporal } from 'temporal-polyfill';
import { MINUTE_MS, type StoreDay } from './store-state.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** A step of a store's history; `startsAt` is its start by the store's clock, `2026-10-25T02:00:00+01:00`. */
export type StepBound = { readonly startsAtMs: number; readonly endsAtMs: number; readonly startsAt: string };
export type StepLength = 'minute' | 'hour' | 'day';

/** The store's local day around a moment; 23 or 25 hours long where the clocks change. */
export function storeDayAt(timeZone: string, atMs: number): StoreDay {
  const day = dayFrom(zonedAt(timeZone, atMs).startOfDay());
  // A clock that went back over midnight told yesterday's date again; the new day had begun.
  return day.endsAtMs <= atMs ? dayFrom(zonedAt(timeZone, day.endsAtMs)) : day;
}

/** The day that ended where this one starts: where a date was skipped, not the one before by name. */
export const previousDay = (timeZone: string, day: StoreDay): StoreDay =>
  storeDayAt(timeZone, day.startsAtMs - 1);

/** The newest first, the day itself left out. */
export function daysBefore(timeZone: string, day: StoreDay, count: number): readonly StoreDay[] {
  const days: StoreDay[] = [];
  for (let newer = day; days.length < count; ) {
    newer = previousDay(timeZone, newer);
    days.push(newer);
  }
  return days;
}

/** Where the step around a moment starts by the store's clock; an hour also starts where the clock changes. */
export function stepStartMs(step: StepLength, timeZone: string, atMs: number): number {
  if (step === 'day') return wholeMinute(storeDayAt(timeZone, atMs).startsAtMs);
  if (step === 'minute') return wholeMinute(atMs);
  // No clock changes twice within an hour.
  return stepBounds('hour', timeZone, atMs - HOUR_MS, atMs + 1).at(-1)?.startsAtMs ?? wholeMinute(atMs);
}

/**
 * Steps by the store's clock, one after the other without a gap. The first starts at `fromMs` and the last ends at
 * `untilMs` (both as whole minutes), though that cuts them. An hour that a change of the clock cuts is two steps.
 */
export function stepBounds(
  step: StepLength,
  timeZone: string,
  fromMs: number,
  untilMs: number,
): readonly StepBound[] {
  const range = { fromMs: wholeMinute(fromMs), untilMs: -wholeMinute(-untilMs) };
  if (range.fromMs >= range.untilMs) return [];
  const spans = offsetSpans(timeZone, range);
  const starts =
    step === 'day'
      ? dayStarts(timeZone, range)
      : spans.flatMap((span) => clockStarts(span, step === 'hour' ? HOUR_MS : MINUTE_MS));
  return starts.map((startsAtMs, index) => ({
    startsAtMs,
    endsAtMs: starts[index + 1] ?? range.untilMs,
    startsAt: localTime(startsAtMs, spans.find((span) => startsAtMs < span.untilMs)?.offsetMs ?? 0),
  }));
}

type Range = { readonly fromMs: number; readonly untilMs: number };
/** A time in which the clock of a zone was not changed. */
type OffsetSpan = Range & { readonly offsetMs: number };

const zonedAt = (timeZone: string, atMs: number) =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);

/** Some places were seconds off the whole minute long ago; the history is kept by the minute. */
const wholeMinute = (atMs: number): number => Math.floor(atMs / MINUTE_MS) * MINUTE_MS;

function dayFrom(starts: Temporal.ZonedDateTime): StoreDay {
  return {
    day: starts.toPlainDate().toString(),
    startsAtMs: starts.epochMilliseconds,
    endsAtMs: starts.add({ days: 1 }).startOfDay().epochMilliseconds,
  };
}

/** A zone is asked for its few changes of the clock and never for a single minute: two years have a million of those. */
function offsetSpans(timeZone: string, { fromMs, untilMs }: Range): readonly OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let zoned = zonedAt(timeZone, fromMs);
  for (let startsAtMs = fromMs; startsAtMs < untilMs; ) {
    const change = zoned.getTimeZoneTransition('next');
    const endsAtMs = change === null ? untilMs : Math.min(untilMs, wholeMinute(change.epochMilliseconds));
    const offsetMs = wholeMinute(zoned.offsetNanoseconds / 1_000_000);
    spans.push({ fromMs: startsAtMs, untilMs: endsAtMs, offsetMs });
    startsAtMs = endsAtMs;
    zoned = change ?? zoned;
  }
  return spans;
}

function clockStarts({ fromMs, untilMs, offsetMs }: OffsetSpan, stepMs: number): readonly number[] {
  const starts: number[] = [];
  for (let startsAtMs = fromMs; startsAtMs < untilMs; ) {
    starts.push(startsAtMs);
    startsAtMs = (Math.floor((startsAtMs + offsetMs) / stepMs) + 1) * stepMs - offsetMs;
  }
  return starts;
}

function dayStarts(timeZone: string, { fromMs, untilMs }: Range): readonly number[] {
  const starts = [fromMs];
  let day = storeDayAt(timeZone, fromMs);
  while (wholeMinute(day.endsAtMs) < untilMs) {
    starts.push(wholeMinute(day.endsAtMs));
    day = storeDayAt(timeZone, day.endsAtMs);
  }
  return starts;
}

function localTime(atMs: number, offsetMs: number): string {
  const [hour, minute] = new Date(Math.abs(offsetMs)).toISOString().slice(11, 16).split(':');
  const local = new Date(atMs + offsetMs).toISOString().slice(0, 19);
  return `${local}${offsetMs < 0 ? '-' : '+'}${hour}:${minute}`;
}
