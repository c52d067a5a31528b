import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type } from '../../design/type.ts';
import { fitWords } from './fit-words.ts';

/** Sizes to try, the largest first, in % of the long edge. */
const SIZES = [22, 19, 16.5, 14, 12, 10, 8.5, 7.2, 6.2, 5.2, 4.4, 3.6, 3];

/** Whose sign this is, over the lower part of the board: the count above it stays to be seen. */
@customElement('identify-sheet')
export class IdentifySheet extends LitElement {
  static override styles = [
    type,
    css`
      :host {
        position: absolute;
        inset: 50% 0 0;
        display: grid;
        align-items: center;
        padding: calc(3 * var(--u)) calc(4 * var(--u));
        overflow: hidden;
        background: var(--ink);
        color: var(--ground);
      }
      p {
        min-width: 0;
        overflow-wrap: normal;
        font-size: calc(var(--size, 3) * var(--c));
        font-weight: var(--w-strong);
        letter-spacing: -0.03em;
        line-height: 1.12;
        text-wrap: balance;
      }
      @container (orientation: portrait) {
        :host {
          inset: 37% 0 0;
          padding: calc(4 * var(--u)) calc(3 * var(--u));
        }
      }
    `,
  ];

  @property() name = '';

  protected override render(): TemplateResult {
    return html`<p role="status" dir="auto">${this.name}</p>`;
  }

  protected override updated(): void {
    const words = this.renderRoot.querySelector('p');
    if (words === null) return;
    const fits = () => {
      const { paddingTop, paddingBottom } = getComputedStyle(this);
      const roomPx = this.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
      return words.scrollWidth <= words.clientWidth && words.offsetHeight <= roomPx;
    };
    fitWords(this, SIZES, fits);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'identify-sheet': IdentifySheet;
  }
}
