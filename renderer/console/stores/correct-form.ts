import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type CorrectionRequest, correctionsSchema } from '../../../cloud/contracts/correction.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { ask, problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { numberWords } from '../view/words.ts';
import { actWords, countAfter, effectWords, type ResetTo, type Wish } from './correction-effect.ts';

const KINDS = [
  { kind: 'add', word: 'Add or take off' },
  { kind: 'set', word: 'Set to' },
  { kind: 'reset', word: 'Reset' },
] as const;

/** Puts a count right, with the effect in words before it. Tells `corrected`, with what was done, and `closed`. */
@customElement('correct-form')
export class CorrectForm extends LightElement {
  @property({ attribute: false }) content: SnapshotContent | undefined;
  /** Who does it. */
  @property() by = '';
  /** What the reset of this store sets it to; null: not known so far. */
  @property({ attribute: false }) resetTo: ResetTo = null;
  /** The act that the form opens with. */
  @property() first: Wish['kind'] = 'add';
  @state() private kind: Wish['kind'] = 'add';
  @state() private people: number | null = null;
  @state() private zone: string | null = null;
  @state() private problem = '';
  @state() private isSending = false;

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.kind = this.first;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLInputElement>('input[name=kind]:checked')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { content, kind, people } = this;
    if (content === undefined) return nothing;
    const zone = content.zones.length > 1 ? (this.zone ?? content.zones[0]?.id ?? null) : null;
    const wish: Wish = { kind, people, zone };
    return html`<form class="card correct" @submit=${(event: SubmitEvent) => this.#submit(event, wish)} @keydown=${this.#pressed} novalidate>
      <header><h2>Correct the count</h2><span class="q">The readings are kept. Your correction is added beside them, under your name.</span></header>
      <div class="crow">
        <fieldset class="seg">
          <legend class="unseen">What to do</legend>
          ${KINDS.map(
            (each) => html`<label
              ><input type="radio" name="kind" .checked=${kind === each.kind} @change=${() => this.#chooses(each.kind)} />${each.word}</label
            >`,
          )}
        </fieldset>
        ${kind === 'reset' ? nothing : this.#number()}
        ${
          zone === null || kind === 'reset'
            ? nothing
            : html`<label class="lab">Zone
                <select class="in" @change=${(event: Event) => {
                  this.zone = (event.target as HTMLSelectElement).value;
                }}>
                  ${content.zones.map(({ id, name }) => html`<option value=${id} ?selected=${id === zone}>${name}</option>`)}
                </select></label>`
        }
        <label class="lab reason">Why <input class="in" name="why" maxlength="300" placeholder="Counted by hand" /></label>
      </div>
      <div class="after">
        ${comparison(content, countAfter(wish, content, this.resetTo))}
        <ul aria-live="polite">
          ${effectWords(wish, content, this.resetTo).map((words) => html`<li>${words}</li>`)}
          ${kind === 'set' ? html`<li>It means now. Whoever passes a door while you type is counted on top.</li>` : nothing}
        </ul>
        <div class="acts">
          <button class="btn" type="button" @click=${() => this.#close()}>Cancel</button>
          <button class="btn go" type="submit" ?disabled=${this.isSending}>${actWords(wish, this.resetTo)}</button>
        </div>
      </div>
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
    </form>`;
  }

  #number(): TemplateResult {
    const { kind, people } = this;
    const least = kind === 'add' ? -1_000_000 : 0;
    return html`<label class="lab how-many">${kind === 'add' ? 'People, minus for fewer' : 'People inside'}
      <input class="in" name="people" type="number" step="1" min=${least} max="1000000" .value=${people === null ? '' : String(people)}
        @input=${(event: InputEvent) => {
          const { valueAsNumber } = event.target as HTMLInputElement;
          this.people = Number.isInteger(valueAsNumber) ? valueAsNumber : null;
        }} /></label>`;
  }

  #chooses(kind: Wish['kind']): void {
    this.kind = kind;
    this.people = null;
    this.problem = '';
  }

  async #submit(event: SubmitEvent, { kind, people, zone }: Wish): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const why = (form.elements.namedItem('why') as HTMLInputElement).value.trim();
    if (
      kind !== 'reset' &&
      (people === null || (kind === 'add' && people === 0) || (kind === 'set' && people < 0))
    ) {
      this.problem = kind === 'add' ? 'Say how many, 4 or -4.' : 'Say how many are inside, 0 or more.';
      form.querySelector<HTMLInputElement>('[name=people]')?.focus();
      return;
    }
    const place = zone === null ? {} : { zone };
    const { by } = this;
    const body: CorrectionRequest =
      kind === 'reset' ? { kind, by, why } : { kind, people: people ?? 0, ...place, by, why };
    this.isSending = true;
    this.problem = '';
    try {
      const path = API_PATHS.corrections(this.content?.store.id ?? '');
      const { corrections } = await ask(correctionsSchema, path, { method: 'POST', body });
      this.dispatchEvent(new CustomEvent('corrected', { detail: corrections }));
      this.#close();
    } catch (problem) {
      this.problem = problemWords(problem);
    } finally {
      this.isSending = false;
    }
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('closed'));
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#close();
  };
}

function comparison({ count }: SnapshotContent, after: number | null): TemplateResult {
  return html`<p class="ba"><span class="was">now <b>${numberWords(count)}</b></span>${
    after === null ? nothing : html`<span>then <b>${numberWords(after)}</b></span>`
  }</p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'correct-form': CorrectForm;
  }
}
