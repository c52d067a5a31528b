import {
  type DayHours,
  type OpeningHours,
  WEEKDAYS,
  type Weekday,
} from '../../cloud/contracts/opening-hours.ts';

export const span = (opens: string, closes: string): DayHours[number] => ({ opens, closes });

/** `['mon-sat', span('09:00', '20:00')]`; days that are not named are closed. */
export function hoursOf(...parts: readonly (readonly [string, ...DayHours])[]): OpeningHours {
  const week: Record<Weekday, DayHours> = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  for (const [days, ...hours] of parts) {
    const [first, last = first] = days.split('-').map((day) => WEEKDAYS.indexOf(day as Weekday));
    for (const day of WEEKDAYS.slice(first, (last ?? 0) + 1)) week[day] = hours;
  }
  return { week, dates: [] };
}
