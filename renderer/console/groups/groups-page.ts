import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../elements/icon.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { moveThrough } from '../view/list-keys.ts';
import { keepTextInAddress, textInAddress } from '../view/text-in-address.ts';
import { counted } from '../view/words.ts';
import './group-card.ts';
import { groupRows } from './group-list.ts';
import './new-group.ts';

/** Groups of stores: what a sign is assigned to. */
@customElement('groups-page')
export class GroupsPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private text = textInAddress();
  @state() private openId: string | null = null;
  @state() private isMaking = false;
  @query('input[type=search]') private search!: HTMLInputElement | null;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new KeysController(this, this.#onKey);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live } = this;
    if (live === undefined) return nothing;
    const all = groupRows(live.overview, live.fleet);
    const rows = groupRows(live.overview, live.fleet, this.text);
    return html`<header class="head"><div>
        <h1 tabindex="-1">Groups</h1>
        <p class="under">${counted(all.length, 'group')}. A sign shows the stores of its group.</p></div>
        ${
          mayAs(live.person?.role, 'admin')
            ? html`<div class="acts"><button class="btn go" type="button" aria-expanded=${this.isMaking} @click=${() => this.#making(!this.isMaking)}>${icon('plus')}New group</button></div>`
            : nothing
        }
      </header>
      ${this.isMaking ? html`<new-group .live=${live} @leave=${() => this.#making(false)} @made=${this.#made}></new-group>` : nothing}
      <div class="filters"><label class="field"><span class="unseen">Filter groups</span>
        <input type="search" placeholder="Filter by group or store" .value=${this.text} @input=${(event: Event) => this.#filter((event.target as HTMLInputElement).value)}>
        <kbd aria-hidden="true">/</kbd></label></div>
      ${
        rows.length === 0
          ? html`<p class="empty">${all.length === 0 ? 'There is no group yet. Each store begins one of its own name.' : 'No group is like that.'}</p>`
          : html`<ul class="card groups">${repeat(
              rows,
              ({ storeGroupId }) => storeGroupId,
              (
                row,
              ) => html`<li><group-card .live=${live} .row=${row} ?open=${row.storeGroupId === this.openId}
                @toggle-group=${() => this.#open(row.storeGroupId)}></group-card></li>`,
            )}</ul>`
      }
      <p class="keys"><span><kbd>J</kbd> <kbd>K</kbd> next group</span><span><kbd>Enter</kbd> open</span><span><kbd>/</kbd> filter</span></p>`;
  }

  #filter(text: string): void {
    this.text = text;
    keepTextInAddress(text);
  }

  #open(storeGroupId: string): void {
    this.openId = this.openId === storeGroupId ? null : storeGroupId;
  }

  #making(isMaking: boolean): void {
    this.isMaking = isMaking;
  }

  readonly #made = ({ detail }: CustomEvent<string>): void => {
    this.isMaking = false;
    this.openId = detail;
  };

  readonly #onKey = (event: KeyboardEvent): void =>
    moveThrough(event, this.querySelectorAll<HTMLElement>('.row-open'), this.search);
}

declare global {
  interface HTMLElementTagNameMap {
    'groups-page': GroupsPage;
  }
}
