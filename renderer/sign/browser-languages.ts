import type { GlassStrings } from '../design/strings/glass-strings.ts';
import type { Language } from '../design/strings/languages.ts';
import { languageFor, learn } from '../design/strings/strings-for.ts';

const FILES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<GlassStrings>>> = {
  es: async () => (await import('../design/strings/spanish.ts')).spanish,
  fr: async () => (await import('../design/strings/french.ts')).french,
  de: async () => (await import('../design/strings/german.ts')).german,
  ja: async () => (await import('../design/strings/japanese.ts')).japanese,
  ar: async () => (await import('../design/strings/arabic.ts')).arabic,
};

/** A browser fetches the languages that its glass speaks, and no other. */
export class BrowserLanguages {
  readonly #fetched = new Map<Language, Promise<boolean>>();

  /** True once something new was learned. Never rejects: without it the glass speaks what it knows. */
  async fetchFor(wanted: readonly (string | null | undefined)[]): Promise<boolean> {
    const languages = wanted.filter((tag) => typeof tag === 'string').map((tag) => languageFor([tag]));
    return (await Promise.all(languages.map((language) => this.#fetch(language)))).includes(true);
  }

  async #fetch(language: Language): Promise<boolean> {
    if (language === 'en') return false;
    const asked = this.#fetched.get(language);
    // Only who asked first has news.
    if (asked !== undefined) return asked.then(() => false);
    const fetched = FILES[language]().then(
      (strings) => {
        learn(language, strings);
        return true;
      },
      () => {
        this.#fetched.delete(language);
        return false;
      },
    );
    this.#fetched.set(language, fetched);
    return fetched;
  }
}
