import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { customProperties } from '../../design/custom-properties.ts';
import { icon } from '../elements/icon.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import { storeLine } from '../elements/store-line.ts';
import '../elements/v-sign-state.ts';
import '../elements/v-state.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { AddressController } from '../view/address.ts';
import { movingWords, type Placed } from '../view/held-order.ts';
import { HeldRows } from '../view/held-rows.ts';
import { moveOf } from '../view/list-keys.ts';
import { navigate } from '../view/navigate.ts';
import {
  filtered,
  filterFrom,
  filterStateOf,
  OVERVIEW_SORT_WORDS,
  OVERVIEW_SORTS,
  type OverviewFilter,
  type OverviewSort,
  STATE_FILTERS,
  searchOf,
} from '../view/overview-filter.ts';
import { PATHS } from '../view/router.ts';
import { notDrawn, RowBlocks } from '../view/row-blocks.ts';
import {
  SECTION_WORDS,
  type Section,
  type StoreRow,
  sectionOf,
  signsSum,
  storeRows,
} from '../view/store-row.ts';
import { summaryOf, waitingWords } from '../view/summary.ts';
import { numberWords } from '../view/words.ts';

/** Without a name: in another order than the worst first. */
const SECTIONS_SHOWN: readonly (Section | '')[] = ['needs', 'watch', 'fine', ''];
const COLUMNS = ['State', 'Store', 'Inside', 'May enter', 'As of', 'Today', 'Worst alert', 'Signs fresh'];

