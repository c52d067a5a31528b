import type { SignSettings as Wishes } from '../../cloud/contracts/sign-report.ts';
import type { Theme } from '../design/palette.ts';
import type { GlassStrings } from '../design/strings/glass-strings.ts';
import { stringsFor } from '../design/strings/strings-for.ts';

/** What the operator chose for this glass: panel diagonal in inches, reading distances in metres. */
export type SignSettings = {
  readonly strings: GlassStrings;
  readonly theme: Theme;
  readonly panel: number;
  readonly far: number;
  readonly near: number;
};

const DEFAULTS = { panel: 55, far: 8, near: 5 };
/** The default letters fill the glass; larger ones would push words off it, much smaller ones leave it empty. */
const MIN_SHARE_OF_DEFAULT = 0.6;

/** From the page's address (`?lang=es&theme=light&panel=55&far=8&near=5`) and the languages of the machine. */
export function signSettings(search: string, languages: readonly string[]): SignSettings {
  const query = new URLSearchParams(search);
  const wanted = query.get('lang');
  const panel = positive(query.get('panel')) ?? DEFAULTS.panel;
  return {
    strings: stringsFor(wanted === null ? languages : [wanted, ...languages]),
    theme: query.get('theme') === 'light' ? 'light' : 'dark',
    panel,
    far: readable(positive(query.get('far')) ?? DEFAULTS.far, panel, DEFAULTS.far),
    near: readable(positive(query.get('near')) ?? DEFAULTS.near, panel, DEFAULTS.near),
  };
}

/** What people chose for this sign in the console, where they chose. */
export function withWishes(settings: SignSettings, wishes: Wishes | null): SignSettings {
  if (wishes === null) return settings;
  const { language, theme = settings.theme, farMetres } = wishes;
  const strings =
    language === undefined ? settings.strings : stringsFor([language, settings.strings.language]);
  const { panel } = settings;
  const far = farMetres === undefined ? settings.far : readable(farMetres, panel, DEFAULTS.far);
  return { ...settings, strings, theme, far };
}

/** The distance whose letters this panel can hold: the asked one, brought into what the boards are made for. */
function readable(metres: number, panel: number, ofDefault: number): number {
  const most = (ofDefault / DEFAULTS.panel) * panel;
  return Math.min(Math.max(metres, most * MIN_SHARE_OF_DEFAULT), most);
}

function positive(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? value : null;
}
