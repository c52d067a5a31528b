import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { CHOICES, type Choice, minutesOf, shelve } from './shelving.ts';

/** Puts an alert aside for a while. Tells `shelved`. */
@customElement('shelve-alert')
export class ShelveAlert extends LightElement {
  @property() storeId = '';
  @property({ attribute: false }) alert: ListedAlert | undefined;
  @property({ attribute: false }) words = '';
  @property({ attribute: false }) nowMs = 0;
  @property() timeZone = 'UTC';
  @property() by = '';
  @state() private choice: Choice = '15 min';
  @state() private problem = '';
  @state() private isSending = false;

  protected override render(): TemplateResult | typeof nothing {
    const { alert, choice, words } = this;
    if (alert === undefined) return nothing;
    return html`<details class="shelve" @keydown=${this.#pressed} @toggle=${this.#toggled}>
      <summary class="btn small-btn">Shelve<span class="unseen">: ${words}</span></summary>
      <form @submit=${this.#submit}>
        <fieldset class="seg">
          <legend class="unseen">For how long</legend>
          ${CHOICES.map(
            (each) =>
              html`<label><input type="radio" name="for" .checked=${each === choice} @change=${() => {
                this.choice = each;
              }} />${each}</label>`,
          )}
        </fieldset>
        <label class="lab">Why <input class="in" name="why" maxlength="200" autocomplete="off" placeholder="Sensor is being replaced" /></label>
        <p class="q">It stays active and on record, but asks nobody. It comes back by itself when the time is over.</p>
        ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
        <div class="acts">
          <button class="btn go" type="submit" ?disabled=${this.isSending}>Shelve ${/^\d/.test(choice) ? `for ${choice}` : choice}</button>
          <button class="btn" type="button" @click=${this.#close}>Cancel</button>
        </div>
      </form>
    </details>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget as HTMLFormElement).get('why') ?? '').trim();
    const { alert, choice, nowMs, timeZone } = this;
    if (alert === undefined) return;
    this.isSending = true;
    this.problem = '';
    try {
      await shelve(this.storeId, alert, { forMinutes: minutesOf(choice, nowMs, timeZone), why, by: this.by });
      this.#close();
      this.dispatchEvent(new CustomEvent('shelved', { bubbles: true }));
    } catch (problem) {
      this.problem = problemWords(problem);
    } finally {
      this.isSending = false;
    }
  };

  /** The button that opened it is gone: the focus goes on to what it opened. */
  readonly #toggled = ({ target }: Event): void => {
    if ((target as HTMLDetailsElement).open) this.querySelector<HTMLInputElement>('input:checked')?.focus();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#close();
  };

  readonly #close = (): void => {
    const details = this.querySelector('details');
    if (details === null) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'shelve-alert': ShelveAlert;
  }
}
