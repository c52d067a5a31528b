import { english } from './english.ts';
import type { GlassStrings } from './glass-strings.ts';
import { spanish } from './spanish.ts';

const LANGUAGES: ReadonlyMap<string, GlassStrings> = new Map([
  ['en', english],
  ['es', spanish],
]);

/** The first of the wanted languages (BCP 47, best first) that the glass speaks; else English. */
export function stringsFor(wanted: readonly string[]): GlassStrings {
  for (const language of wanted) {
    const strings = LANGUAGES.get(language.toLowerCase().split('-')[0] ?? '');
    if (strings !== undefined) return strings;
  }
  return english;
}
