const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

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
};

/** `language` BCP 47, `timeZone` IANA. Formatters are slow to make: keep the answer. */
export function localTime(language: string, timeZone: string): LocalTime {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone, hourCycle: 'h23' });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const otherDay = format({ day: 'numeric', month: 'short' });
  const date = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const sameDay = (atMs: number, nowMs: number) => date.format(atMs) === date.format(nowMs);
  const part = (formatter: Intl.DateTimeFormat, type: string, atMs: number) =>
    formatter.formatToParts(atMs).find((one) => one.type === type)?.value ?? '';
  return {
    dateAndTime: (atMs) => `${day.format(atMs).replaceAll(',', '')}, ${time.format(atMs)}`,
    moment: (atMs, nowMs) => (sameDay(atMs, nowMs) ? time : otherDay).format(atMs),
    sameDay,
    hour: (atMs) => part(time, 'hour', atMs),
    // Some zones are half an hour off, so the hour is the place's, not UTC's.
    startOfHour: (atMs) =>
      atMs - (atMs % MINUTE_MS) - ((Number(part(time, 'minute', atMs)) * MINUTE_MS) % HOUR_MS),
  };
}
