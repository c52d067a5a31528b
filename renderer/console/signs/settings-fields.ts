import { html, type TemplateResult } from 'lit';
import { type SignSettings, signSettingsSchema } from '../../../cloud/contracts/sign-report.ts';
import { BOARD_WORDS } from './sign-words.ts';

const LANGUAGES = [
  ['', 'As started'],
  ['en', 'English'],
  ['es', 'Spanish'],
] as const;
const THEMES = [
  ['', 'As started'],
  ['dark', 'Dark'],
  ['light', 'Light'],
] as const;

/** What an operator chooses for one sign, as fields of a form. */
export const settingsFields = (settings: SignSettings): TemplateResult => html`
  <fieldset class="seg-set"><legend>Board</legend><div class="seg">
    ${Object.entries(BOARD_WORDS).map(
      ([board, { name }]) =>
        html`<label><input type="radio" name="board" value=${board} .checked=${settings.board === board}>${name}</label>`,
    )}
  </div></fieldset>
  <div class="three">
    ${choice('Language', 'language', LANGUAGES, settings.language ?? '')}
    ${choice('Theme', 'theme', THEMES, settings.theme ?? '')}
    ${farField(settings.farMetres)}
  </div>`;

export const farField = (farMetres: number | undefined): TemplateResult =>
  html`<label class="lab">Read from, metres
    <input class="in" name="farMetres" type="number" min="1" max="40" step="0.5" inputmode="decimal"
      .value=${farMetres === undefined ? '' : String(farMetres)} placeholder="as started"></label>`;

const choice = (
  label: string,
  name: string,
  options: readonly (readonly [value: string, words: string])[],
  chosen: string,
): TemplateResult => {
  const known = options.some(([value]) => value === chosen)
    ? options
    : [...options, [chosen, chosen] as const];
  return html`<label class="lab">${label}
    <select class="in" name=${name}>
      ${known.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
    </select></label>`;
};

/** What was filled in; an empty field leaves it to how the device was started. */
export function settingsOf(data: FormData): SignSettings {
  const said = (name: string) => {
    const value = String(data.get(name) ?? '');
    return value === '' ? {} : { [name]: name === 'farMetres' ? Number(value) : value };
  };
  return signSettingsSchema.parse({
    ...said('board'),
    ...said('language'),
    ...said('theme'),
    ...said('farMetres'),
  });
}
