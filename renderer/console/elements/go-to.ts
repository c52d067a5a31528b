import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Live } from '../live/live.ts';
import { readSensors } from '../sensors/sensor-acts.ts';
import { allGoals, type Goal, goalsFor, type KnownGoals } from '../view/go-to-list.ts';
import { navigate } from '../view/navigate.ts';
import { counted } from '../view/words.ts';
import { type IconName, icon } from './icon.ts';
import { LightElement } from './light-element.ts';
import { pagesOf } from './rail.ts';

const MAX_SHOWN = 40;
const ICONS: Readonly<Record<Goal['kind'], IconName>> = {
  page: 'lines',
  store: 'store',
  sign: 'screen',
  sensor: 'sensor',
};
const KIND_WORDS: Readonly<Record<Goal['kind'], string>> = {
  page: 'Page',
  store: 'Store',
  sign: 'Sign',
  sensor: 'Sensor',
};

/** Goes to any store, sign, sensor or page by some letters of its name. */
@customElement('go-to')
export class GoTo extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private isOpen = false;
  @state() private text = '';
  @state() private at = 0;
  @state() private sensors: KnownGoals['sensors'] = [];
  @query('dialog') private dialog!: HTMLDialogElement;

  async open(): Promise<void> {
    if (this.isOpen) return;
    Object.assign(this, { isOpen: true, text: '', at: 0 });
    void this.#readSensors();
    await this.updateComplete;
    this.dialog.showModal();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.isOpen && changed.size > 0)
      this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { isOpen, live, text } = this;
    if (!isOpen || live === undefined) return nothing;
    const found = this.#found(live);
    const shown = found.slice(0, MAX_SHOWN);
    const at = Math.min(this.at, shown.length - 1);
    return html`<dialog class="go-to" aria-label="Go to" @close=${this.#closed} @click=${this.#outside}>
      <div class="go-in">${icon('search')}<input type="text" role="combobox" aria-label="Go to a store, sign, sensor or page" autofocus
        aria-expanded="true" aria-controls="go-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"
        aria-activedescendant=${at < 0 ? nothing : `go-${at}`} placeholder="Store, sign, sensor or page" .value=${text}
        @input=${this.#typed} @keydown=${this.#pressed} /><kbd aria-hidden="true">Esc</kbd></div>
      <ul id="go-list" role="listbox" aria-label="Where to">${shown.map(
        (
          { kind, name, beside },
          index,
        ) => html`<li id=${`go-${index}`} role="option" aria-selected=${index === at}
          @click=${() => this.#go(shown[index])} @pointermove=${() => {
            this.at = index;
          }}>${icon(ICONS[kind])}<b>${name}</b>${beside === '' ? nothing : html`<span>${beside}</span>`}<small>${KIND_WORDS[kind]}</small></li>`,
      )}</ul>
      <p class="q" role="status">${
        found.length === 0
          ? 'Nothing is called like that.'
          : found.length > MAX_SHOWN
            ? `${counted(found.length, 'place')} found. The first ${MAX_SHOWN} are shown.`
            : text === ''
              ? 'Type a name.'
              : `${counted(found.length, 'place')} found.`
      }</p>
    </dialog>`;
  }

  #found({ overview, fleet, person }: Live): readonly Goal[] {
    return goalsFor(allGoals({ overview, fleet, pages: pagesOf(person), sensors: this.sensors }), this.text);
  }

  async #readSensors(): Promise<void> {
    const { sensors } = await readSensors().catch(() => ({ sensors: [] }));
    this.sensors = sensors.map(({ sensorId, places }) => ({ sensorId, storeId: places[0]?.storeId ?? null }));
  }

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.at = 0;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing || this.live === undefined) return;
    const shown = this.#found(this.live).slice(0, MAX_SHOWN);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) this.at = (this.at + step + shown.length) % shown.length;
    else if (event.key === 'Enter') this.#go(shown[Math.min(this.at, shown.length - 1)]);
    else return;
    event.preventDefault();
  };

  readonly #closed = (): void => {
    this.isOpen = false;
  };

  /** The area around the dialog belongs to it, and closes it. */
  readonly #outside = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.dialog.close();
  };

  #go(goal: Goal | undefined): void {
    if (goal === undefined) return;
    this.dialog.close();
    navigate(goal.path);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'go-to': GoTo;
  }
}
