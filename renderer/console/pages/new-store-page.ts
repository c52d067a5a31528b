import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { type StoreKept, storeKeptSchema } from '../../../cloud/contracts/store-description.ts';
import { ApiProblem, ask, problemWords } from '../api/ask.ts';
import { icon } from '../elements/icon.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { madeSensors } from '../stores/made-sensors.ts';
import { describedStore, ownTimeZone, timeZones, usualSoft } from '../stores/new-store.ts';
import { PATHS } from '../view/router.ts';

type Made = { readonly name: string; readonly kept: StoreKept };
type Problem = { readonly words: string; readonly field: string };
const NO_PROBLEM: Problem = { words: '', field: '' };

/** Name, limit, doors: then each sensor's connection string, once. */
@customElement('new-store-page')
export class NewStorePage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private doors: readonly string[] = ['Main entrance'];
  @state() private problem: Problem = NO_PROBLEM;
  @state() private made: Made | null = null;
  @state() private isSending = false;

  protected override render(): TemplateResult | typeof nothing {
    const { live, made } = this;
    if (live === undefined) return nothing;
    if (made !== null) return this.#done(made);
    return html`<header class="head"><div>
        <h1 tabindex="-1">New store</h1>
        <p class="under">Everything here can be changed later.</p>
      </div></header>
      ${
        mayAs(live.person?.role, 'admin')
          ? this.#form()
          : html`<p class="empty">Only an admin can make a store. Ask one of them.</p>`
      }`;
  }

  #form(): TemplateResult {
    return html`<form class="make-store" @submit=${this.#submit} novalidate>
      <section class="step"><i aria-hidden="true">1</i><div>
        <h2>Name your store</h2>
        <p>Its clock decides when a day begins. The limit decides when its signs say full.</p>
        <div class="ef">
          ${this.#field('name', 'Store', html`<input class="in" name="name" maxlength="80" autocomplete="off" />`)}
          ${this.#field(
            'timeZone',
            'Time zone',
            html`<select class="in" name="timeZone">${timeZones().map((zone) => html`<option ?selected=${zone === ownTimeZone()}>${zone}</option>`)}</select>`,
          )}
        </div>
        <div class="ef short">
          ${this.#field('hard', 'Limit', html`<input class="in" name="hard" type="number" min="1" max="1000000" step="1" value="100" @input=${this.#limitTyped} />`)}
          ${this.#field('soft', 'Nearly full from', html`<input class="in" name="soft" type="number" min="1" max="1000000" step="1" value="90" />`)}
        </div>
      </div></section>
      <section class="step"><i aria-hidden="true">2</i><div>
        <h2>Doors to the street</h2>
        <p>Each door gets a sensor with a key of its own.</p>
        <ol class="doors-edit">
          ${this.doors.map(
            (door, index) => html`<li>
              ${this.#field(
                `doors.${index}`,
                `Door ${index + 1}`,
                html`<input class="in" name=${`doors.${index}`} maxlength="80" autocomplete="off" .value=${door} @input=${(event: InputEvent) => this.#nameDoor(index, (event.target as HTMLInputElement).value)} />`,
              )}
              ${
                this.doors.length === 1
                  ? nothing
                  : html`<button class="btn" type="button" @click=${() => this.#removeDoor(index)}>Remove<span class="unseen"> door ${index + 1}</span></button>`
              }
            </li>`,
          )}
        </ol>
        ${this.doors.length < 16 ? html`<button class="btn" type="button" @click=${this.#addDoor}>${icon('plus')}Another door</button>` : nothing}
      </div></section>
      ${this.problem.words !== '' ? html`<p class="wrong" role="alert">${this.problem.words}</p>` : nothing}
      <div class="acts"><button class="btn go" type="submit" ?disabled=${this.isSending}>${this.isSending ? 'Making the store' : 'Make the store'}</button></div>
    </form>`;
  }

  #field(name: string, words: string, control: TemplateResult): TemplateResult {
    return html`<label class="lab ${this.problem.field === name ? 'is-wrong' : ''}">${words} ${control}</label>`;
  }

  #done({ name, kept: { storeId, createdSensors } }: Made): TemplateResult {
    return html`<header class="head"><div>
        <h1 tabindex="-1">${name} is made</h1>
        <p class="under">It counts as soon as a sensor sends its first reading.</p>
      </div></header>
      ${
        createdSensors.length === 0
          ? html`<p class="empty">Its sensors were known before. They keep their keys.</p>`
          : madeSensors(createdSensors)
      }
      <div class="acts after-acts">
        <a class="btn go" href=${PATHS.pair}>Put up a sign</a>
        <a class="btn" href=${PATHS.store(storeId)}>Go to the store</a>
      </div>`;
  }

  readonly #limitTyped = (event: InputEvent): void => {
    const { valueAsNumber, form } = event.target as HTMLInputElement;
    const soft = form?.elements.namedItem('soft');
    if (Number.isInteger(valueAsNumber) && soft instanceof HTMLInputElement)
      soft.value = String(usualSoft(valueAsNumber));
  };

  readonly #addDoor = async (): Promise<void> => {
    this.doors = [...this.doors, ''];
    await this.updateComplete;
    this.querySelector<HTMLInputElement>('.doors-edit li:last-child input')?.focus();
  };

  #nameDoor(index: number, name: string): void {
    this.doors = this.doors.with(index, name);
  }

  #removeDoor(index: number): void {
    this.doors = this.doors.filter((_, at) => at !== index);
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const [soft, hard] = [Number(text('soft')), Number(text('hard'))];
    const doorNames = this.doors.map((door) => door.trim()).filter((door) => door !== '');
    if (text('name') === '') return this.#wrong('Give the store a name.', 'name');
    if (!Number.isInteger(hard) || hard < 1) return this.#wrong('Say how many people may be inside.', 'hard');
    if (!Number.isInteger(soft) || soft < 0 || soft > hard) {
      return this.#wrong('Nearly full begins at the limit or below it.', 'soft');
    }
    if (doorNames.length === 0) return this.#wrong('A store needs at least one door.', 'doors.0');
    const asked = { name: text('name'), timeZone: text('timeZone'), soft, hard, doorNames };
    const taken = new Set(this.live?.overview?.stores.map(({ snapshot }) => snapshot.content.store.id));
    const { storeId, description } = describedStore(asked, taken);
    this.isSending = true;
    this.problem = NO_PROBLEM;
    try {
      const kept = await ask(storeKeptSchema, API_PATHS.store(storeId), { method: 'PUT', body: description });
      this.made = { name: asked.name, kept };
      void this.live?.refresh();
      await this.updateComplete;
      this.querySelector<HTMLElement>('h1')?.focus();
    } catch (problem) {
      this.#wrong(problemWords(problem), problem instanceof ApiProblem ? (problem.field ?? '') : '');
    } finally {
      this.isSending = false;
    }
  };

  #wrong(words: string, field: string): void {
    this.problem = { words, field };
    this.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'new-store-page': NewStorePage;
  }
}
