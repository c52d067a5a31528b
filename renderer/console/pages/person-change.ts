import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { type Person, type PersonChange, roleSchema } from '../../../cloud/contracts/person.ts';
import { anyAnswer, ask, problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { storeChoice } from '../groups/store-choice.ts';
import type { Live } from '../live/live.ts';
import { ROLES } from './roles.ts';

/** What a person may do, and in which stores. Gives `changed` or `leave`. */
@customElement('person-change')
export class PersonChangeForm extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) person!: Person;
  @state() private isOfAll = true;
  @state() private problem = '';
  @state() private isBusy = false;

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.isOfAll = this.person.storeIds === null;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('select')?.focus();
  }

  protected override render(): TemplateResult {
    const { person, live } = this;
    const isSelf = person.personId === live.person?.personId;
    return html`<form class="person-change" @submit=${this.#submit} novalidate>
      <div class="ef">
        <label class="lab">Role <select class="in" name="role">${ROLES.map(({ role, words }) => html`<option value=${role} ?selected=${role === person.role}>${words}</option>`)}</select></label>
        <label class="lab">Stores <select class="in" name="reach" @change=${this.#reach}>
          <option value="all" ?selected=${this.isOfAll}>All stores, those to come as well</option>
          <option value="some" ?selected=${!this.isOfAll}>Only some</option></select></label>
      </div>
      ${this.isOfAll ? nothing : storeChoice(live, new Set(person.storeIds ?? []), 'Their stores')}
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <div class="acts">
        <button class="btn go" type="submit" ?disabled=${this.isBusy}>Keep what ${person.name} may do</button>
        <button class="btn" type="button" @click=${() => this.dispatchEvent(new CustomEvent('leave'))}>Leave it</button>
        <span class="q">${isSelf ? 'That is you: it holds at once.' : 'It holds at once. Their key stays the same.'}</span>
      </div>
    </form>`;
  }

  readonly #reach = (event: Event): void => {
    this.isOfAll = (event.target as HTMLSelectElement).value === 'all';
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const chosen = data.getAll('store').map(String);
    if (!this.isOfAll && chosen.length === 0) {
      this.problem = 'Choose at least one store.';
      return;
    }
    const body: PersonChange = {
      role: roleSchema.parse(data.get('role')),
      storeIds: this.isOfAll ? null : chosen,
    };
    this.isBusy = true;
    try {
      await ask(anyAnswer, API_PATHS.person(this.person.personId), { method: 'PUT', body });
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.isBusy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'person-change': PersonChangeForm;
  }
}
