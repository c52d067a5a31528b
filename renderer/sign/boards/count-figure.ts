import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type } from '../../design/type.ts';

/** The one large number. Solid is now, hollow was. Another one is a cut: nothing in between was ever true. */
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
      :host([hollow]) .digits {
        /* Filled over the inner half of the outline, which hides where the strokes of a digit overlap. */
        color: var(--ground);
        -webkit-text-stroke: calc(0.44 * var(--c)) var(--ink);
        paint-order: stroke fill;
      }
    `,
  ];

  @property({ type: Number }) count = 0;
  /** Digits that room is kept for. */
  @property({ type: Number }) digits = 1;
  @property({ type: Boolean, reflect: true }) hollow = false;

  protected override render(): TemplateResult {
    return html`<p class="figure">
      <span class="room" data-room=${'0'.repeat(this.digits)} aria-hidden="true"></span
      ><span class="digits" data-testid="count">${this.count}</span>
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'count-figure': CountFigure;
  }
}
