import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { type } from '../../design/type.ts';

/** The one large number. Solid is now, hollow was. Digits that change cross-fade; their neighbours stand still. */
@customElement('count-figure')
export class CountFigure extends LitElement {
  static override styles = [
    type,
    css`
      :host {
        position: relative;
        font-size: var(--figure);
        font-weight: var(--w-strong);
        letter-spacing: -0.045em;
        white-space: nowrap;
      }
      :host(:dir(ltr)) {
        margin-inline-start: -0.03em;
      }
      p {
        display: grid;
        line-height: 1;
        text-box: none;
        height: calc(var(--cap) * 1em);
      }
      .digits,
      .room {
        grid-area: 1 / 1;
        text-box: trim-both cap alphabetic;
        justify-self: start;
        direction: ltr;
      }
      .room::before {
        content: attr(data-room);
        visibility: hidden;
      }
      .digit {
        display: inline-block;
        position: relative;
      }
      :host([hollow]) .digits {
        /* Filled over the inner half of the outline, which hides where the strokes of a digit overlap. */
        color: var(--ground);
        -webkit-text-stroke: calc(0.44 * var(--c)) var(--ink);
        paint-order: stroke fill;
      }
      @media (prefers-reduced-motion: no-preference) {
        :host(:not([hollow])) .digit[data-was] {
          animation: arrive 0.16s;
        }
        :host(:not([hollow])) .digit::before {
          content: attr(data-was);
          position: absolute;
          inset: 0 auto auto 0;
          color: var(--ink);
          animation: leave 0.16s both;
        }
        @keyframes arrive {
          from {
            color: transparent;
          }
        }
        @keyframes leave {
          to {
            opacity: 0;
          }
        }
      }
    `,
  ];

  @property({ type: Number }) count = 0;
  /** Digits that room is kept for. */
  @property({ type: Number }) digits = 1;
  @property({ type: Boolean, reflect: true }) hollow = false;

  #before = '';
  #shown = '';

  protected override willUpdate(): void {
    // Nothing fades while it is hollow, and nothing may be left that would fade later.
    if (this.hollow) this.#before = '';
    if (this.#shown === String(this.count)) return;
    this.#before = this.hollow ? '' : this.#shown;
    this.#shown = String(this.count);
  }

  /** A faded digit is forgotten: laid out anew, it would fade again without any change. */
  #forgetFaded(): void {
    this.#before = '';
    this.requestUpdate();
  }

  protected override render() {
    const was = (index: number) => {
      const digit = this.#before.at(index - this.#shown.length);
      return this.#before === '' || digit === this.#shown[index] ? undefined : digit;
    };
    return html`<p class="figure">
      <span class="room" data-room=${'0'.repeat(this.digits)} aria-hidden="true"></span
      ><span class="digits" data-testid="count" @animationend=${this.#forgetFaded}
        >${[...this.#shown].map((digit, index) =>
          keyed(digit, html`<span class="digit" data-was=${was(index) ?? nothing}>${digit}</span>`),
        )}</span
      >
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'count-figure': CountFigure;
  }
}
