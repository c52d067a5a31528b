import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import type { Proof } from '../../cloud/contracts/snapshot.ts';
import { customProperties } from '../design/custom-properties.ts';
import { tokens } from '../design/tokens.ts';
import { type } from '../design/type.ts';
import { Answering, type SendAnswer } from './answering.ts';
import { MessageStage } from './boards/message-stage.ts';
import type { StoresNow } from './boards/store-board.ts';
import {
  emptyBoard,
  identifySheet,
  isIdentified,
  revokedBoard,
  startingBoard,
  unassignedBoard,
} from './boards/waiting-boards.ts';
import { WornColours } from './colours/worn-colours.ts';
import type { FeedSource } from './feed-source.ts';
import { GlassSize, turned } from './glass-size.ts';
import { JapaneseFaces } from './japanese-faces.ts';
import { RoomSize } from './room-size.ts';
import { signAppStyles } from './sign-app-styles.ts';
import { type SignSettings, signSettings, withWishes } from './sign-settings.ts';
import { type Clocks, type Stopwatch, startStopwatch, systemClocks } from './stopwatch.ts';
import { TickController } from './tick-controller.ts';
import { answerOffer } from './view/answer-offer.ts';
import { burnInShift, SHIFT_EVERY_MS } from './view/burn-in.ts';
import { CloudClock } from './view/cloud-clock.ts';
import { isDim } from './view/dimming.ts';
import { type Drawn, drawnOf } from './view/drawn.ts';
import { lettersOn } from './view/letters.ts';
import { type MessageStand, messageStand, wakesGlass } from './view/messages-now.ts';
import { Sleep } from './view/sleep.ts';
import { storeView } from './view/store-view.ts';

const NO_PROOF: Proof = { sentAtMs: 0, ageMs: null, liveForMs: 0, doorAgesMs: [] };

/**
 * The whole glass. The only element that knows the feed, and the only one that knows the time. Tells with each picture
 * what it shows, as `drawn`.
 */
@customElement('sign-app')
export class SignApp extends LitElement {
  static override styles = [type, ...tokens, signAppStyles];

  @property({ attribute: false }) feed: FeedSource | undefined;
  /** As the device was started; what people chose for the sign in the console goes before. */
  @property({ attribute: false }) settings: SignSettings = signSettings('', ['en']);
  @property({ attribute: false }) clocks: Clocks = systemClocks;
  /** Undefined: nobody answers at this glass. */
  @property({ attribute: false }) answer: SendAnswer | undefined;

  #state: FeedState = { kind: 'starting', problem: null };
  /** Runs since the state was received: what it says grows old by the sign's own clock. */
  #received: Stopwatch = startStopwatch(systemClocks);
  #unsubscribe: (() => void) | undefined;
  readonly #faces = new JapaneseFaces();
  readonly #cloudClock = new CloudClock();
  readonly #sleep = new Sleep();
  readonly #size = new GlassSize(this);
  readonly #room = new RoomSize(this);
  readonly #messages = new MessageStage();
  readonly #colours = new WornColours();
  #shift = { step: 0, sinceMs: systemClocks.steady() };
  readonly #answering: Answering = new Answering(this, {
    offer: () =>
      this.hasAttribute('asleep') || this.#stand(this.#chosen(), false)?.form === 'full'
        ? null
        : answerOffer(this.#state, this.#chosen(), this.#received.elapsedMs()),
    send: () => this.answer,
    steadyMs: () => this.clocks.steady(),
  });
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
    this.#colours.wear(this.style, chosen, this.#isDim(chosen));
    for (const name of ['panel', 'far', 'near'] as const) {
      this.style.setProperty(`--${name}`, String(chosen[name]));
    }
    const spoken = chosen.strings.noAlerts + (chosen.second?.noAlerts ?? '');
    this.#faces.fetchFor(() => spoken + JSON.stringify([this.#state, chosen.words]));
    this.#room.watch(this.renderRoot.querySelector('.room'));
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
        <div class="room">${this.#board(chosen)}</div>
        ${this.#messages.below(this.#stand(chosen), this.#now(), chosen, this.#glass(chosen))} ${identifySheet(this.#state)}
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
    const nowMs = this.clocks.wall();
    switch (state.kind) {
      case 'starting':
        return state.revoked === true ? revokedBoard(strings) : startingBoard(state, nowMs, strings);
      case 'unassigned':
        return unassignedBoard(state, this.#received.elapsedMs(), strings);
      case 'remembered':
        if (state.stores[0]?.trueAtMs == null) return startingBoard(state, nowMs, strings);
        break;
      case 'following':
        break;
      default:
        return state satisfies never;
    }
    const room = this.#room.size ?? this.#glass(chosen);
    return this.#messages.board(this.#stand(chosen), this.#now(), chosen, room) ?? emptyBoard(strings);
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
        return { ...moment, stores, remembered: true, link, trouble: state.trouble };
      }
      case 'following': {
        const stores = state.stores.map((snapshot) => {
          const { ageMs } = snapshot.proof;
          return { snapshot, trueAtMs: ageMs === null ? null : this.#received.momentOf(ageMs) };
        });
        const answering = this.#answering.shown();
        return { ...moment, stores, remembered: false, link: state.link, answering };
      }
      default:
        return { ...moment, stores: [], remembered: false, link: 'up' };
    }
  }

  #cloudNowMs(): number | null {
    return this.#state.kind === 'following' ? this.#cloudClock.nowMs(this.clocks.steady()) : null;
  }

  #isAsleep({ board, display }: SignSettings): boolean {
    const state = this.#state;
    if (state.kind !== 'following' || isIdentified(state)) return false;
    if (wakesGlass(state, { board, elapsedMs: this.#received.elapsedMs() })) return false;
    const moment = { cloudNowMs: this.#cloudNowMs(), elapsedMs: this.#received.elapsedMs() };
    return this.#sleep.isAsleep(display, state.stores, moment);
  }

  #isDim({ board }: SignSettings): boolean {
    const messages = this.#state.kind === 'following' ? this.#state.messages : [];
    return !isIdentified(this.#state) && isDim(this.#now(), board, messages);
  }

  #drawn(chosen: SignSettings): Drawn {
    const asleep = this.#isAsleep(chosen);
    const shown = {
      board: chosen.board,
      asleep,
      tiles: this.renderRoot.querySelector('wall-board')?.shownTiles ?? [],
      message: this.#stand(chosen),
    };
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

  #stand(chosen: SignSettings, isAsking: boolean = this.#answering.shown() !== null): MessageStand | null {
    const place = { board: chosen.board, glass: this.#glass(chosen), isOver: this.#isOver() };
    return messageStand(this.#state, { ...place, isAsking, elapsedMs: this.#received.elapsedMs() });
  }

  /** Not while over the limit: then nothing on the glass may move. A message may stand for a week, and moves along. */
  #moveAgainstBurnIn(): void {
    const nowMs = this.clocks.steady();
    if (nowMs - this.#shift.sinceMs < SHIFT_EVERY_MS) return;
    if (this.#isOver()) return;
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
