import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hatch } from '../../design/hatch.ts';
import { type Shape, shape } from '../../design/shape.ts';
import { type } from '../../design/type.ts';

/** No store to show, and why. Hatched where the cloud cannot be reached: nothing is known. */
@customElement('plain-board')
export class PlainBoard extends LitElement {
  static override styles = [
    type,
    hatch,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
        gap: calc(3 * var(--u)) calc(4 * var(--u));
        padding: calc(4 * var(--u));
        background: var(--ground);
        --cut: var(--ground);
      }
      :host([unknown]) {
        background: repeating-linear-gradient(
          135deg,
          var(--unknown) 0 calc(3 * var(--u)),
          var(--unknown-2) 0 calc(6 * var(--u))
        );
        color: var(--on-unknown);
        --ink-2: currentColor;
      }
      h1 {
        font-size: var(--t-word);
        font-weight: var(--w-strong);
        letter-spacing: -0.035em;
        line-height: 1.06;
        text-wrap: balance;
      }
      .shape {
        display: block;
        width: calc(15 * var(--u));
        height: calc(15 * var(--u));
        grid-area: 1 / 2;
      }
      .words {
        grid-area: 2 / 1 / 3 / 3;
        align-self: end;
        display: grid;
        gap: calc(2.25 * var(--u));
      }
      .detail {
        font-size: var(--t-near);
        font-weight: var(--w-strong);
        letter-spacing: -0.02em;
        line-height: 1.25;
        text-wrap: pretty;
        overflow-wrap: anywhere;
      }
      .cause {
        overflow-wrap: anywhere;
      }
      .cause,
      .foot,
      .id {
        color: var(--ink-2);
        line-height: 1.3;
      }
      .id {
        word-break: break-all;
        /* Inter's own letters for reading codes: a serifed I, a tailed l, a slashed 0. */
        font-feature-settings: 'ss02', 'zero';
        margin-top: calc(-1 * var(--u));
      }
      @container (orientation: portrait) {
        :host {
          grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
          padding: calc(5 * var(--u)) calc(4 * var(--u));
        }
        .shape {
          grid-area: 1 / 1;
          width: calc(16 * var(--u));
          height: calc(16 * var(--u));
        }
        h1 {
          grid-area: 2 / 1;
          font-size: calc(24 * var(--arc-far));
        }
        .words {
          grid-area: 3 / 1;
        }
      }
    `,
  ];

  @property() heading = '';
  @property() detail = '';
  @property() foot = '';
  /** For whoever looks after the installation, in the words of its log. */
  @property() cause = '';
  /** Long, and to be copied exactly: on a line of its own. */
  @property() signId = '';
  @property() mark: Shape = 'ring';
  @property({ type: Boolean, reflect: true }) unknown = false;

  protected override render(): TemplateResult {
    return html`<h1 role="status">${this.heading}</h1>
      ${shape(this.mark)}
      <div class="words">
        <p class="detail" dir="auto">${this.detail}</p>
        ${this.cause === '' ? nothing : html`<p class="cause" dir="auto" lang="en">${this.cause}</p>`}
        ${this.foot === '' ? nothing : html`<p class="foot">${this.foot}</p>`}
        ${this.signId === '' ? nothing : html`<p class="id ltr">${this.signId}</p>`}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'plain-board': PlainBoard;
  }
}
