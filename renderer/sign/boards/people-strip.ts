import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hatch } from '../../design/hatch.ts';
import { type } from '../../design/type.ts';
import { cellPath, rowWidth, stripCells } from '../view/strip-cells.ts';

/** How the cells are drawn: solid is now, outlined was, hatched is not known. */
export type StripDrawn = 'solid' | 'hollow' | 'hatched';

/** One cell a person, as many as the limit; above 120 a cell stands for several. */
@customElement('people-strip')
export class PeopleStrip extends LitElement {
  static override styles = [
    type,
    hatch,
    css`
      :host {
        display: grid;
        grid-auto-rows: minmax(0, 1fr);
        gap: calc(0.75 * var(--u));
        height: calc(3.5 * var(--u));
      }
      :host([drawn='hatched']) {
        background: repeating-linear-gradient(
          135deg,
          currentColor 0 calc(0.3 * var(--u)),
          transparent 0 calc(0.85 * var(--u))
        );
      }
      svg {
        width: 100%;
        height: 100%;
        overflow: visible;
        scale: var(--way) 1;
      }
      path {
        fill: currentColor;
      }
      :host([drawn='hollow']) .taken {
        fill: none;
        stroke: currentColor;
        stroke-width: max(1.5px, calc(0.09 * var(--c)));
        vector-effect: non-scaling-stroke;
      }
    `,
  ];

  @property({ type: Number }) count = 0;
  @property({ type: Number }) limit = 1;
  @property({ reflect: true }) drawn: StripDrawn = 'solid';
  /** What the strip says, for those who listen. */
  @property() label = '';

  protected override willUpdate(): void {
    this.role = 'img';
    this.ariaLabel = this.label;
  }

  protected override render(): TemplateResult | null {
    if (this.drawn === 'hatched') return null;
    const { rows } = stripCells(this.count, this.limit);
    const longest = Math.max(...rows.map((row) => row.length));
    return html`${rows.map(
      (
        cells,
      ) => html`<svg viewBox="0 0 ${rowWidth(longest)} 100" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="taken" d=${cellPath(cells, 'taken', 'over')}/><path d=${cellPath(cells, 'free')}/>`}
      </svg>`,
    )}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'people-strip': PeopleStrip;
  }
}
