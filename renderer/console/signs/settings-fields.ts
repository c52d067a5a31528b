import { html, type TemplateResult } from 'lit';
import type { SignSettings } from '../../../cloud/contracts/sign-report.ts';
import { LANGUAGES } from '../../design/strings/languages.ts';
import './brand-fields.ts';
import { WORDS_PREFIX } from './settings-of.ts';
import { BOARD_WORDS } from './sign-words.ts';

type Options = readonly (readonly [value: string, words: string])[];

const names = new Intl.DisplayNames('en', { type: 'language' });
const SPOKEN: Options = LANGUAGES.map((language) => [language, names.of(language) ?? language]);
const AS_STARTED: Options = [['', 'As started']];
const THEMES: Options = [...AS_STARTED, ['dark', 'Dark'], ['light', 'Light']];
const TURNS: Options = [
  ...AS_STARTED,
  ['0', 'Not turned'],
  ['90', 'Clockwise by a quarter'],
  ['180', 'Upside down'],
  ['270', 'Anticlockwise by a quarter'],
];
const DISPLAYS: Options = [
  ...AS_STARTED,
  ['always', 'Always'],
  ['opening-hours', 'While the store is open'],
  ['times', 'From one time until another'],
];
const ANSWERS: Options = [
  ['', 'By phone, with a code'],
  ['here', 'By key or touch too'],
  ['off', 'Not at all'],
];
const CUSTOMER_WORDS: readonly (readonly [name: string, label: string, ours: string])[] = [
  ['open', 'Open', 'Come in'],
  ['nearly', 'Nearly full', 'Nearly full'],
  ['full', 'Full', 'Please wait'],
  ['unknown', 'Not known', 'Ask our staff'],
  ['closed', 'Closed', 'Closed'],
];

/** All that an operator chooses for one sign, as fields of a form. */
export const settingsFields = (settings: SignSettings): TemplateResult => html`
  <fieldset class="seg-set"><legend>Board</legend><div class="seg">
    ${Object.entries(BOARD_WORDS).map(
      ([board, { name }]) =>
        html`<label><input type="radio" name="board" value=${board} .checked=${settings.board === board}>${name}</label>`,
    )}
  </div></fieldset>
  <div class="two">
    ${choice('Language', 'language', [...AS_STARTED, ...SPOKEN], settings.language)}
    ${choice('Second language, for customers', 'secondLanguage', [['', 'None'], ...SPOKEN], settings.secondLanguage)}
    ${choice('Theme', 'theme', THEMES, settings.theme)}
    ${choice('Picture turned', 'turnedDegrees', TURNS, settings.turnedDegrees)}
    ${farField(settings.farMetres)} ${panelField(settings.panelInches)}
  </div>
  <brand-fields .brand=${settings.brand}></brand-fields>
  ${displayFields(settings.display)}
  ${choice('Answering alerts at the sign', 'answering', ANSWERS, settings.answering === 'phone' ? '' : settings.answering)}
  <p class="q">On a board for managers. By key or touch, anybody in front of it may answer. The record then names the sign.</p>
  <details class="own-words" ?open=${settings.words !== undefined}>
    <summary>Words for customers</summary>
    <p class="q">In place of ours on a door board, in the sign's first language. Empty: ours.</p>
    <div class="two">${CUSTOMER_WORDS.map(([name, label, ours]) => wordField(name, label, ours, settings.words))}</div>
  </details>
  <label class="muted-set"><input type="checkbox" name="muted" .checked=${settings.muted === true}>
    <span>Muted<small>That it is dark asks nobody for an answer.</small></span></label>`;

export const farField = (farMetres: number | undefined): TemplateResult =>
  html`<label class="lab">Read from, metres
    <input class="in" name="farMetres" type="number" min="1" max="40" step="any" inputmode="decimal"
      .value=${said(farMetres)} placeholder="as started"></label>`;

const panelField = (panelInches: number | undefined): TemplateResult =>
  html`<label class="lab">Panel, inches across
    <input class="in" name="panelInches" type="number" min="7" max="120" step="any" inputmode="decimal"
      .value=${said(panelInches)} placeholder="as started"></label>`;

/** The two times stand there only where they are chosen: the stylesheet sees to it. */
function displayFields(display: SignSettings['display']): TemplateResult {
  const times = typeof display === 'object' ? display : undefined;
  const kind = typeof display === 'object' ? 'times' : display;
  return html`<div class="two display-set">
    ${choice('A picture', 'display', DISPLAYS, kind)}
    <div class="times">
      <label class="lab">From<input class="in" type="time" name="displayOn" .value=${times?.on ?? '07:00'}></label>
      <label class="lab">Until<input class="in" type="time" name="displayOff" .value=${times?.off ?? '22:00'}></label>
    </div>
  </div>
  <p class="q">By the store's clock. Outside of it the glass is black, which is no fault.</p>`;
}

const wordField = (
  name: string,
  label: string,
  ours: string,
  words: SignSettings['words'],
): TemplateResult => html`<label class="lab">${label}
  <input class="in" name=${WORDS_PREFIX + name} maxlength="40" autocomplete="off" placeholder=${ours}
    .value=${said(words?.[name as keyof NonNullable<SignSettings['words']>])}></label>`;

/** A value that this page does not offer stays what it is. */
function choice(
  label: string,
  name: string,
  options: Options,
  value: string | number | undefined,
): TemplateResult {
  const chosen = said(value);
  const known = options.some(([each]) => each === chosen) ? options : [...options, [chosen, chosen] as const];
  return html`<label class="lab">${label}
    <select class="in" name=${name}>
      ${known.map(([each, words]) => html`<option value=${each} ?selected=${each === chosen}>${words}</option>`)}
    </select></label>`;
}

const said = (value: string | number | undefined): string => (value === undefined ? '' : String(value));
