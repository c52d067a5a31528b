import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Proof } from '../../cloud/contracts/snapshot.ts';
import { customProperties } from '../design/custom-properties.ts';
import { english } from '../design/strings/english.ts';
import type { GlassStrings } from '../design/strings/glass-strings.ts';
import { tokens } from '../design/tokens.ts';
import { type } from '../design/type.ts';
import './boards/identify-sheet.ts';
import './boards/manager-board.ts';
import './boards/pairing-board.ts';
import './boards/plain-board.ts';
import type { FeedSource } from './feed-source.ts';
import { type SignSettings, withWishes } from './sign-settings.ts';
import { type Clocks, type Stopwatch, startStopwatch, systemClocks } from './stopwatch.ts';
import { TickController } from './tick-controller.ts';
import { burnInShift, SHIFT_EVERY_MS } from './view/burn-in.ts';
import { type Drawn, drawnOf } from './view/drawn.ts';
import { storeView } from './view/store-view.ts';

const DEFAULT_SETTINGS: SignSettings = { strings: english, theme: 'dark', panel: 55, far: 8, near: 5 };

const NO_PROOF: Proof = { sentAtMs: 0, ageMs: null, liveForMs: 0, doorAgesMs: [] };

/**
 * The whole glass. The only element that knows the feed, and the only one that knows the time. Tells with each picture
 * what it shows, as `drawn`.
 */
@customElement('sign-app')
export class SignApp extends LitElement {
  static override styles = [
    type,
    ...tokens,
    css`
      :host {
        position: fixed;
        inset: 0;
        overflow: hidden;
        container-type: size;
        background: var(--ground);
      }
      .picture {
        position: absolute;
        inset: 0;
        display: grid;
        translate: var(--shift-x) var(--shift-y);
        font: var(--w-text) var(--t-small) / 1 var(--font);
        font-optical-sizing: auto;
        font-variant-numeric: tabular-nums lining-nums;
        letter-spacing: -0.012em;
        color: var(--ink);
        cursor: none;
      }
      .picture > * {
        min-width: 0;
        min-height: 0;
      }
    `,
  ];

  @property({ attribute: false }) feed: FeedSource | undefined;
  /** As the device was started; what people chose for the sign in the console goes before. */
  @property({ attribute: false }) settings: SignSettings = DEFAULT_SETTINGS;
  @property({ attribute: false }) clocks: Clocks = systemClocks;

  #state: FeedState = { kind: 'starting', problem: null };
  /** Runs since the state was received: what it says grows old by the sign's own clock. */
  #received: Stopwatch = startStopwatch(systemClocks);
  #unsubscribe: (() => void) | undefined;
  #shift = { step: 0, sinceMs: systemClocks.steady() };
  readonly #ticks = new TickController(
    this,
    () => (this.#ageMs() ?? 0) + this.#received.elapsedMs(),
    () => this.#moveAgainstBurnIn(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#subscribe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('feed')) this.#subscribe();
    const { theme, strings } = this.#chosen();
    this.setAttribute('theme', theme);
    this.lang = strings.language;
  }

  protected override updated(): void {
    const chosen = this.#chosen();
    for (const name of ['panel', 'far', 'near'] as const) {
      this.style.setProperty(`--${name}`, String(chosen[name]));
    }
    const detail = drawnOf(this.#state, this.#received.elapsedMs());
    this.dispatchEvent(new CustomEvent('drawn', { detail }));
  }

  protected override render(): TemplateResult {
    const { x, y } = burnInShift(this.#shift.step);
    return html`<main class="picture" ${customProperties({ '--shift-x': `${x}px`, '--shift-y': `${y}px` })}>
      ${this.#board(this.#chosen().strings)} ${identifySheet(this.#state)}
    </main>`;
  }

  #chosen(): SignSettings {
    const sign = 'sign' in this.#state ? this.#state.sign : null;
    return withWishes(this.settings, sign?.settings ?? null);
  }

  #board(strings: GlassStrings): TemplateResult {
    const state = this.#state;
    switch (state.kind) {
      case 'starting':
        return state.revoked === true ? revokedBoard(strings) : startingBoard(state.problem, strings);
      case 'remembered':
        return this.#rememberedBoard(state, strings);
      case 'unassigned':
        return this.#unassignedBoard(state, strings);
      case 'following': {
        const [first, ...others] = state.stores;
        if (first === undefined) {
          return html`<plain-board .heading=${strings.emptyGroup.title} .detail=${strings.emptyGroup.detail}></plain-board>`;
        }
        return html`<manager-board
          .snapshot=${first}
          .elapsedMs=${this.#received.elapsedMs()}
          .nowMs=${this.clocks.wall()}
          .heardAtMs=${this.#received.momentOf(first.proof.ageMs ?? 0)}
          .link=${state.link}
          .moreStores=${others.length}
          .strings=${strings}
        ></manager-board>`;
      }
      default:
        return state satisfies never;
    }
  }

