import { html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LightElement } from '../elements/light-element.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { PATHS } from '../view/router.ts';
import { clockSecondsWords, spanWords } from '../view/words.ts';
import { glassPicture, pictureWords, plainPicture } from './glass-picture.ts';
import { glassView } from './glass-view.ts';
import { placeWords } from './places.ts';
import { BOARD_WORDS, nameOf } from './sign-words.ts';
import { tookWords } from './time-words.ts';

const ASK_AGAIN_EVERY_S = 2;
/** So long a sign that is on takes at most; then somebody looks at it. */
const LONG_WAIT_MS = 20_000;

export type PairedSign = {
  readonly signId: string;
  readonly storeGroupId: string;
  readonly fingerprint: string;
  /** When Pair was pressed, and when the cloud had done it; by the server's clock. */
  readonly pressedAtMs: number;
  readonly claimedAtMs: number;
};

/** Waits until the glass itself says what it painted, and says how long that took. Gives `pair-next`. */
@customElement('pair-done')
export class PairDone extends LightElement {
  @property({ attribute: false }) live!: Live;
  @property({ attribute: false }) paired!: PairedSign;
  @state() private confirmedAtMs: number | null = null;
  @query('h1') private heading!: HTMLElement;
  #seconds = 0;

  constructor() {
    super();
    new LiveController(this, () => this.live);
    new SecondsController(this, () => this.#second());
  }

  protected override firstUpdated(): void {
    this.heading.focus();
  }

  protected override willUpdate(): void {
    const { signId, storeGroupId } = this.paired;
    const sign = this.#sign(signId);
    if (this.confirmedAtMs === null && sign?.confirmed === true && sign.storeGroupId === storeGroupId) {
      this.confirmedAtMs = this.live.serverNowMs();
    }
  }

  protected override render(): TemplateResult {
    const { live, paired, confirmedAtMs } = this;
    const sign = this.#sign(paired.signId);
    const place = placeWords(live.overview, paired.storeGroupId);
    const picture = sign === undefined ? undefined : glassPicture(sign, live.overview);
    const isDone = confirmedAtMs !== null;
    const shown = isDone && sign && picture ? pictureWords(picture) : '';
    return html`<header class="head"><div>
        <h1 tabindex="-1">${sign === undefined ? 'The new sign' : nameOf(sign)}</h1>
        <p class="under">${place}${sign === undefined ? '' : `. Board: ${BOARD_WORDS[sign.settings.board].name.toLowerCase()}`}.</p>
      </div></header>
      <div class="donegrid">
        <div class="tv">${
          isDone && sign && picture ? glassView(picture) : glassView(plainPicture('Waiting'))
        }</div>
        <div class="dtext">
          <div role="status">
            <p class="big ${isDone ? 'done' : ''}">${isDone ? 'It is on the glass.' : 'It is paired.'}</p>
            <p class="sub">${isDone ? this.#tookSentence(confirmedAtMs) : this.#waitSentence()}</p>
          </div>
          <ol class="trail">
            ${trailStep(paired.claimedAtMs, 'You claimed the code', 'It cannot be used again.')}
            ${trailStep(paired.claimedAtMs, `Joined ${place}`, `Its key is the one you compared: ${paired.fingerprint}.`)}
            ${trailStep(confirmedAtMs, 'Painted, and reported back', shown)}
          </ol>
          <p class="acts">
            <button class="btn go" type="button" @click=${this.#next}>Pair the next one</button>
            <a class="btn" href=${PATHS.sign(paired.signId)}>Open this sign</a>
          </p>
          <p class="q">Leave the device alone now. It starts by itself, keeps its place after a power cut, and the list of signs shows it if it goes dark.</p>
        </div>
      </div>`;
  }

  #tookSentence(confirmedAtMs: number): string {
    const took = tookWords(confirmedAtMs - this.paired.pressedAtMs);
    return `${took} after you pressed Pair, the sign confirmed what it painted.`;
  }

  #waitSentence(): string {
    const waitedMs = this.live.serverNowMs() - this.paired.claimedAtMs;
    const long = waitedMs > LONG_WAIT_MS ? ' See whether the screen is on and still shows its code.' : '';
    return `The sign has not confirmed so far what it painted. Waiting for ${spanWords(waitedMs)}.${long}`;
  }

  #second(): void {
    this.requestUpdate();
    this.#seconds += 1;
    const isDue = this.confirmedAtMs === null && this.#seconds % ASK_AGAIN_EVERY_S === 0;
    if (isDue) void this.live.refreshFleet(this.paired.signId);
  }

  #sign(signId: string) {
    return this.live.fleet?.signs.find((sign) => sign.signId === signId);
  }

  #next(): void {
    this.dispatchEvent(new CustomEvent('pair-next'));
  }
}

const trailStep = (atMs: number | null, title: string, detail: string): TemplateResult =>
  html`<li class=${atMs === null ? 'open' : ''}>
    <span class="tn">${atMs === null ? 'waits' : clockSecondsWords(atMs)}</span>
    <p><b>${title}</b><small>${detail}</small></p>
  </li>`;

declare global {
  interface HTMLElementTagNameMap {
    'pair-done': PairDone;
  }
}
