const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Less by a few hours: the same weekday of next week is told by its date. */
const WEEK_MS = 6 * DAY_MS;
/** Some languages set one, and some engines do where others do not. */
const COMMA_AFTER_WEEKDAY = /(?<=^[^\d,،]+)[,،]/;

/** Times as the people in the store read them. */
export type LocalTime = {
  /** `Sat 21 Nov, 16:24` */
  dateAndTime(atMs: number): string;
  /** `16:24`; `20 Nov` where that was another day than `nowMs`. */
  moment(atMs: number, nowMs: number): string;
  sameDay(atMs: number, nowMs: number): boolean;
  /** `09` */
  hour(atMs: number): string;
  startOfHour(atMs: number): number;
  minuteOfDay(atMs: number): number;
  /** `09:00` */
  time(atMs: number): string;
  /** `today`, `tomorrow`, `Monday`; `7 Dec` where that is more than a week away. */
  dayName(atMs: number, nowMs: number): string;
  /** `09:00`; `Mon 09:00` where that is another day. */
  soon(atMs: number, nowMs: number): string;
};

/** `language` BCP 47, `timeZone` IANA. Formatters are slow to make: keep the answer. */
export function localTime(language: string, timeZone: string): LocalTime {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone, hourCycle: 'h23' });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const stamp = format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    hourCycle: 'h23',
  });
  const otherDay = format({ day: 'numeric', month: 'short' });
  const date = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const weekday = format({ weekday: 'long' });
  const shortWeekday = format({ weekday: 'short' });
  const fromToday = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const sameDay = (atMs: number, nowMs: number) => date.format(atMs) === date.format(nowMs);
  const part = (formatter: Intl.DateTimeFormat, type: string, atMs: number) =>
    formatter.formatToParts(atMs).find((one) => one.type === type)?.value ?? '';
  return {
    dateAndTime: (atMs) => stamp.format(atMs).replace(COMMA_AFTER_WEEKDAY, ''),
    moment: (atMs, nowMs) => (sameDay(atMs, nowMs) ? time : otherDay).format(atMs),
    sameDay,
    hour: (atMs) => part(time, 'hour', atMs),
    // Some zones are half an hour off, so the hour is the place's, not UTC's.
    startOfHour: (atMs) =>
      atMs - (atMs % MINUTE_MS) - ((Number(part(time, 'minute', atMs)) * MINUTE_MS) % HOUR_MS),
    minuteOfDay: (atMs) => Number(part(clock, 'hour', atMs)) * 60 + Number(part(clock, 'minute', atMs)),
    time: (atMs) => time.format(atMs),
    dayName(atMs, nowMs) {
      if (sameDay(atMs, nowMs)) return fromToday.format(0, 'day');
      if (sameDay(atMs, nowMs + DAY_MS)) return fromToday.format(1, 'day');
      return (atMs - nowMs < WEEK_MS ? weekday : otherDay).format(atMs);
    },
    soon(atMs, nowMs) {
      if (sameDay(atMs, nowMs)) return time.format(atMs);
      const day = atMs - nowMs < WEEK_MS ? shortWeekday : otherDay;
      // Never parted at the end of a line.
      return `${day.format(atMs)}\u00a0${time.format(atMs)}`;
    },
  };
}
