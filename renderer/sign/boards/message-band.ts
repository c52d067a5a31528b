import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shape } from '../../design/shape.ts';
import { type } from '../../design/type.ts';
import { areWithin, fitMessage, type MessageStep } from './fit-message.ts';
import { MessageElement } from './message-element.ts';
import { messageStyles } from './message-styles.ts';

const far = (minutes: number): string => `calc(${minutes} * var(--arc-far))`;
const near = (minutes: number): string => `calc(${minutes} * var(--arc-near))`;
/** The more words, the more of the glass, and the nearer one has to come: the board keeps at least half of it. */
const STEPS: Readonly<Record<'band' | 'strip', readonly MessageStep[]>> = {
  band: [
    { first: far(22), second: far(16), share: 0.27 },
    { first: far(19), second: far(16), share: 0.27 },
    { first: far(16), second: far(16), share: 0.3 },
    { first: near(22), second: near(16), share: 0.36, small: true },
    { first: near(16), second: near(16), share: 0.5, small: true },
    { first: near(16), second: near(16), small: true, alone: true },
  ],
  strip: [
    { first: far(16), second: far(16), share: 0.16 },
    { first: near(22), second: near(16), share: 0.2, small: true },
    { first: near(16), second: near(16), share: 0.5, small: true },
    { first: near(16), second: near(16), small: true, alone: true },
  ],
};

/** Words below a board that makes room for them: a warning, or a mere note. */
@customElement('message-band')
export class MessageBand extends MessageElement {
  static override styles = [
    type,
    messageStyles,
    css`
      :host {
        --fill: var(--nearly);
        --on: var(--on-nearly);
        --aside: var(--t-near);
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        column-gap: calc(2 * var(--u));
        padding: calc(2.25 * var(--u)) calc(4 * var(--u));
        border-top: calc(0.5 * var(--u)) solid var(--ground);
        /* The picture may stand a few px from its place: its fill still reaches the edge. */
        box-shadow: 8px 0 var(--fill), -8px 0 var(--fill), 0 8px var(--fill), 8px 8px var(--fill), -8px 8px var(--fill);
      }
      :host([form='strip']) {
        --fill: var(--tile);
        --on: var(--ink);
        --aside: var(--t-small);
        padding-block: calc(1.75 * var(--u)) calc(2.25 * var(--u));
        border-top: var(--hair) solid var(--mute);
      }
      :host([small]) {
        --aside: var(--t-small);
      }
      .shape {
        width: calc(1.5 * var(--first));
        height: calc(1.5 * var(--first));
      }
      .words {
        gap: calc(1.25 * var(--u));
      }
      .words :lang(ar) + *,
      .words > * + :lang(ar) {
        margin-top: calc(1 * var(--u));
      }
      aside {
        display: grid;
        justify-items: end;
        gap: calc(1.25 * var(--u));
        font-size: var(--aside);
        letter-spacing: -0.015em;
        white-space: nowrap;
      }
      aside .drill {
        padding: calc(0.75 * var(--u)) calc(0.9 * var(--u));
      }
      :host([form='strip']) :is(.until, .more) {
        color: var(--ink-2);
      }
      @container (orientation: portrait) {
        :host {
          grid-template-columns: auto minmax(0, 1fr);
          row-gap: calc(1.75 * var(--u));
          padding-inline: calc(3 * var(--u));
        }
        aside {
          grid-area: 2 / 1 / 3 / 3;
          display: flex;
          flex-wrap: wrap;
          justify-content: start;
          align-items: center;
          gap: calc(1.5 * var(--u));
        }
      }
    `,
  ];

  @property({ reflect: true }) form: 'band' | 'strip' = 'strip';

  protected override render(): TemplateResult | typeof nothing {
    const { message, form } = this;
    if (message === null) return nothing;
    return html`${shape(form === 'band' ? 'triangle' : 'note')}
      <div class="words">${this.words(message)}</div>
      <aside>${this.drill(message)}${this.about()}</aside>
      ${form === 'band' ? html`<i class="edge"></i>` : nothing}`;
  }

  protected override fit(): void {
    const { parentElement } = this;
    const words = this.all('.words > *');
    if (parentElement === null || words.length === 0) return;
    // Upright the board stays upright: no wider than it is high.
    const most = parentElement.clientHeight > parentElement.clientWidth ? 0.84 : 1;
    fitMessage(
      this,
      STEPS[this.form],
      ({ share = 1 }) => this.offsetHeight <= share * most * parentElement.clientHeight && areWithin(words),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-band': MessageBand;
  }
}
