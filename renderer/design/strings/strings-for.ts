import { english } from './english.ts';
import type { GlassStrings } from './glass-strings.ts';
import { LANGUAGES, type Language } from './languages.ts';

/** A page may learn the others when it needs them. */
const known = new Map<Language, GlassStrings>([['en', english]]);

export const learn = (language: Language, strings: GlassStrings): void => void known.set(language, strings);

/** What the glass would speak once it has learned it: the first of the wanted languages (BCP 47, best first) that there is. */
export function languageFor(wanted: readonly string[]): Language {
  return wanted.map(languageIn).find((language) => language !== undefined) ?? 'en';
}

/** The first of the wanted languages (BCP 47, best first) that the glass has learned; else English. */
export function stringsFor(wanted: readonly string[]): GlassStrings {
  for (const tag of wanted) {
    const language = languageIn(tag);
    const strings = language === undefined ? undefined : known.get(language);
    if (strings !== undefined) return strings;
  }
  return english;
}

const languageIn = (tag: string): Language | undefined =>
  LANGUAGES.find((one) => one === tag.toLowerCase().split('-')[0]);
