import { type OpeningHours, WEEKDAYS } from '../../../../cloud/contracts/opening-hours.ts';
import type { StoreDescription } from '../../../../cloud/contracts/store-description.ts';
import { dayWords } from '../history/past-pictures.ts';
import { spansWords, WEEKDAY_WORDS } from '../hours-words.ts';

/** What changes about when the store is open. */
export function hoursEffects(
  { hours: before }: StoreDescription,
  { hours: after }: StoreDescription,
): readonly string[] {
  if (after === undefined)
    return before === undefined ? [] : ['The signs never say that the store is closed.'];
  const first =
    before === undefined ? ['The signs say \u201cClosed\u201d outside of the opening hours.'] : [];
  return [...first, ...weekEffects(before, after), ...dateEffects(before, after)];
}

function weekEffects(before: OpeningHours | undefined, after: OpeningHours): readonly string[] {
  if (before === undefined) return [];
  return WEEKDAYS.flatMap((day) => {
    const words = spansWords(after.week[day]);
    if (words === spansWords(before.week[day])) return [];
    return words === 'Closed'
      ? `It is closed on ${WEEKDAY_WORDS[day]}.`
      : `${WEEKDAY_WORDS[day]}: open ${words}.`;
  });
}

function dateEffects(before: OpeningHours | undefined, after: OpeningHours): readonly string[] {
  const was = new Map(before?.dates.map(({ date, hours }) => [date, spansWords(hours)]));
  const is = new Map(after.dates.map(({ date, hours }) => [date, spansWords(hours)]));
  return [
    ...[...is].flatMap(([date, words]) => {
      if (was.get(date) === words) return [];
      const day = dayWords(date, 'long');
      return words === 'Closed' ? `It is closed on ${day}.` : `On ${day} it is open ${words}.`;
    }),
    ...[...was.keys()].flatMap((date) =>
      is.has(date) ? [] : `${dayWords(date, 'long')} is like any other ${weekdayOf(date)}.`,
    ),
  ];
}

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
const weekdayOf = (date: string): string => weekday.format(Date.parse(date));
