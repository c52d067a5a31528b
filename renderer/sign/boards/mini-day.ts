import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { dayAxis } from '../view/day-axis.ts';
import { dayLine } from '../view/day-line.ts';
import type { LocalTime } from '../view/local-time.ts';

/** Today under the line of the limit, without a word. */
@customElement('mini-day')
export class MiniDay extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      min-height: 0;
    }
    svg {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      overflow: visible;
      transform: scaleX(var(--way));
    }
    svg * {
      vector-effect: non-scaling-stroke;
    }
    .line {
      fill: none;
      stroke: var(--accent);
      stroke-width: calc(0.2 * var(--c));
      stroke-linejoin: round;
    }
    :host([thin]) .line {
      stroke-width: calc(0.12 * var(--c));
    }
    .area {
      fill: currentColor;
      opacity: 0.1;
    }
    line {
      stroke: currentColor;
      stroke-width: var(--hair);
      opacity: 0.45;
    }
  `;

  @property({ attribute: false }) content: SnapshotContent | null = null;
  /** Unix ms of the count: where the line ends. */
  @property({ type: Number }) heardAtMs = 0;
  @property({ attribute: false }) time: LocalTime | null = null;
  @property({ type: Boolean, reflect: true }) thin = false;

  protected override render(): TemplateResult | typeof nothing {
    const { content, time } = this;
    if (content === null || time === null) return nothing;
    const { count, today, limits } = content;
    const line = dayLine({ count, today, limit: limits.hard }, dayAxis(today.curve, this.heardAtMs, time));
    return html`<svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<line x1="0" x2="1000" y1=${line.limitY} y2=${line.limitY}/>
        ${this.thin ? nothing : svg`<path class="area" d=${line.area}/>`}<path class="line" d=${line.path}/>`}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mini-day': MiniDay;
  }
}
