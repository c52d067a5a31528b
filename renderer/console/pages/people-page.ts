import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type People,
  type PersonMade,
  type PersonRequest,
  peopleSchema,
  personMadeSchema,
  roleSchema,
} from '../../../cloud/contracts/person.ts';
import { anyAnswer, ask, problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import '../elements/secret-text.ts';
import '../elements/v-age.ts';
import { storeChoice } from '../groups/store-choice.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { counted } from '../view/words.ts';
import './person-change.ts';
import { ROLES } from './roles.ts';

type Listed = People['people'][number];

/** Who may come in, with which key, and to do what. */
@customElement('people-page')
export class PeoplePage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private people: readonly Listed[] | null = null;
  @state() private made: PersonMade | null = null;
  /** Whether who is let in has all stores. */
  @state() private isOfAll = true;
  /** Whose role and stores are being changed. */
  @state() private changing: string | null = null;
  /** Who is to be removed, once that is confirmed. */
  @state() private removing: string | null = null;
  @state() private problem = '';
  /** What is wrong with the form of who is let in: it stands beside its button. */
  @state() private formProblem = '';

  constructor() {
    super();
    new LiveController(this, () => this.live);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { people, made } = this;
    return html`<header class="head"><div>
        <h1 tabindex="-1">People and keys</h1>
        <p class="under">Each person signs in with a key of their own.</p>
      </div></header>
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      ${
        made === null
          ? nothing
          : html`<section class="card made" aria-label="The new key">
              <p class="once">The key of ${made.person.name}. Shown this once. We keep no copy. If it is lost, remove the person and make them anew.</p>
              <secret-text .text=${made.key} .what=${`key of ${made.person.name}`}></secret-text>
              <div class="acts after-acts"><button class="btn" type="button" @click=${() => this.#hide()}>I have it</button></div>
            </section>`
      }
      ${people === null ? nothing : html`<ul class="card people">${people.map((person) => this.#line(person))}</ul>`}
      <form class="card person-form" @submit=${this.#submit} novalidate>
        <header><h2>Let a person in</h2></header>
        <div class="ef">
          <label class="lab">Name <input class="in" name="name" maxlength="40" autocomplete="off" /></label>
          <label class="lab">Role <select class="in" name="role">${ROLES.map(({ role, words }) => html`<option value=${role}>${words}</option>`)}</select></label>
          <label class="lab">Stores <select class="in" name="reach" @change=${this.#reach}>
            <option value="all">All stores, those to come as well</option>
            <option value="some">Only some</option></select></label>
        </div>
        ${this.isOfAll || this.live === undefined ? nothing : storeChoice(this.live, new Set(), 'Their stores')}
        ${this.formProblem === '' ? nothing : html`<p class="wrong" role="alert">${this.formProblem}</p>`}
        <div class="acts after-acts"><button class="btn go" type="submit">Make a key</button></div>
      </form>`;
  }

  #line(person: Listed): TemplateResult {
    const { personId, name, role, storeIds, lastSeenAtMs } = person;
    const isSelf = personId === this.live?.person?.personId;
    const stores = storeIds === null ? 'all stores' : counted(storeIds.length, 'store');
    return html`<li>
      <span><b>${name}</b>${isSelf ? ' (you)' : ''}<small>${role}, ${stores}</small></span>
      <span class="q">seen <v-age .atMs=${lastSeenAtMs} .clockOffsetMs=${this.live?.clockOffsetMs ?? 0} never="never"></v-age></span>
      ${
        this.removing === personId
          ? html`<p class="ask-first">${isSelf ? 'That is you: you are signed out at once.' : `${name} is signed out at once, and the key stops working.`}
              What they did stays on record.
              <button class="btn danger" type="button" @click=${() => this.#remove(personId)}>Remove ${name}</button>
              <button class="btn" type="button" @click=${() => this.#asks(null)}>Keep</button></p>`
          : html`<button class="btn small-btn" type="button" aria-expanded=${this.changing === personId} @click=${() => this.#changes(this.changing === personId ? null : personId)}>Change<span class="unseen"> ${name}</span></button>
            <button class="btn small-btn" type="button" @click=${() => this.#asks(personId)}>Remove<span class="unseen"> ${name}</span></button>`
      }
      ${
        this.changing === personId && this.live !== undefined
          ? html`<person-change .live=${this.live} .person=${person} @leave=${() => this.#changes(null)} @changed=${this.#changed}></person-change>`
          : nothing
      }
    </li>`;
  }

  #asks(personId: string | null): void {
    this.removing = personId;
    this.changing = null;
  }

  #changes(personId: string | null): void {
    this.changing = personId;
    this.removing = null;
  }

  readonly #changed = (): void => {
    this.changing = null;
    void this.#read();
  };

  #hide(): void {
    this.made = null;
  }

  async #read(): Promise<void> {
    try {
      this.people = (await ask(peopleSchema, API_PATHS.people)).people;
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }

  readonly #reach = (event: Event): void => {
    this.isOfAll = (event.target as HTMLSelectElement).value === 'all';
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const name = String(data.get('name') ?? '').trim();
    if (name === '') {
      this.formProblem = 'Give the person a name.';
      form.querySelector('input')?.focus();
      return;
    }
    const chosen = data.getAll('store').map(String);
    if (!this.isOfAll && chosen.length === 0) {
      this.formProblem = 'Choose at least one store.';
      form.querySelector<HTMLElement>('[name=store]')?.focus();
      return;
    }
    const body: PersonRequest = {
      name,
      role: roleSchema.parse(data.get('role')),
      storeIds: this.isOfAll ? null : chosen,
    };
    try {
      this.made = await ask(personMadeSchema, API_PATHS.people, { method: 'POST', body });
      this.formProblem = '';
      form.reset();
      this.isOfAll = true;
      await this.#read();
    } catch (problem) {
      this.formProblem = problemWords(problem);
    }
  };

  async #remove(personId: string): Promise<void> {
    try {
      await ask(anyAnswer, API_PATHS.person(personId), { method: 'DELETE' });
      this.problem = '';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
    this.removing = null;
    await this.#read();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'people-page': PeoplePage;
  }
}
