const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MINUS = '\u2212';

/** `2 s`, `4 min`, `3 h`, `2 d`. */
export function spanWords(spanMs: number): string {
  const ms = Math.max(0, spanMs);
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${Math.floor(ms / DAY_MS)} d`;
}

export const agoWords = (ageMs: number): string => `${spanWords(ageMs)} ago`;

const numbers = new Intl.NumberFormat('en');
export const numberWords = (value: number): string => numbers.format(value).replace('-', MINUS);
/** `+14`, `−3`, `0`. */
export const signedWords = (value: number): string =>
  value > 0 ? `+${numberWords(value)}` : numberWords(value);

/** `1 store`, `42 stores`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numberWords(count)} ${count === 1 ? one : many}`;

const formats = new Map<string, Intl.DateTimeFormat>();
function inZone(
  kind: string,
  options: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const key = `${kind} ${timeZone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  formats.set(key, format);
  return format;
}

/** `14:32`, by the clock of the place, or of the reader where none is named. */
export const clockWords = (atMs: number, timeZone?: string): string =>
  inZone('clock', { hour: '2-digit', minute: '2-digit' }, timeZone).format(atMs);

export const clockSecondsWords = (atMs: number, timeZone?: string): string =>
  inZone('seconds', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, timeZone).format(atMs);

/** `21 Nov, 14:32`. */
export const dayClockWords = (atMs: number, timeZone?: string): string =>
  inZone('day', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }, timeZone).format(
    atMs,
  );

/** The time alone if it was today, else with its day. */
export function sinceWords(atMs: number, nowMs: number, timeZone?: string): string {
  return nowMs - atMs < DAY_MS / 2 ? clockWords(atMs, timeZone) : dayClockWords(atMs, timeZone);
}