  /** Without a code that still holds: which sign it is, and why there is none. */
  #unassignedBoard(
    { signId, link, offer }: Extract<FeedState, { kind: 'unassigned' }>,
    strings: GlassStrings,
  ): TemplateResult {
    const elapsedMs = this.#received.elapsedMs();
    if (offer && elapsedMs < offer.endsInMs) {
      return html`<pairing-board .offer=${offer} .elapsedMs=${elapsedMs} .strings=${strings}></pairing-board>`;
    }
    const { title, detail } = strings.notAssigned;
    const why = link === 'down' ? strings.cannotReach : detail;
    return html`<plain-board .heading=${title} .detail=${why} .foot=${strings.thisSign} .signId=${signId}></plain-board>`;
  }

  /** The look of a count that is unknown, however short ago it was true. */
  #rememberedBoard(
    { stores: [first, ...others], problem }: Extract<FeedState, { kind: 'remembered' }>,
    strings: GlassStrings,
  ): TemplateResult {
    if (first === undefined || first.trueAtMs === null) return startingBoard(problem, strings);
    return html`<manager-board
      remembered
      .snapshot=${{ content: first.content, proof: NO_PROOF }}
      .nowMs=${this.clocks.wall()}
      .heardAtMs=${first.trueAtMs}
      .link=${problem === null ? 'up' : 'down'}
      .moreStores=${others.length}
      .strings=${strings}
    ></manager-board>`;
  }

  #subscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.feed?.subscribe((state) => this.#receive(state));
  }

  #receive(state: FeedState): void {
    this.#state = state;
    this.#received = startStopwatch(this.clocks);
    this.#ticks.restart();
    this.requestUpdate();
  }

  #ageMs(): number | null {
    return this.#state.kind === 'following' ? (this.#state.stores[0]?.proof.ageMs ?? null) : null;
  }

  /** Not while over the limit: then nothing on the glass may move. */
  #moveAgainstBurnIn(): void {
    const nowMs = this.clocks.steady();
    if (nowMs - this.#shift.sinceMs < SHIFT_EVERY_MS || this.#isOver()) return;
    this.#shift = { step: this.#shift.step + 1, sinceMs: nowMs };
  }

  #isOver(): boolean {
    const first = this.#state.kind === 'following' ? this.#state.stores[0] : undefined;
    return first !== undefined && storeView(first, this.#received.elapsedMs()).state === 'over';
  }
}

function startingBoard(problem: string | null, strings: GlassStrings): TemplateResult {
  return problem === null
    ? html`<plain-board .heading=${strings.starting.title} .detail=${strings.starting.detail}></plain-board>`
    : html`<plain-board unknown .heading=${strings.cannotReach} .detail=${problem} .foot=${strings.tryingAgain}></plain-board>`;
}

const revokedBoard = ({ revoked }: GlassStrings): TemplateResult =>
  html`<plain-board unknown .heading=${revoked.title} .detail=${revoked.detail}></plain-board>`;

function identifySheet(state: FeedState): TemplateResult | typeof nothing {
  const isAsked = (state.kind === 'unassigned' || state.kind === 'following') && state.identify === true;
  if (!isAsked) return nothing;
  return html`<identify-sheet .name=${state.sign?.name || state.sign?.fingerprint || '?'}></identify-sheet>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-app': SignApp;
  }
  interface HTMLElementEventMap {
    drawn: CustomEvent<Drawn>;
  }
}
