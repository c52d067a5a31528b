import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Shape, shape } from '../../design/shape.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import type { Attention } from '../view/alert-rows.ts';

const SHAPES: Readonly<Record<Attention['severity'], Shape>> = {
  alarm: 'octagon',
  warn: 'triangle',
  note: 'note',
  none: 'calm',
};

/** What needs somebody, worst first, or the calm word that nothing does. */
@customElement('attention-list')
export class AttentionList extends LitElement {
  static override styles = [
    type,
    css`
      ul,
      :host {
        display: grid;
        gap: var(--between, calc(1.5 * var(--u)));
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        column-gap: calc(1.25 * var(--u));
        --cut: var(--ground);
      }
      .shape {
        display: block;
        width: calc(4 * var(--u));
        height: calc(4 * var(--u));
        overflow: visible;
        color: var(--ink-2);
      }
      li.warn .shape {
        color: var(--mark-warn);
        --cut: var(--warn-ink);
      }
      li.warn .outline {
        stroke: var(--warn-edge);
      }
      li.alarm .shape {
        color: var(--mark-alarm);
      }
      .words {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: calc(1 * var(--u));
        white-space: nowrap;
      }
      .title {
        display: flex;
        gap: 0.28em;
        font-weight: var(--w-strong);
      }
      .detail {
        display: flex;
        gap: 0.28em;
      }
      .why {
        white-space: normal;
      }
      .sentence {
        display: block;
        line-height: 1.25;
        text-wrap: pretty;
      }
      .detail,
      .more,
      .remark {
        color: var(--ink-2);
      }
      .remark {
        text-wrap: balance;
      }
      :host([panel]) :is(li .shape, li.warn .shape, li.alarm .shape) {
        color: currentColor;
        --cut: var(--alarm);
      }
      :host([panel]) li.warn .outline {
        stroke: currentColor;
      }
      :host([panel]) :is(.detail, .more) {
        color: inherit;
        font-weight: var(--w-light);
      }
      :host([crowded]) .lead {
        display: none;
      }
      @container (orientation: landscape) {
        .lead {
          display: none;
        }
        :host([crowded]) {
          --between: calc(1 * var(--u));
        }
      }
      @container (orientation: portrait) {
        :host {
          grid-template-columns: auto minmax(0, 1fr);
          align-items: center;
        }
        :host(:not([calm])) {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .more {
          align-self: end;
        }
        .remark {
          text-align: end;
        }
        :host(:not([calm])) .remark {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) items: readonly Attention[] = [];
  /** Things that have no row. */
  @property({ type: Number }) more = 0;
  /** Plain words in the corner, said only where at most one thing needs attention. */
  @property() note = '';
  /** On the alarm's own ground. */
  @property({ type: Boolean, reflect: true }) panel = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  protected override willUpdate(): void {
    this.toggleAttribute(
      'calm',
      this.items.every((item) => item.severity === 'none'),
    );
    this.toggleAttribute('crowded', this.more > 0);
  }

  protected override render(): TemplateResult {
    return html`<ul>
        ${this.items.map(
          ({
            severity,
            name,
            title,
            lead,
            detail,
            isSentence = false,
            hasEnded = false,
          }) => html`<li class=${hasEnded ? 'ended' : severity} data-testid="attention">
            ${shape(SHAPES[severity])}
            <div class="words ${isSentence ? 'why' : ''}">
              <div class="title">
                ${name === null ? null : html`<p class="short" dir="auto">${name}</p>`}
                <p>${title}</p>
              </div>
              ${detail === '' ? null : isSentence ? html`<p class="detail sentence">${detail}</p>` : detailOf(lead, detail)}
            </div>
          </li>`,
        )}
      </ul>
      ${this.#foot()}`;
  }

  #foot(): TemplateResult | null {
    if (this.more > 0) return html`<p class="more">${this.strings.andMore(this.more)}</p>`;
    return this.note !== '' && this.items.length === 1 ? html`<p class="remark">${this.note}</p>` : null;
  }
}

const detailOf = (lead: string, detail: string): TemplateResult =>
  html`<div class="detail">
    ${lead === '' ? null : html`<p class="lead">${lead}</p>`}
    <p class="short">${detail}</p>
  </div>`;

declare global {
  interface HTMLElementTagNameMap {
    'attention-list': AttentionList;
  }
}
