import { numberWords, signedWords } from '../../view/words.ts';
import { asCounted, dateOf, hourOf } from './as-counted.ts';
import { daySums, dayWords, lastDays, WEEK_DAYS, WEEKS_DAYS } from './past-pictures.ts';
import type { PictureTable, Span } from './picture.ts';
import type { Told } from './today-picture.ts';
import { usualDay } from './usual-day.ts';

/** The numbers of a picture, the newest first. */
export function pictureTable(span: Span, { content, hours, corrections }: Told): PictureTable {
  const { day } = content.today;
  if (span === 'weeks') {
    return {
      columns: ['Day', 'Came in', 'Went out', 'Most inside', 'Corrected by'],
      rows: daySums(lastDays(hours ?? [], day, WEEKS_DAYS))
        .toReversed()
        .map((each) => [
          dayWords(each.date, 'long'),
          ...[each.in, each.out, each.peak].map(numberWords),
          signedWords(each.corrected),
        ]),
    };
  }
  const steps = lastDays(hours ?? [], day, span === 'today' ? 1 : WEEK_DAYS);
  const raw = asCounted(steps, corrections);
  const usual = span === 'today' ? usualDay(hours ?? [], day) : null;
  const rows = steps.map((step, index) => [
    `${span === 'today' ? '' : `${dayWords(dateOf(step), 'short')}, `}${String(hourOf(step)).padStart(2, '0')}:00`,
    numberWords(step.count),
    numberWords(raw[index] ?? 0),
    ...(usual === null ? [] : [usual.has(hourOf(step)) ? numberWords(usual.get(hourOf(step)) ?? 0) : '']),
    numberWords(step.in),
    numberWords(step.out),
  ]);
  return {
    columns: [
      'Hour from',
      'Inside at its end',
      'As counted',
      ...(usual === null ? [] : ['Usual']),
      'Came in',
      'Went out',
    ],
    rows: rows.toReversed(),
  };
}