/** All stores, the worst first. */
@customElement('overview-page')
export class OverviewPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  /** In the order of the list. */
  #shown: readonly string[] = [];
  readonly #held = new HeldRows(this);
  readonly #blocks = new RowBlocks(this);

  constructor() {
    super();
    new AddressController(this);
    new LiveController(this, () => this.live);
    new KeysController(this, this.#pressed);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live } = this;
    if (!live?.overview) return nothing;
    const nowMs = live.serverNowMs();
    const rows = storeRows(live.overview, live.fleet, nowMs);
    if (rows.length === 0) return html`${head(rows, nowMs)}${noStores(live)}`;
    const filter = filterFrom(location.search);
    return html`${head(rows, nowMs)}${this.#chips(rows, filter, live)}${this.#filters(filter, live)}
      ${this.#list(filtered(rows, filter), filter, live)}
      <p class="keys" aria-hidden="true">
        <span><kbd>J</kbd> <kbd>K</kbd> move</span><span><kbd>Enter</kbd> open</span><span><kbd>/</kbd> filter</span><span><kbd>?</kbd> all keys</span>
      </p>`;
  }

  #chips(rows: readonly StoreRow[], filter: OverviewFilter, live: Live): TemplateResult {
    const count = (id: string) => rows.filter(({ state }) => filterStateOf(state) === id).length;
    const unanswered = rows.reduce((sum, row) => sum + row.unanswered, 0);
    const fleet = (live.fleet?.signs ?? []).filter(({ revokedAtMs }) => revokedAtMs === null);
    const placed = fleet.filter(({ storeGroupId }) => storeGroupId !== null);
    const signs = signsSum(placed);
    const waiting = fleet.length - placed.length;
    return html`<div class="sum" role="group" aria-label="Stores by state">
      <button class="chip" type="button" aria-pressed=${filter.state === null} @click=${() => this.#filter({ ...filter, state: null })}>
        <b>${numberWords(rows.length)}</b> ${rows.length === 1 ? 'store' : 'stores'}
      </button>
      ${STATE_FILTERS.map(({ id, word }) => {
        const stores = count(id);
        if (stores === 0 && filter.state !== id) return nothing;
        const state = filter.state === id ? null : id;
        return html`<button class="chip" type="button" aria-pressed=${filter.state === id} @click=${() => this.#filter({ ...filter, state })}>
          <v-state bare .state=${id}></v-state><b>${numberWords(stores)}</b> ${word}
        </button>`;
      })}
      <span class="gap"></span>
      ${
        unanswered === 0
          ? nothing
          : html`<a class="chip link al-hot" href=${PATHS.alerts}><i class="m"></i><b>${unanswered}</b> to answer</a>`
      }
      ${
        signs.total === 0
          ? nothing
          : html`<a class="chip link" href=${PATHS.signs}
              ><v-sign-state bare .state=${signs.worst?.state ?? 'fresh'}></v-sign-state><b>${signs.fresh} of ${signs.total}</b> signs fresh</a
            >`
      }
      ${
        waiting === 0
          ? nothing
          : html`<a class="chip link" href=${PATHS.signs}><b>${waiting}</b> ${waiting === 1 ? 'sign waits' : 'signs wait'} for a place</a>`
      }
    </div>`;
  }

  #filters(filter: OverviewFilter, live: Live): TemplateResult {
    const groups = (live.overview?.storeGroups ?? []).filter(({ storeIds }) => storeIds.length > 1);
    const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<div class="filters">
      <label class="field"
        >${icon('search')}<span class="unseen">Filter</span
        ><input
          type="search" placeholder="Filter by store, group or alert" .value=${filter.text}
          @input=${(event: InputEvent) => this.#filter({ ...filter, text: (event.target as HTMLInputElement).value })}
        /><kbd aria-hidden="true">/</kbd></label
      >
      ${
        groups.length === 0 && filter.group === undefined
          ? nothing
          : html`<label class="pick"><span class="unseen">Group</span><select class="in" @change=${(event: Event) => this.#filter({ ...filter, group: chosen(event) })}>
              <option value="">All groups</option>
              ${[
                ...new Set([
                  ...groups.map(({ storeGroupId }) => storeGroupId),
                  ...(filter.group === undefined ? [] : [filter.group]),
                ]),
              ].map((id) => html`<option value=${id} ?selected=${id === filter.group}>${id}</option>`)}
            </select></label>`
      }
      <label class="pick"><span class="unseen">Order</span><select class="in" @change=${(event: Event) => this.#filter({ ...filter, sort: chosen(event) as OverviewSort })}>
        ${OVERVIEW_SORTS.map((sort) => html`<option value=${sort} ?selected=${sort === (filter.sort ?? 'worst')}>${OVERVIEW_SORT_WORDS[sort]}</option>`)}
      </select></label>
    </div>`;
  }

  #list(rows: readonly StoreRow[], filter: OverviewFilter, live: Live): TemplateResult {
    if (rows.length === 0) {
      return html`<div class="empty"><p>No store fits this filter.</p>
        <button class="btn" type="button" @click=${() => this.#filter({ state: null, text: '' })}>Show all stores</button></div>`;
    }
    const { sort = 'worst' } = filter;
    const bySection = sort === 'worst';
    const held = this.#held.arrange(
      rows.map((row) => ({ id: row.storeId, section: bySection ? sectionOf(row) : '' })),
    );
    const byId = new Map(rows.map((row) => [row.storeId, row]));
    const sections = Map.groupBy(held.rows, ({ section }) => section);
    const inOrder = SECTIONS_SHOWN.flatMap((section) => sections.get(section) ?? []);
    const first = new Map(SECTIONS_SHOWN.map((section) => [sections.get(section)?.[0]?.id, section]));
    this.#shown = inOrder.map(({ id }) => id);
    const line = ({ id }: Placed) => {
      const row = byId.get(id);
      const section = first.get(id) ?? '';
      return row === undefined ? nothing : html`${this.#section(section, sections)}${storeLine(row, live)}`;
    };
    const isFiltered = filter.state !== null || filter.text !== '' || filter.group !== undefined;
    return html`<table class="list stores" aria-rowcount=${inOrder.length + 1} @pointerenter=${this.#held.hold} @pointerleave=${this.#held.release}
      @focusin=${this.#held.hold} @focusout=${this.#held.release}>
      <caption class="unseen">Stores, ${OVERVIEW_SORT_WORDS[sort].toLowerCase()}${isFiltered ? ', filtered' : ''}</caption>
      <thead><tr>${COLUMNS.map((word) => html`<th scope="col" class=${word === 'May enter' ? 'num' : nothing}>${word}</th>`)}</tr></thead>
      ${this.#blocks.blocks(inOrder).map(
        ({
          at,
          rows: placed,
          isDrawn,
        }) => html`<tbody data-block=${at} ${customProperties({ '--rows': String(placed.length) })}>
          ${
            isDrawn
              ? repeat(placed, ({ id }) => id, line)
              : notDrawn(
                  placed.map(({ id }) => byId.get(id)?.name ?? ''),
                  COLUMNS.length,
                )
          }
        </tbody>`,
      )}
    </table>
    <p class="moving q" aria-live="polite">${held.moving === 0 ? nothing : movingWords(held.moving)}</p>`;
  }

  #section(
    section: Section | '',
    sections: ReadonlyMap<string, readonly Placed[]>,
  ): TemplateResult | typeof nothing {
    if (section === '') return nothing;
    return html`<tr class="sec"><th scope="colgroup" colspan=${COLUMNS.length}>${SECTION_WORDS[section]} <b>${sections.get(section)?.length}</b></th></tr>`;
  }

  #filter(filter: OverviewFilter): void {
    navigate(location.pathname + searchOf(filter), { replace: true });
    this.#held.letGo();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const step = moveOf(event, this.querySelector('input'));
    if (step === undefined || this.#shown.length === 0) return;
    const last = this.#shown.length - 1;
    const focused = this.querySelector<HTMLElement>('tr[data-store]:focus-within')?.dataset.store ?? '';
    const at = this.#shown.indexOf(focused);
    const next = at < 0 ? (step > 0 ? 0 : last) : Math.min(last, Math.max(0, at + step));
    void this.#goTo(next);
  };

  async #goTo(index: number): Promise<void> {
    await this.#blocks.show(index);
    const link = this.querySelector<HTMLElement>(
      `tr[data-store="${CSS.escape(this.#shown[index] ?? '')}"] .c-name a`,
    );
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  }
}

function head(rows: readonly StoreRow[], nowMs: number): TemplateResult {
  const { inside, rest } = summaryOf(rows);
  return html`<header class="head"><div>
    <h1 tabindex="-1">Overview</h1>
    ${rows.length === 0 ? nothing : html`<p class="under"><b class="tn">${inside}</b> ${rest} ${waitingWords(rows, nowMs)}</p>`}
  </div></header>`;
}

const noStores = ({ person }: Live): TemplateResult => html`<div class="empty">
  <p>No store yet. A store has a limit, doors, and a sensor at each door.</p>
  ${mayAs(person?.role, 'admin') ? html`<a class="btn go" href=${PATHS.newStore}>Make the first store</a>` : nothing}
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'overview-page': OverviewPage;
  }
}
