import {
  type DayHours,
  type OpeningHours,
  WEEKDAYS,
  type Weekday,
} from '../../../cloud/contracts/opening-hours.ts';
import { dayWords } from './history/past-pictures.ts';

export const WEEKDAY_WORDS: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const short = (day: Weekday): string => WEEKDAY_WORDS[day].slice(0, 3);

export type HoursLine = { readonly when: string; readonly hours: string };

/** `09:00 to 20:00`; `Closed`. */
export const spansWords = (hours: DayHours): string =>
  hours.length === 0
    ? 'Closed'
    : hours
        .map(({ opens, closes }) =>
          opens === '00:00' && closes === '24:00' ? 'All day' : `${opens} to ${closes}`,
        )
        .join(', ');

/** Days in a row with the same hours are one line. */
export function weekLines({ week }: Pick<OpeningHours, 'week'>): readonly HoursLine[] {
  const runs: { readonly days: Weekday[]; readonly hours: string }[] = [];
  for (const day of WEEKDAYS) {
    const hours = spansWords(week[day]);
    const last = runs.at(-1);
    if (last?.hours === hours) last.days.push(day);
    else runs.push({ days: [day], hours });
  }
  return runs.map(({ days, hours }) => {
    const [first, last] = [days[0] ?? 'mon', days.at(-1) ?? 'mon'];
    if (days.length === 1) return { when: WEEKDAY_WORDS[first], hours };
    return { when: `${short(first)} ${days.length === 2 ? 'and' : 'to'} ${short(last)}`, hours };
  });
}

/** From that day on. */
export const dateLines = ({ dates }: Pick<OpeningHours, 'dates'>, today: string): readonly HoursLine[] =>
  dates
    .filter(({ date }) => date >= today)
    .toSorted((one, other) => one.date.localeCompare(other.date))
    .map(({ date, hours }) => ({ when: dayWords(date, 'long'), hours: spansWords(hours) }));
