import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type CorrectionRecord, correctionsSchema } from '../../../cloud/contracts/correction.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { ask, problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { undoing } from './undoing.ts';

const OFFERED_FOR_MS = 10_000;
/** Nobody loses the button from under the pointer. */
const LOOK_AGAIN_MS = 2_000;

/** Says that a correction is made, and takes it back for a while. Tells `undone`. */
@customElement('undo-line')
export class UndoLine extends LightElement {
  /** What was just done. */
  @property({ attribute: false }) done: readonly CorrectionRecord[] = [];
  @property({ attribute: false }) by = '';
  @state() private isOffered = false;
  @state() private words = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('done')) return;
    clearTimeout(this.#timer);
    this.isOffered = undoing(this.done, this.by).length > 0;
    this.words = this.done.length === 0 ? '' : 'The count is put right. The signs show it now.';
    if (this.isOffered) this.#timer = setTimeout(this.#ends, OFFERED_FOR_MS);
  }

  protected override render(): TemplateResult {
    return html`<p class="done-line undo" ?hidden=${this.words === ''}>
      <span role="status">${this.words}</span>
      ${this.isOffered ? html`<button class="btn small-btn" type="button" @click=${this.#undo}>Undo</button>` : nothing}
    </p>`;
  }

  readonly #ends = (): void => {
    if (this.querySelector('.undo:hover, .undo :focus') !== null) {
      this.#timer = setTimeout(this.#ends, LOOK_AGAIN_MS);
      return;
    }
    this.isOffered = false;
  };

  readonly #undo = async (): Promise<void> => {
    clearTimeout(this.#timer);
    this.isOffered = false;
    try {
      for (const body of undoing(this.done, this.by)) {
        const path = API_PATHS.corrections(this.done[0]?.storeId ?? '');
        await ask(correctionsSchema, path, { method: 'POST', body });
      }
      this.words = 'Taken back. Both corrections stay on record.';
      this.dispatchEvent(new CustomEvent('undone'));
    } catch (problem) {
      this.words = `It was not taken back. ${problemWords(problem)}`;
      this.isOffered = true;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'undo-line': UndoLine;
  }
}
