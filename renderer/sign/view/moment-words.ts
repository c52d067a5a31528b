import type { GlassStrings, Phrase } from '../../design/strings/glass-strings.ts';
import type { LocalTime } from './local-time.ts';

type Moment = { readonly atMs: number; readonly nowMs: number; readonly time: LocalTime };

/** `16:24`, and `20 Nov` where that was another day, as it stands after "since". */
export const momentWords = ({ atMs, nowMs, time }: Moment, { onDay }: GlassStrings): string =>
  time.sameDay(atMs, nowMs) ? time.time(atMs) : onDay(time.moment(atMs, nowMs));

/** `as of 16:24`, `as of 20 Nov` */
export const asOfWords = ({ atMs, nowMs, time }: Moment, strings: GlassStrings): Phrase =>
  time.sameDay(atMs, nowMs) ? strings.asOf(time.time(atMs)) : strings.asOfDay(time.moment(atMs, nowMs));
