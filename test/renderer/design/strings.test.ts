import { expect, test } from 'vitest';
import { english } from '../../../renderer/design/strings/english.ts';
import { learnEveryLanguage } from '../../../renderer/design/strings/every-language.ts';
import type { GlassStrings } from '../../../renderer/design/strings/glass-strings.ts';
import { LANGUAGES, type Language } from '../../../renderer/design/strings/languages.ts';
import { stringsFor } from '../../../renderer/design/strings/strings-for.ts';
import { ageWords } from '../../../renderer/sign/view/age-words.ts';
import { localTime } from '../../../renderer/sign/view/local-time.ts';
import { asOfWords, momentWords } from '../../../renderer/sign/view/moment-words.ts';
import { SATURDAY_AFTERNOON_MS } from '../../support/glass-states.ts';

learnEveryLanguage();

const OTHERS = LANGUAGES.filter((language) => language !== 'en');
/** One, two, few, many and other of every language, and the largest count that the glass shows. */
const NUMBERS = [0, 1, 2, 3, 10, 11, 22, 60, 100, 103, 1_444, 99_999];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const shapeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]))
    : `${typeof value}${value === '' ? ', empty' : ''}`;

/** All that a language says, those that take numbers or words with each of the numbers. */
function sayings(strings: GlassStrings): readonly string[] {
  const said = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(said);
    return [];
  };
  const { door, wall } = strings;
  const counted = NUMBERS.flatMap((n) => [
    strings.of(n),
    strings.mayEnter(n),
    strings.over(n),
    strings.doorsLive(n),
    strings.andMore(n),
    strings.cellsOf(n),
    strings.ofLimit(n, n),
    strings.today(n, n),
    strings.doorsSilent(n),
    strings.moreStores(n),
    strings.holdTheDoors(n),
    strings.age(n, 'second'),
    strings.age(n, 'day'),
    strings.lastKnown(n, '10:32'),
    strings.answer('10:32', null),
    strings.sinceBy('10:32', null),
    strings.noData('4'),
    ...[door.ofInside(n), door.mayEnter(n), door.wait(n), door.longWait(n)],
    ...[wall.inside(n), wall.notCounted(n), wall.roomFor(n), wall.moreOpen(n)],
  ]);
  return [...said(strings), ...said(counted)];
}

test('what is offered in the console is what the glass speaks', () => {
  expect(LANGUAGES.map((language) => stringsFor([language]).language.slice(0, 2))).toEqual([...LANGUAGES]);
  expect(stringsFor(['AR-sa']).language).toMatch(/^ar/);
});

for (const language of OTHERS) {
  test(`no word of English is missing, ${language}`, () => {
    expect(shapeOf(stringsFor([language]))).toEqual(shapeOf(english));
  });

  test(`nothing was left untold or unfilled, ${language}`, () => {
    for (const saying of sayings(stringsFor([language]))) {
      expect(saying).not.toMatch(/undefined|null|NaN|#|\[object/);
      expect(saying.trim()).not.toBe('');
    }
  });
}

test('a number of people is told in the plural that the language has for it', () => {
  const entering = (language: Language, count: number) => stringsFor([language]).door.mayEnter(count);
  expect([0, 1, 2].map((count) => entering('fr', count))).toEqual([
    'Encore 0 place',
    'Encore 1 place',
    'Encore 2 places',
  ]);
  expect([1, 2].map((count) => entering('de', count))).toEqual([
    'Noch 1 darf hinein',
    'Noch 2 dürfen hinein',
  ]);
  expect([1, 2, 3, 22].map((count) => entering('ar', count))).toEqual([
    'يمكن دخول شخص آخر',
    'يمكن دخول شخصين آخرين',
    'يمكن دخول 3 أشخاص آخرين',
    'يمكن دخول 22 شخصًا آخر',
  ]);
  expect(entering('ja', 22).replaceAll('\u200B', '')).toBe('あと22人入れます');
});

test('every language tells ages in words of its own', () => {
  const ages = (language: Language) =>
    [4_000, 4 * MINUTE_MS, 180 * MINUTE_MS, 3 * DAY_MS].map((ageMs) =>
      ageWords(ageMs, stringsFor([language])),
    );
  expect(ages('fr')).toEqual(['4 s', '4 min', '3 h', '3 j']);
  expect(ages('ja')).toEqual(['4秒', '4分', '3時間', '3日']);
  expect(ages('ar')).toEqual(['4 ثوانٍ', '4 دقائق', '3 ساعات', '3 أيام']);
});

test('figures and times are 0 to 9 in every language', () => {
  for (const language of LANGUAGES) {
    const strings = stringsFor([language]);
    const time = localTime(strings.language, 'Europe/Madrid');
    expect(time.moment(SATURDAY_AFTERNOON_MS, SATURDAY_AFTERNOON_MS)).toBe('16:24');
    expect(time.hour(SATURDAY_AFTERNOON_MS)).toBe('16');
    expect(time.dateAndTime(SATURDAY_AFTERNOON_MS)).toMatch(/21.*16:24$/);
    for (const saying of sayings(strings)) expect(saying).not.toMatch(/[٠-٩۰-۹０-９]/);
  }
});

test('only Arabic is read from right to left, and a name in it turns nothing around', () => {
  expect(LANGUAGES.filter((language) => stringsFor([language]).direction === 'rtl')).toEqual(['ar']);
  expect(stringsFor(['ar']).sinceBy('10:32', 'Mara')).toBe('10:32، \u2068Mara\u2069');
});

test('a date stands behind the words that a date wants, not behind those for a time of day', () => {
  const nowMs = SATURDAY_AFTERNOON_MS;
  const said = (language: Language, agoMs: number) => {
    const strings = stringsFor([language]);
    const moment = { atMs: nowMs - agoMs, nowMs, time: localTime(strings.language, 'Europe/Madrid') };
    const asOf = asOfWords(moment, strings)
      .map(({ text }) => text)
      .join(' ');
    return [asOf, strings.wall.since(momentWords(moment, strings))];
  };
  expect(said('es', MINUTE_MS)).toEqual(['a las 16:23', 'desde 16:23']);
  expect(said('es', DAY_MS)).toEqual(['del 20 nov', 'desde el 20 nov']);
  expect(said('fr', DAY_MS)).toEqual(['relevé le 20 nov.', 'depuis le 20 nov.']);
  expect(said('en', DAY_MS)).toEqual(['as of 20 Nov', 'since 20 Nov']);
});
