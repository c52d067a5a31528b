import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { at } from './draft-path.ts';
import type { Problems } from './draft-problems.ts';
import type { StoreDraft } from './store-draft.ts';

/** What fields are drawn from. Each is named by its path in the draft, which is also the field that a refusal names. */
export type Form = {
  readonly draft: StoreDraft;
  readonly problems: Problems;
  readonly change: (path: string, value: unknown) => void;
};

type Labelled = { readonly label: string; readonly hint?: string; readonly class?: string };

const idOfPath = (path: string): string => `f-${path.replaceAll('.', '-')}`;

/** The words for one field, beside it and tied to it. */
function labelled(
  { problems }: Form,
  path: string,
  { label, hint, class: look = '' }: Labelled,
  control: (wrong: string | undefined, describedBy: string | undefined) => TemplateResult,
): TemplateResult {
  const wrong = problems.get(path);
  const id = idOfPath(path);
  const describedBy = wrong !== undefined ? `${id}-wrong` : hint !== undefined ? `${id}-hint` : undefined;
  return html`<div class="lab ${look} ${wrong === undefined ? '' : 'is-wrong'}"><label for=${id}>${label}</label>${control(wrong, describedBy)}
    ${wrong === undefined ? nothing : html`<span class="wrong" id=${`${id}-wrong`}>${wrong}</span>`}
    ${hint === undefined || wrong !== undefined ? nothing : html`<span class="q" id=${`${id}-hint`}>${hint}</span>`}</div>`;
}

export const textField = (
  form: Form,
  path: string,
  options: Labelled & {
    readonly type?: 'text' | 'time' | 'date';
    readonly placeholder?: string;
    readonly max?: number;
  },
): TemplateResult =>
  labelled(
    form,
    path,
    options,
    (
      wrong,
      describedBy,
    ) => html`<input class="in" id=${idOfPath(path)} name=${path} type=${options.type ?? 'text'}
      maxlength=${options.max ?? nothing} placeholder=${options.placeholder ?? nothing} autocomplete="off"
      aria-invalid=${wrong !== undefined} aria-describedby=${describedBy ?? nothing}
      .value=${live(String(at(form.draft, path) ?? ''))}
      @input=${(event: Event) => form.change(path, (event.target as HTMLInputElement).value)} />`,
  );

export const numberField = (
  form: Form,
  path: string,
  options: Labelled & { readonly placeholder?: string },
): TemplateResult =>
  labelled(
    form,
    path,
    options,
    (
      wrong,
      describedBy,
    ) => html`<input class="in" id=${idOfPath(path)} name=${path} type="number" min="0" step="1" inputmode="numeric"
      placeholder=${options.placeholder ?? nothing} aria-invalid=${wrong !== undefined} aria-describedby=${describedBy ?? nothing}
      .value=${String(at(form.draft, path) ?? '')}
      @input=${(event: Event) => {
        const { valueAsNumber } = event.target as HTMLInputElement;
        form.change(path, Number.isNaN(valueAsNumber) ? null : valueAsNumber);
      }} />`,
  );

export const selectField = (
  form: Form,
  path: string,
  options: Labelled & { readonly options: readonly (readonly [value: string, words: string])[] },
): TemplateResult =>
  labelled(
    form,
    path,
    options,
    (
      wrong,
      describedBy,
    ) => html`<select class="in" id=${idOfPath(path)} name=${path} aria-invalid=${wrong !== undefined} aria-describedby=${describedBy ?? nothing}
      @change=${(event: Event) => form.change(path, (event.target as HTMLSelectElement).value)}>
      ${options.options.map(([value, words]) => html`<option value=${value} .selected=${value === at(form.draft, path)}>${words}</option>`)}
    </select>`,
  );

export const checkField = (form: Form, path: string, words: string): TemplateResult =>
  html`<label class="check"><input type="checkbox" name=${path} .checked=${live(at(form.draft, path) === true)}
    @change=${(event: Event) => form.change(path, (event.target as HTMLInputElement).checked)} /><span>${words}</span></label>`;

export function radioFields(
  form: Form,
  path: string,
  legend: string,
  options: readonly (readonly [value: string, words: string])[],
): TemplateResult {
  return html`<fieldset class="choices"><legend>${legend}</legend>${options.map(
    ([
      value,
      words,
    ]) => html`<label class="check"><input type="radio" name=${path} .checked=${live(at(form.draft, path) === value)}
      @change=${() => form.change(path, value)} /><span>${words}</span></label>`,
  )}</fieldset>`;
}

/** What is wrong with a whole part, and not with one of its fields. */
export const partProblem = ({ problems }: Form, path: string): TemplateResult | typeof nothing =>
  problems.has(path)
    ? html`<p class="wrong" data-field=${path} tabindex="-1">${problems.get(path)}</p>`
    : nothing;
