import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { hatch } from '../../design/hatch.ts';
import { type } from '../../design/type.ts';
import type { CountWords } from '../view/count-words.ts';
import './count-figure.ts';
import { phraseWords } from './phrase-words.ts';

/** The count with its limit, what it allows, and how old it is. Its box is the same in every state. */
@customElement('store-count')
export class StoreCount extends LitElement {
  static override styles = [
    type,
    hatch,
    css`
      :host {
        --figure: var(--t-figure);
        display: grid;
        grid-template: minmax(0, 1fr) / auto minmax(0, 1fr);
        column-gap: calc(1.75 * var(--u));
        height: calc(var(--cap) * var(--t-figure));
        white-space: nowrap;
      }
      :host([step='four']) {
        --figure: calc(60 * var(--arc-far));
      }
      :host([step='many']) {
        --figure: calc(48 * var(--arc-far));
      }
      count-figure {
        align-self: end;
      }
      .about {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
      }
      .limit {
        font-size: var(--t-line);
        font-weight: var(--w-light);
        letter-spacing: -0.03em;
        color: var(--ink-2);
      }
      .room {
        font-size: var(--t-line);
        letter-spacing: -0.03em;
      }
      .room > b + * {
        margin-inline-start: 0.28em;
      }
      .room > * + b {
        margin-inline-start: 0.16em;
      }
      .room span {
        font-size: var(--t-near);
        letter-spacing: -0.015em;
      }
      .room span.long {
        font-size: var(--t-small);
      }
      :host([step='many']) .room {
        font-size: var(--t-floor);
      }
      :host([step='many']) .room span {
        font-size: var(--t-small);
      }
      .fresh {
        color: var(--ink-2);
      }
      .ground {
        width: calc(1.16 * var(--t-figure));
        background: var(--stripes);
        box-shadow: inset 0 0 0 var(--hair) var(--unknown-edge);
      }
      .title {
        font-size: var(--t-line);
        font-weight: var(--w-strong);
        letter-spacing: -0.03em;
        white-space: normal;
        width: min-content;
        min-width: 70%;
      }
      :host([noted]) .title {
        font-size: var(--t-near);
      }
      .known {
        display: grid;
        gap: calc(1 * var(--u));
        color: var(--ink-2);
      }
      @container (orientation: landscape) {
        :host([tight]) .limit {
          font-size: var(--t-near);
        }
        :host([tight]) .room {
          display: grid;
          gap: calc(0.75 * var(--u));
        }
        :host([tight]) .room > * {
          display: block;
          margin: 0;
          text-box: trim-both cap alphabetic;
        }
        :host([tight]) .detail {
          display: none;
        }
      }
      @container (orientation: portrait) {
        :host {
          --figure: calc(92 * var(--arc-far));
          grid-template: calc(var(--cap) * 92 * var(--arc-far)) calc(var(--cap) * var(--t-line)) / auto minmax(0, 1fr);
          gap: calc(2.5 * var(--u)) calc(1.5 * var(--u));
          height: auto;
        }
        :host([tight]) {
          --figure: calc(72 * var(--arc-far));
        }
        :host([step='four']) {
          --figure: calc(60 * var(--arc-far));
        }
        :host([step='many']) {
          --figure: calc(45 * var(--arc-far));
        }
        .about {
          display: contents;
        }
        .limit,
        .title {
          align-self: end;
        }
        :host(:is([tight], [margin])) .limit {
          font-size: var(--t-near);
        }
        :host([step='four']) .limit,
        :host([step='many']) .limit {
          font-size: var(--t-small);
          white-space: normal;
        }
        .room {
          grid-area: 2 / 1 / 3 / 3;
        }
        .room:lang(ar) span {
          font-size: var(--t-small);
        }
        .fresh {
          grid-area: 2 / 1 / 3 / 3;
          justify-self: end;
          align-self: end;
        }
        .detail {
          display: none;
        }
        .title {
          font-size: var(--t-near);
        }
        .known {
          grid-area: 2 / 1 / 3 / 3;
          align-self: center;
        }
      }
    `,
  ];

  @property({ attribute: false }) words: CountWords = {
    kind: 'unknown',
    title: '',
    detail: '',
    note: undefined,
  };

  protected override willUpdate(): void {
    const size = this.words.kind === 'figure' ? this.words.size : null;
    this.toggleAttribute('tight', size?.tight ?? false);
    this.toggleAttribute('margin', this.words.kind === 'figure' && this.words.margin);
    this.toggleAttribute('noted', this.words.kind === 'unknown' && this.words.note !== undefined);
    this.setAttribute('step', size?.step ?? 'full');
  }

  protected override render(): TemplateResult {
    const { words } = this;
    if (words.kind === 'unknown') {
      return html`<div class="ground"></div>
        <div class="about">
          <p class="title">${words.title}</p>
          <div class="known">
            <p>${words.detail}</p>
            ${words.note === undefined ? null : html`<p>${words.note}</p>`}
          </div>
        </div>`;
    }
    const { main, detail } = words.fresh;
    return html`<count-figure .count=${words.count} .digits=${words.size.digits} .hollow=${words.hollow}></count-figure>
      <div class="about">
        <p class="limit">${words.limit}</p>
        <p class="room">${phraseWords(words.room)}</p>
        <p class="fresh" data-testid="freshness">${main}<span class="detail">${detail}</span></p>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'store-count': StoreCount;
  }
}
