import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Proof } from '../../cloud/contracts/snapshot.ts';
import { customProperties } from '../design/custom-properties.ts';
import { tokens } from '../design/tokens.ts';
import { type } from '../design/type.ts';
import { type StoresNow, storeBoard, tilesOf } from './boards/store-board.ts';
import {
  emptyBoard,
  identifySheet,
  isIdentified,
  revokedBoard,
  startingBoard,
  unassignedBoard,
} from './boards/waiting-boards.ts';
import type { FeedSource } from './feed-source.ts';
import { GlassSize, turned } from './glass-size.ts';
import { JapaneseFaces } from './japanese-faces.ts';
import { type SignSettings, signSettings, withWishes } from './sign-settings.ts';
import { type Clocks, type Stopwatch, startStopwatch, systemClocks } from './stopwatch.ts';
import { TickController } from './tick-controller.ts';
import { burnInShift, SHIFT_EVERY_MS } from './view/burn-in.ts';
import { CloudClock } from './view/cloud-clock.ts';
import { type Drawn, drawnOf } from './view/drawn.ts';
import { lettersOn } from './view/letters.ts';
import { Sleep } from './view/sleep.ts';
import { storeView } from './view/store-view.ts';
import { wallLayout } from './view/wall-layout.ts';

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
      :host([asleep]) {
        background: #000;
      }
      .turn {
        position: absolute;
        inset: 0;
        container-type: size;
      }
      .turn.by-90,
      .turn.by-270 {
        inset: auto;
        left: 50%;
        top: 50%;
        width: var(--width);
        height: var(--height);
        transform: translate(-50%, -50%) rotate(90deg);
      }
      .turn.by-270 {
        transform: translate(-50%, -50%) rotate(270deg);
      }
      .turn.by-180 {
        transform: rotate(180deg);
      }
      .picture {
        position: absolute;
        inset: 0;
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
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
  @property({ attribute: false }) settings: SignSettings = signSettings('', ['en']);
  @property({ attribute: false }) clocks: Clocks = systemClocks;

  #state: FeedState = { kind: 'starting', problem: null };
  /** Runs since the state was received: what it says grows old by the sign's own clock. */
  #received: Stopwatch = startStopwatch(systemClocks);
  #unsubscribe: (() => void) | undefined;
  readonly #faces = new JapaneseFaces();
  readonly #cloudClock = new CloudClock();
  readonly #sleep = new Sleep();
  readonly #size = new GlassSize(this);
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
    this.dir = strings.direction;
  }

  protected override updated(): void {
    const chosen = this.#chosen();
    for (const name of ['panel', 'far', 'near'] as const) {
      this.style.setProperty(`--${name}`, String(chosen[name]));
    }
    const spoken = chosen.strings.noAlerts + (chosen.second?.noAlerts ?? '');
    this.#faces.fetchFor(() => spoken + JSON.stringify([this.#state, chosen.words]));
    // A board that is still on its way to the browser draws nothing, and then nothing is said to be drawn.
    if (this.renderRoot.querySelector(':not(:defined)') !== null) return;
    this.dispatchEvent(new CustomEvent('drawn', { detail: this.#drawn(chosen) }));
  }

  protected override render(): TemplateResult {
    const { x, y } = burnInShift(this.#shift.step);
    const chosen = this.#chosen();
    const { widthPx, heightPx } = this.#glass(chosen);
    const asleep = this.#isAsleep(chosen);
    this.toggleAttribute('asleep', asleep);
    if (asleep) return html``;
    return html`<div
      class="turn by-${chosen.turnedDegrees}"
      ${customProperties({ '--width': `${widthPx}px`, '--height': `${heightPx}px` })}
    >
      <main class="picture" ${customProperties({ '--shift-x': `${x}px`, '--shift-y': `${y}px` })}>
        ${this.#board(chosen)} ${identifySheet(this.#state)}
      </main>
    </div>`;
  }

  /** With the letters that the glass can hold. */
  #chosen(): SignSettings {
    const sign = 'sign' in this.#state ? this.#state.sign : null;
    const chosen = withWishes(this.settings, sign?.settings ?? null);
    return { ...chosen, ...lettersOn(chosen, this.#size.size) };
  }

  /** As the picture has it: on a panel that hangs upright its long edge is the height. */
  #glass({ turnedDegrees }: SignSettings) {
    return turned(this.#size.size, turnedDegrees);
  }

  #board(chosen: SignSettings): TemplateResult {
    const state = this.#state;
    const { strings } = chosen;
    switch (state.kind) {
      case 'starting':
        return state.revoked === true ? revokedBoard(strings) : startingBoard(state.problem, strings);
      case 'unassigned':
        return unassignedBoard(state, this.#received.elapsedMs(), strings);
      case 'remembered':
        if (state.stores[0]?.trueAtMs == null) return startingBoard(state.problem, strings);
        break;
      case 'following':
        break;
      default:
        return state satisfies never;
    }
    return storeBoard(this.#now(), chosen, this.#glass(chosen)) ?? emptyBoard(strings);
  }

  #now(): StoresNow {
    const state = this.#state;
    const nowMs = this.clocks.wall();
    const moment = { nowMs, elapsedMs: this.#received.elapsedMs(), cloudNowMs: this.#cloudNowMs() };
    switch (state.kind) {
      case 'remembered': {
        const stores = state.stores.map(({ content, trueAtMs }) => ({
          snapshot: { content, proof: NO_PROOF },
          trueAtMs,
        }));
        const link = state.problem === null ? 'up' : 'down';
        return { ...moment, stores, remembered: true, link };
      }
      case 'following': {
        const stores = state.stores.map((snapshot) => {
          const { ageMs } = snapshot.proof;
          return { snapshot, trueAtMs: ageMs === null ? null : this.#received.momentOf(ageMs) };
        });
        return { ...moment, stores, remembered: false, link: state.link };
      }
      default:
        return { ...moment, stores: [], remembered: false, link: 'up' };
    }
  }

  #cloudNowMs(): number | null {
    return this.#state.kind === 'following' ? this.#cloudClock.nowMs(this.clocks.steady()) : null;
  }

  #isAsleep({ display }: SignSettings): boolean {
    const state = this.#state;
    if (state.kind !== 'following' || isIdentified(state)) return false;
    const moment = { cloudNowMs: this.#cloudNowMs(), elapsedMs: this.#received.elapsedMs() };
    return this.#sleep.isAsleep(display, state.stores, moment);
  }

  #drawn(chosen: SignSettings): Drawn {
    const tiles = chosen.board === 'wall' ? tilesOf(this.#now()) : [];
    const onWall = wallLayout(tiles, this.#glass(chosen), 1).shown;
    const shown = { board: chosen.board, asleep: this.#isAsleep(chosen), tiles: tiles.slice(0, onWall) };
    return drawnOf(this.#state, this.#received.elapsedMs(), shown);
  }

  #subscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.feed?.subscribe((state) => this.#receive(state));
  }

  #receive(state: FeedState): void {
    this.#state = state;
    this.#received = startStopwatch(this.clocks);
    const stores = state.kind === 'following' ? state.stores : [];
    const sentAtMs = stores.length === 0 ? null : Math.max(...stores.map(({ proof }) => proof.sentAtMs));
    this.#cloudClock.note(sentAtMs, this.clocks.steady());
    this.#sleep.note(stores, this.#cloudNowMs());
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
    const stores = this.#state.kind === 'following' ? this.#state.stores : [];
    const elapsedMs = this.#received.elapsedMs();
    return stores.some((store) => storeView(store, elapsedMs).state === 'over');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-app': SignApp;
  }
  interface HTMLElementEventMap {
    drawn: CustomEvent<Drawn>;
  }
}
