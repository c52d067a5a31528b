import type { Brand } from '../../cloud/contracts/brand.ts';
import type { Board, DisplaySchedule, SignSettings as Wishes } from '../../cloud/contracts/sign-report.ts';
import type { Theme } from '../design/palette.ts';
import type { GlassStrings } from '../design/strings/glass-strings.ts';
import { stringsFor } from '../design/strings/strings-for.ts';
import { DEFAULT_LETTERS, type Letters, readable } from './view/letters.ts';

/** What the operator chose for this glass. */
export type SignSettings = Letters & {
  readonly board: Board;
  readonly strings: GlassStrings;
  /** Under the first language, on boards for customers. */
  readonly second: GlassStrings | null;
  readonly theme: Theme;
  /** Colours instead of the theme's, on boards that are calm. */
  readonly brand: Brand | null;
  /** Metres that somebody asked for, whatever the panel can hold; null: nobody did. */
  readonly askedFar: number | null;
  readonly turnedDegrees: 0 | 90 | 180 | 270;
  readonly display: DisplaySchedule;
  /** How who stands before a board for managers answers an alert. */
  readonly answering: NonNullable<Wishes['answering']>;
  /** Words for customers instead of ours. */
  readonly words: NonNullable<Wishes['words']>;
};

const BOARDS: readonly Board[] = ['manager', 'door', 'wall'];
const TURNS = [0, 90, 180, 270] as const;

/**
 * From the page's address (`?board=door&lang=es&second=en&theme=light&panel=55&far=8&near=5&turned=90`) and the languages
 * of the machine.
 */
export function signSettings(search: string, languages: readonly string[]): SignSettings {
  const query = new URLSearchParams(search);
  const wanted = query.get('lang');
  const panel = positive(query.get('panel')) ?? DEFAULT_LETTERS.panel;
  const askedFar = positive(query.get('far'));
  const strings = stringsFor(wanted === null ? languages : [wanted, ...languages]);
  return {
    board: BOARDS.find((board) => board === query.get('board')) ?? 'manager',
    strings,
    second: secondOf(query.get('second'), strings),
    theme: query.get('theme') === 'light' ? 'light' : 'dark',
    brand: null,
    panel,
    far: readable(askedFar ?? DEFAULT_LETTERS.far, panel, 'far'),
    near: readable(positive(query.get('near')) ?? DEFAULT_LETTERS.near, panel, 'near'),
    askedFar,
    turnedDegrees: TURNS.find((degrees) => String(degrees) === query.get('turned')) ?? 0,
    display: 'always',
    answering: 'phone',
    words: {},
  };
}

/** What people chose for this sign in the console, where they chose. */
export function withWishes(settings: SignSettings, wishes: Wishes | null): SignSettings {
  if (wishes === null) return settings;
  const { language, secondLanguage, theme = settings.theme, farMetres, panelInches } = wishes;
  const strings =
    language === undefined ? settings.strings : stringsFor([language, settings.strings.language]);
  const panel = panelInches ?? settings.panel;
  const askedFar = farMetres ?? settings.askedFar;
  return {
    ...settings,
    ...(wishes.turnedDegrees === undefined ? {} : { turnedDegrees: wishes.turnedDegrees }),
    board: wishes.board,
    strings,
    second: secondLanguage === undefined ? settings.second : secondOf(secondLanguage, strings),
    theme,
    brand: wishes.brand ?? settings.brand,
    panel,
    far: readable(askedFar ?? settings.far, panel, 'far'),
    near: readable(settings.near, panel, 'near'),
    askedFar,
    display: wishes.display ?? settings.display,
    answering: wishes.answering ?? settings.answering,
    words: wishes.words ?? settings.words,
  };
}

/** Null where it is none that the glass speaks, or the first one again. */
function secondOf(wanted: string | null, first: GlassStrings): GlassStrings | null {
  if (wanted === null) return null;
  const strings = stringsFor([wanted]);
  const isKnown = strings.language.split('-')[0] === wanted.toLowerCase().split('-')[0];
  return isKnown && strings !== first ? strings : null;
}

function positive(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? value : null;
}
