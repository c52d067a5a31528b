import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shape } from '../../design/shape.ts';
import { type } from '../../design/type.ts';
import { type FootMoment, type FootWishes, messageFoot } from '../view/message-foot.ts';
import { areWithin, fitMessage, lineCount, type MessageStep } from './fit-message.ts';
import { MessageElement } from './message-element.ts';
import { messageStyles } from './message-styles.ts';
import './people-strip.ts';

const far = (minutes: number): string => `calc(${minutes} * var(--arc-far))`;
const near = (minutes: number): string => `calc(${minutes} * var(--arc-near))`;
const FEW_LINES = 4;
/** The largest first; words that are too many for those who stand far away are still there for those who come near. */
const STEPS: readonly MessageStep[] = [
  ...[52, 43, 36, 32, 28].map((arc) => ({ first: far(arc), second: far(22), lines: FEW_LINES })),
  ...[28, 25, 22].map((arc) => ({ first: far(arc), second: far(16), lines: FEW_LINES })),
  ...[19, 16].map((arc) => ({ first: far(arc), second: far(16) })),
  ...[22, 16].map((arc) => ({ first: far(16), second: near(arc), small: true })),
  ...[22, 19, 16].map((arc) => ({ first: near(arc), second: near(16), small: true })),
  { first: near(16), second: near(16), small: true, alone: true },
];

/** An alarm: nearly the whole glass, with the count at its foot. */
@customElement('message-full')
export class MessageFull extends MessageElement {
  static override styles = [
    type,
    messageStyles,
    css`
      :host {
        --fill: var(--alarm);
        --on: var(--on-alarm);
        --aside: var(--t-floor);
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        gap: calc(2.5 * var(--u));
        padding: calc(4.25 * var(--u)) calc(5 * var(--u));
        /* The picture may stand a few px from its place: its fill still reaches the edge. */
        box-shadow: 0 0 0 8px var(--fill);
      }
      :host([small]) {
        --aside: var(--t-small);
        gap: calc(1.75 * var(--u));
      }
      :host([drill])::before {
        content: '';
        position: absolute;
        inset: -4px;
        padding: calc(1.75 * var(--u) + 4px);
        background: var(--hatched);
        mask: linear-gradient(#000 0 0) content-box exclude, linear-gradient(#000 0 0);
      }
      :host([drill]) {
        --edge-at: calc(1.75 * var(--u));
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(2 * var(--u));
        font-size: var(--aside);
        letter-spacing: -0.02em;
      }
      header .shape {
        width: calc(1.35 * var(--aside));
        height: calc(1.35 * var(--aside));
      }
      .about {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        gap: calc(1.5 * var(--u)) calc(2 * var(--u));
        margin-inline-start: auto;
      }
      .more {
        font-weight: var(--w-light);
      }
      .words {
        gap: calc(2.5 * var(--u));
      }
      .words :lang(ar) + *,
      .words > * + :lang(ar) {
        margin-top: calc(1.5 * var(--u));
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: calc(1.75 * var(--u)) calc(3 * var(--u));
        font-size: var(--aside);
        letter-spacing: -0.02em;
      }
      .stores {
        display: flex;
        align-items: center;
        gap: calc(1.25 * var(--u));
        min-width: 0;
        max-width: 100%;
      }
      .stores .shape {
        width: var(--aside);
        height: var(--aside);
      }
      .stores p {
        min-width: 0;
        line-height: 1.3;
        text-wrap: balance;
      }
      .stores p:lang(ar) {
        line-height: 1.4;
      }
      people-strip {
        flex: 1 1 calc(20 * var(--u));
        height: calc(2.46 * var(--u));
      }
      @container (orientation: portrait) {
        :host {
          padding: calc(5 * var(--u)) calc(4.5 * var(--u));
        }
        .about {
          flex: 1 0 100%;
          justify-content: start;
        }
        people-strip {
          flex-basis: 100%;
        }
      }
    `,
  ];

  @property({ attribute: false }) now: FootMoment | null = null;
  @property({ attribute: false }) settings: FootWishes | null = null;

  protected override willUpdate(): void {
    this.toggleAttribute('drill', this.message?.drill ?? false);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (message === null) return nothing;
    return html`<header>
        ${message.drill ? this.drill(message) : shape('octagon')}
        <div class="about">${this.about()}</div>
      </header>
      <div class="words">${this.words(message)}</div>
      ${this.#foot()}<i class="edge"></i>`;
  }

  #foot(): TemplateResult | typeof nothing {
    const { now, settings } = this;
    const foot = now === null || settings === null ? null : messageFoot(now, settings);
    if (foot === null) return nothing;
    const { name, plain, strip } = foot;
    return html`<footer>
      <div class="stores" data-testid="message-foot">
        ${foot.shape === null ? nothing : shape(foot.shape)}
        <p>${name === '' ? nothing : html`<bdi>${name}</bdi>${this.strings.comma}`}<b>${foot.strong}</b>${plain}</p>
      </div>
      ${
        strip === null
          ? nothing
          : html`<people-strip .count=${strip.count} .limit=${strip.limit} .drawn=${strip.drawn} .label=${strip.label}></people-strip>`
      }
    </footer>`;
  }

  protected override fit(): void {
    const words = this.found('.words');
    const first = this.found('h1');
    if (words === null || first === null) return;
    const around = this.all('.words > *, .stores p, .about p, .drill');
    const second = this.found('.words .second');
    fitMessage(this, STEPS, ({ lines }) => {
      const top = first.offsetTop;
      const last = second === null || second.offsetHeight === 0 ? first : second;
      const heightPx = last.offsetTop + last.offsetHeight - top;
      return (
        heightPx <= words.clientHeight + 1 &&
        (lines === undefined || lineCount(first) <= lines) &&
        areWithin(around)
      );
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-full': MessageFull;
  }
}
