import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ListedSign, SignState } from '../../../cloud/contracts/fleet.ts';
import { LightElement } from '../elements/light-element.ts';
import { followSeconds } from '../elements/seconds.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { navigate } from '../view/navigate.ts';
import { PATHS } from '../view/router.ts';
import { heldOrder, rowsToMove } from './held-order.ts';
import './sign-bulk.ts';
import { countsByState, listedSections, type SignFilter } from './sign-list.ts';
import { signRow } from './sign-row.ts';
import './sign-why.ts';
import { listKey } from './list-keys.ts';
import { STATE_WORDS, STATES_WORST_FIRST, signs, summaryOf } from './sign-words.ts';
import { waitingSigns } from './waiting-signs.ts';

/** All signs, the worst first, and beside them why one shows what it shows. */
@customElement('signs-page')
export class SignsPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property({ attribute: false }) openSignId: string | null = null;
  @state() private filter: SignFilter = { text: '', state: null };
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private held = false;
  @query('input[type=search]') private search!: HTMLInputElement | null;
  #shown: readonly string[] = [];
  #unfollow: (() => void) | undefined;

  constructor() {
    super();
    new LiveController(this, () => this.live);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unfollow = followSeconds(() => this.requestUpdate());
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
    document.removeEventListener('keydown', this.#onKey);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('openSignId')) return;
    const { openSignId } = this;
    const before = changed.get('openSignId') ?? undefined;
    if (openSignId === null && before === undefined) return;
    // The frame takes the focus to the heading of the page one frame after it went there.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (openSignId === null) this.#linkOf(before)?.focus();
        else this.querySelector<HTMLElement>('.why h2')?.focus();
      }),
    );
  }

  protected override render(): TemplateResult {
    const { live, openSignId } = this;
    const fleet = live?.fleet?.signs.filter(({ revokedAtMs }) => revokedAtMs === null);
    if (live === undefined || fleet === undefined) return html`<p class="wait-words">Reading the signs.</p>`;
    const open = live.fleet?.signs.find(({ signId }) => signId === openSignId);
    return html`<div class="signs-split ${openSignId === null ? '' : 'with-why'}">
      <div class="signs-list">
        ${this.#head(fleet)}
        ${fleet.length === 0 ? emptyWords : html`${this.#chips(fleet)} ${this.#list(fleet, live)}`}
      </div>
      ${
        openSignId === null
          ? nothing
          : html`<sign-why .live=${live} .sign=${open} @close-why=${this.#close}></sign-why>`
      }
    </div>`;
  }

  #head(fleet: readonly ListedSign[]): TemplateResult {
    return html`<header class="head">
      <div>
        <h1 tabindex="-1">Signs</h1>
        <p class="under">${summaryOf(fleet)}</p>
      </div>
      ${this.#mayAct ? html`<div class="acts"><a class="btn go" href=${PATHS.pair}>Pair a sign</a></div>` : nothing}
    </header>`;
  }

  #chips(fleet: readonly ListedSign[]): TemplateResult {
    const counts = countsByState(fleet);
    const placed = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const chip = (what: SignState | null, content: TemplateResult) =>
      html`<button class="chip" type="button" aria-pressed=${this.filter.state === what}
        @click=${() => this.#only(what)}>${content}</button>`;
    return html`<div class="sum" role="group" aria-label="Show only">
        ${chip(null, html`<b>${placed}</b> ${placed === 1 ? 'sign' : 'signs'}`)}
        ${STATES_WORST_FIRST.filter((what) => counts[what] > 0 || this.filter.state === what).map((what) =>
          chip(
            what,
            html`<v-sign-state .state=${what} bare></v-sign-state><b>${counts[what]}</b> ${STATE_WORDS[what].toLowerCase()}`,
          ),
        )}
      </div>
      <div class="filters">
        <label class="field">
          <span class="unseen">Filter signs</span>
          <input type="search" placeholder="Filter by name, store, group or version" .value=${this.filter.text}
            @input=${(event: Event) => {
              this.filter = { ...this.filter, text: (event.target as HTMLInputElement).value };
            }}>
          <kbd aria-hidden="true">/</kbd>
        </label>
      </div>`;
  }

  #list(fleet: readonly ListedSign[], live: Live): TemplateResult {
    const { placed, waiting } = listedSections(fleet, this.filter, live.overview);
    const wanted = placed.map(({ signId }) => signId);
    this.#shown = this.held ? heldOrder(this.#shown, wanted) : wanted;
    const moving = rowsToMove(this.#shown, wanted);
    const rows = this.#shown.flatMap((id) => placed.find(({ signId }) => signId === id) ?? []);
    const chosen = rows.filter(({ signId }) => this.chosen.has(signId));
    const mayAct = this.#mayAct;
    return html`${rows.length === 0 ? nothing : this.#table(rows, chosen, live)}
      <p class="moving q" aria-live="polite">${
        moving === 0 ? nothing : html`${moving} rows want to move. They do as soon as you leave the list.`
      }</p>
      ${rows.length === 0 && waiting.length === 0 ? html`<p class="empty">No sign is like that.</p>` : nothing}
      ${waitingSigns(waiting, live, mayAct)}
      ${mayAct ? html`<sign-bulk .live=${live} .chosen=${chosen} @clear-selection=${this.#clearChosen}></sign-bulk>` : nothing}
      ${keysLine(mayAct)}`;
  }

  #table(rows: readonly ListedSign[], chosen: readonly ListedSign[], live: Live): TemplateResult {
    const all = rows.length === chosen.length;
    const mayAct = this.#mayAct;
    const row = (sign: ListedSign) =>
      signRow(sign, {
        live,
        isOpen: sign.signId === this.openSignId,
        isChosen: this.chosen.has(sign.signId),
        onChoose: mayAct ? (isChosen) => this.#choose([sign.signId], isChosen) : undefined,
      });
    return html`<table class="list signs-t" aria-label="Signs, the worst first" @pointerenter=${this.#hold}
      @pointerleave=${this.#release} @focusin=${this.#hold} @focusout=${this.#release}>
      <thead><tr>
        ${
          mayAct
            ? html`<th class="c-ck"><label class="ck"><input type="checkbox" aria-label="Select all ${signs(rows.length)}"
                .checked=${all} .indeterminate=${!all && chosen.length > 0}
                @change=${() =>
                  this.#choose(
                    rows.map(({ signId }) => signId),
                    !all,
                  )}></label></th>`
            : nothing
        }
        <th class="c-th" scope="col">On the glass</th><th class="c-name" scope="col">Sign</th>
        <th class="c-st" scope="col">State</th><th class="c-bo" scope="col">Board</th>
        <th class="c-pa" scope="col">Reported</th><th class="c-cm" scope="col">Last command</th>
      </tr></thead>
      <tbody>${repeat(rows, ({ signId }) => signId, row)}</tbody>
    </table>`;
  }

  get #mayAct(): boolean {
    return (this.live?.person?.role ?? 'viewer') !== 'viewer';
  }

  #only(what: SignState | null): void {
    this.filter = { ...this.filter, state: this.filter.state === what ? null : what };
  }

  #choose(signIds: readonly string[], isChosen: boolean): void {
    const chosen = new Set(this.chosen);
    for (const signId of signIds) {
      if (isChosen) chosen.add(signId);
      else chosen.delete(signId);
    }
    this.chosen = chosen;
  }

  #clearChosen(): void {
    this.chosen = new Set();
  }

  #hold(): void {
    this.held = true;
  }

  #release(event: FocusEvent | PointerEvent): void {
    const table = event.currentTarget as HTMLElement;
    const stays = event.type === 'focusout' ? table.matches(':hover') : table.matches(':focus-within');
    if (!stays && !table.contains(event.relatedTarget as Node | null)) this.held = false;
  }

  #close(): void {
    navigate(PATHS.signs);
  }

  #linkOf(signId: string | undefined): HTMLAnchorElement | null {
    if (signId === undefined) return null;
    return this.querySelector(`tr[data-sign="${signId}"] .c-name a`);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const focused = this.querySelector<HTMLElement>('tr[data-sign]:focus-within')?.dataset.sign;
    const at = this.openSignId ?? focused;
    const move = listKey(event, this.#shown, at);
    if (move === undefined) return;
    event.preventDefault();
    switch (move.kind) {
      case 'go':
        this.#linkOf(move.signId)?.focus();
        if (this.openSignId !== null) this.#linkOf(move.signId)?.click();
        return;
      case 'choose':
        if (this.#mayAct) this.#choose([move.signId], !this.chosen.has(move.signId));
        return;
      case 'filter':
        this.search?.focus();
        return;
      case 'leave':
        if (this.openSignId !== null) this.#close();
        else this.#clearChosen();
        return;
      default:
        move satisfies never;
    }
  };
}

const emptyWords = html`<div class="empty">
  <p>Start Vitrine on a screen. It shows a code; type it here and the screen has its place.</p>
  <a class="btn go" href=${PATHS.pair}>Pair the first sign</a>
</div>`;

const keysLine = (mayAct: boolean): TemplateResult =>
  html`<p class="keys"><span><kbd>J</kbd> <kbd>K</kbd> next sign</span><span><kbd>Enter</kbd> why</span>
    ${mayAct ? html`<span><kbd>X</kbd> select</span>` : nothing}<span><kbd>/</kbd> filter</span><span><kbd>Esc</kbd> close</span></p>`;

declare global {
  interface HTMLElementTagNameMap {
    'signs-page': SignsPage;
  }
}
