import type { Brand } from '../../../cloud/contracts/brand.ts';
import { type SignSettings, signSettingsSchema } from '../../../cloud/contracts/sign-report.ts';
import { brandChecks } from './brand-checks.ts';

/** Names of the fields for words of one's own: `words.open`. */
export const WORDS_PREFIX = 'words.';
const WORDS = ['open', 'nearly', 'full', 'unknown', 'closed'] as const;

/** What was filled in; an empty field, and one that the form does not have, leaves it to how the device was started. */
export function settingsOf(data: FormData): SignSettings {
  const text = (name: string): string => String(data.get(name) ?? '').trim();
  const words = WORDS.flatMap((state) => {
    const said = text(WORDS_PREFIX + state);
    return said === '' ? [] : [[state, said] as const];
  });
  return signSettingsSchema.parse({
    ...filled(text, 'board'),
    ...filled(text, 'language'),
    ...filled(text, 'secondLanguage'),
    ...filled(text, 'theme'),
    ...filled(text, 'farMetres', Number),
    ...filled(text, 'panelInches', Number),
    ...filled(text, 'turnedDegrees', Number),
    ...displayOf(text),
    ...filled(text, 'answering'),
    ...brandOf(text),
    ...(words.length === 0 ? {} : { words: Object.fromEntries(words) }),
    ...(data.get('muted') === null ? {} : { muted: true }),
  });
}

function filled(
  text: (name: string) => string,
  name: string,
  as: (value: string) => unknown = String,
): Record<string, unknown> {
  const value = text(name);
  return value === '' ? {} : { [name]: as(value) };
}

function brandOf(text: (name: string) => string): { brand?: Brand } {
  if (text('brand') !== 'own') return {};
  const brand = { ground: text('brand.ground'), ink: text('brand.ink'), accent: text('brand.accent') };
  const wrong = brandChecks(brand).find(({ isEnough }) => !isEnough);
  if (wrong !== undefined) throw new Error(`${wrong.words}. Choose other colours.`);
  return { brand };
}

function displayOf(text: (name: string) => string): { display?: unknown } {
  const display = text('display');
  if (display !== 'times') return display === '' ? {} : { display };
  const [on, off] = [text('displayOn'), text('displayOff')];
  if (on === '' || off === '') throw new Error('Say from when until when there is a picture.');
  if (on === off) throw new Error('A picture from one time until the same time is none. Choose two times.');
  return { display: { on, off } };
}
