import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import { customProperties } from '../../design/custom-properties.ts';
import { KeysController } from '../elements/keys-controller.ts';
import { LightElement } from '../elements/light-element.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { writeLink } from '../messages/message-words.ts';
import { AddressController, keepInAddress } from '../view/address.ts';
import { movingWords, type Placed } from '../view/held-order.ts';
import { HeldRows } from '../view/held-rows.ts';
import { navigate } from '../view/navigate.ts';
import { PATHS } from '../view/router.ts';
import { notDrawn, RowBlocks } from '../view/row-blocks.ts';
import { placeWords } from './places.ts';
import './sign-bulk.ts';
import { groupingOf, listedSections } from './sign-list.ts';
import { signRow } from './sign-row.ts';
import './sign-why.ts';
import { listKey } from './list-keys.ts';
import { nameOf, signs, summaryOf } from './sign-words.ts';
import { signFilterFromAddress, signsFilter } from './signs-filter.ts';
import { waitingSigns } from './waiting-signs.ts';

/** All signs, the worst first, and beside them why one shows what it shows. */
@customElement('signs-page')
export class SignsPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property({ attribute: false }) openSignId: string | null = null;
  @state() private chosen: ReadonlySet<string> = new Set();
  @query('input[type=search]') private search!: HTMLInputElement | null;
  #shown: readonly string[] = [];
  readonly #held = new HeldRows(this);
  readonly #blocks = new RowBlocks(this);

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new AddressController(this);
    new SecondsController(this);
    new KeysController(this, this.#onKey);
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
        ${fleet.length === 0 ? emptyWords : this.#list(fleet, live)}
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

  #list(fleet: readonly ListedSign[], live: Live): TemplateResult {
    const filter = signFilterFromAddress();
    const { placed, waiting } = listedSections(fleet, filter, live.overview);
    const known = new Map(placed.map((sign) => [sign.signId, sign]));
    const { rows: shown, moving } = this.#held.arrange(
      placed.map((sign) => ({ id: sign.signId, section: groupingOf(sign, filter.by, live.overview) })),
    );
    this.#shown = shown.map(({ id }) => id);
    const chosen = placed.filter(({ signId }) => this.chosen.has(signId));
    const mayAct = this.#mayAct;
    return html`${signsFilter(fleet, filter, (changed) => this.#keep(changed))}
      ${shown.length === 0 ? nothing : this.#table(shown, known, chosen, live)}
      <p class="moving q" aria-live="polite">${moving === 0 ? nothing : movingWords(moving)}</p>
      ${shown.length === 0 && waiting.length === 0 ? html`<p class="empty">No sign is like that.</p>` : nothing}
      ${waitingSigns(waiting, live, mayAct)}
      ${mayAct ? html`<sign-bulk .live=${live} .chosen=${chosen} @clear-selection=${this.#clearChosen}></sign-bulk>` : nothing}
      ${keysLine(mayAct)}`;
  }

  #table(
    shown: readonly Placed[],
    known: ReadonlyMap<string, ListedSign>,
    chosen: readonly ListedSign[],
    live: Live,
  ): TemplateResult {
    const all = shown.length === chosen.length;
    const mayAct = this.#mayAct;
    const sections = Map.groupBy(shown, ({ section }) => section);
    const inOrder = [...sections.values()].flat();
    this.#shown = inOrder.map(({ id }) => id);
    const first = new Map([...sections].map(([section, [one]]) => [one?.id, section]));
    const row = ({ id }: Placed) => {
      const sign = known.get(id);
      if (sign === undefined) return nothing;
      const section = first.get(id) ?? '';
      return html`${section === '' ? nothing : html`<tr class="sec"><th scope="colgroup" colspan="7">${section} <b>${sections.get(section)?.length}</b>${this.#messageLink(sign)}</th></tr>`}
        ${signRow(sign, {
          live,
          isOpen: id === this.openSignId,
          isChosen: this.chosen.has(id),
          onChoose: mayAct ? (isChosen) => this.#choose([id], isChosen) : undefined,
        })}`;
    };
    return html`<table class="list signs-t" aria-label="Signs" aria-rowcount=${shown.length + 1}
      @pointerenter=${this.#held.hold} @pointerleave=${this.#held.release} @focusin=${this.#held.hold} @focusout=${this.#held.release}>
      <thead><tr>
        ${
          mayAct
            ? html`<th class="c-ck"><label class="ck"><input type="checkbox" aria-label="Select all ${signs(shown.length)}"
                .checked=${all} .indeterminate=${!all && chosen.length > 0}
                @change=${() => this.#choose(this.#shown, !all)}></label></th>`
            : nothing
        }
        <th class="c-th" scope="col">On the glass</th><th class="c-name" scope="col">Sign</th>
        <th class="c-st" scope="col">State</th><th class="c-bo" scope="col">Board</th>
        <th class="c-pa" scope="col">Reported</th><th class="c-cm" scope="col">Last command</th>
      </tr></thead>
      ${this.#blocks.blocks(inOrder).map(
        ({
          at,
          rows,
          isDrawn,
        }) => html`<tbody data-block=${at} ${customProperties({ '--rows': String(rows.length) })}>
          ${
            isDrawn
              ? repeat(rows, ({ id }) => id, row)
              : notDrawn(
                  rows.map(({ id }) => wordsOf(known.get(id), live)),
                  7,
                )
          }
        </tbody>`,
      )}
    </table>`;
  }

  /** To the signs of a group, where the list is in groups. */
  #messageLink({ storeGroupId }: ListedSign): TemplateResult | typeof nothing {
    const isTheirs = this.live?.overview?.storeGroups.some((group) => group.storeGroupId === storeGroupId);
    if (!this.#mayAct || !isTheirs || storeGroupId === null || signFilterFromAddress().by !== 'place')
      return nothing;
    return html`<a class="sec-act under-line" href=${writeLink([storeGroupId])}>Message…</a>`;
  }

  get #mayAct(): boolean {
    return (this.live?.person?.role ?? 'viewer') !== 'viewer';
  }

  #keep(changed: Readonly<Record<string, string>>): void {
    keepInAddress(changed);
    this.#held.letGo();
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

  #close(): void {
    navigate(PATHS.signs + location.search);
  }

  async #goTo(signId: string): Promise<void> {
    await this.#blocks.show(this.#shown.indexOf(signId));
    const link = this.#linkOf(signId);
    link?.focus();
    if (this.openSignId !== null) link?.click();
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
        void this.#goTo(move.signId);
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

/** What the browser's own search finds of a row that is not drawn. */
const wordsOf = (sign: ListedSign | undefined, { overview }: Live): string =>
  sign === undefined ? '' : `${nameOf(sign)} ${placeWords(overview, sign.storeGroupId)}`;

const emptyWords = html`<div class="empty">
  <p>Start Vitrine on a screen. It shows a code; type it here and the screen has its place.</p>
  <a class="btn go" href=${PATHS.pair}>Pair the first sign</a>
</div>`;

const keysLine = (mayAct: boolean): TemplateResult =>
  html`<p class="keys"><span><kbd>J</kbd> <kbd>K</kbd> next sign</span><span><kbd>Enter</kbd> why</span>
    ${mayAct ? html`<span><kbd>X</kbd> select</span>` : nothing}<span><kbd>/</kbd> filter</span><span><kbd>Esc</kbd> close</span><span><kbd>?</kbd> all keys</span></p>`;

declare global {
  interface HTMLElementTagNameMap {
    'signs-page': SignsPage;
  }
}
