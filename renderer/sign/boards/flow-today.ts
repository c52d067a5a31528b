import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';

/** Together more digits than this stand one step smaller. */
const DIGITS_AT_FULL_SIZE = 7;

/** How many came and went since the day began. */
@customElement('flow-today')
export class FlowToday extends LitElement {
  static override styles = [
    type,
    css`
      :host {
        display: flex;
        justify-content: space-between;
        font-size: var(--t-near);
        white-space: nowrap;
      }
      span {
        font-size: var(--t-small);
        color: var(--ink-2);
        margin-inline-end: 0.35em;
      }
      :host([many]) b {
        font-size: var(--t-small);
        letter-spacing: -0.03em;
      }
      :host([many]) span {
        margin-inline-end: 0.2em;
      }
      :host([stale]) b {
        font-weight: var(--w-light);
      }
      @container (orientation: portrait) {
        :host {
          justify-content: start;
          gap: calc(4 * var(--u));
        }
      }
    `,
  ];

  @property({ type: Number }) in = 0;
  @property({ type: Number }) out = 0;
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  protected override willUpdate(): void {
    this.toggleAttribute('many', `${this.in}${this.out}`.length > DIGITS_AT_FULL_SIZE);
  }

  protected override render(): TemplateResult {
    return html`<p><span>${this.strings.in}</span><b>${this.in}</b></p>
      <p><span>${this.strings.out}</span><b>${this.out}</b></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'flow-today': FlowToday;
  }
}
