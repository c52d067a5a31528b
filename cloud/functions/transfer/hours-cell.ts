import * as z from 'zod';
import { type DayHours, type OpeningHours, WEEKDAYS, type Weekday } from '../../contracts/opening-hours.ts';
import { filledIn } from './cells.ts';

const EXPECTED = 'expected days with their times such as mon tue 09:00-14:00 16:00-20:00; 2026-12-25 closed';
const SPAN = /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `mon tue 09:00-14:00 16:00-20:00; 2026-12-25 closed`. Days that are not named are closed, dates are as their weekdays. */
export const hoursCell = filledIn(
  z.string().transform((text, context) => {
    const hours = hoursIn(text.toLowerCase());
    if (hours !== undefined) return hours;
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  }),
);

/** As the cell takes it; days in a row with the same times stand together. */
export function hoursText(hours: OpeningHours | undefined): string {
  if (hours === undefined) return '';
  const parts: { days: string[]; times: string }[] = [];
  for (const day of WEEKDAYS) {
    const times = timesOf(hours.week[day]);
    const last = parts.at(-1);
    if (last?.times === times) last.days.push(day);
    else parts.push({ days: [day], times });
  }
  return [
    ...parts.map(({ days, times }) => `${days.join(' ')} ${times}`),
    ...hours.dates.map((date) => `${date.date} ${timesOf(date.hours)}`),
  ].join('; ');
}

const timesOf = (hours: DayHours): string =>
  hours.length === 0 ? 'closed' : hours.map(({ opens, closes }) => `${opens}-${closes}`).join(' ');

/** Undefined where it cannot be read. */
function hoursIn(text: string): OpeningHours | undefined {
  const week: Record<Weekday, DayHours> = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const dates: OpeningHours['dates'] = [];
  const seen = new Set<string>();
  for (const part of text.split(';')) {
    const words = part.trim().split(/[\s,]+/);
    if (words[0] === '') continue;
    const days = words.filter((word) => isWeekday(word) || DATE.test(word));
    const hours = dayHoursIn(words.slice(days.length));
    if (hours === undefined || days.length === 0) return undefined;
    for (const day of days) {
      if (seen.has(day)) return undefined;
      seen.add(day);
      if (isWeekday(day)) week[day] = hours;
      else dates.push({ date: day, hours });
    }
  }
  return seen.size === 0 ? undefined : { week, dates };
}

/** Whether these are times of a day is for the description's own schema to say. */
function dayHoursIn(words: readonly string[]): DayHours | undefined {
  if (words.length === 1 && words[0] === 'closed') return [];
  const spans = words.map((word) => SPAN.exec(word));
  if (spans.length === 0 || spans.includes(null)) return undefined;
  return spans.map((span) => ({ opens: timeIn(span?.[1]), closes: timeIn(span?.[2]) }));
}

const timeIn = (text = ''): string => text.padStart(5, '0');

const isWeekday = (word: string): word is Weekday => (WEEKDAYS as readonly string[]).includes(word);
