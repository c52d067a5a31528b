import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shape } from '../../design/shape.ts';
import { type } from '../../design/type.ts';
import type { Attention } from '../view/attention.ts';

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
      .words {
        display: grid;
        gap: calc(1 * var(--u));
        white-space: nowrap;
      }
      .title {
        display: flex;
        gap: 0.28em;
        font-weight: var(--w-strong);
      }
      .detail,
      .note {
        color: var(--ink-2);
      }
      .note {
        text-wrap: balance;
      }
      :host([panel]) :is(li .shape, li.warn .shape) {
        color: currentColor;
        --cut: var(--alarm);
      }
      :host([panel]) li.warn .outline {
        stroke: currentColor;
      }
      :host([panel]) .detail {
        color: inherit;
        font-weight: var(--w-light);
      }
      @container (orientation: portrait) {
        :host {
          grid-template-columns: auto minmax(0, 1fr);
          align-items: center;
        }
        .note {
          text-align: end;
        }
        :host(:not([calm])) .note {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) items: readonly Attention[] = [];
  /** Plain words in the corner, said only where at most one thing needs attention. */
  @property() note = '';
  /** On the alarm's own ground. */
  @property({ type: Boolean, reflect: true }) panel = false;

  protected override willUpdate(): void {
    this.toggleAttribute(
      'calm',
      this.items.every((item) => item.severity === 'none'),
    );
  }

  protected override render(): TemplateResult {
    const note = this.note !== '' && this.items.length === 1 ? html`<p class="note">${this.note}</p>` : null;
    return html`<ul>
        ${this.items.map(
          ({ severity, name, title, detail }) => html`<li class=${severity} data-testid="attention">
            ${shape(severity === 'none' ? 'calm' : 'triangle')}
            <div class="words">
              <div class="title">
                ${name === null ? null : html`<p class="short">${name}</p>`}
                <p>${title}</p>
              </div>
              ${detail === '' ? null : html`<p class="detail">${detail}</p>`}
            </div>
          </li>`,
        )}
      </ul>
      ${note}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-list': AttentionList;
  }
}
