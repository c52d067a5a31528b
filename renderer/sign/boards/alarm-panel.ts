import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shape } from '../../design/shape.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import type { Attention } from '../view/alert-rows.ts';
import type { AnswerShown } from '../view/answer-offer.ts';
import type { Asked } from '../view/asking.ts';
import { askOf, askStyles, pressOf } from './answer-ask.ts';
import { AskingPulse } from './asking-pulse.ts';
import './attention-list.ts';
import './people-strip.ts';

/** Letters of the longest word that the title holds at its full size, and one step down. */
const TITLE_LETTERS = { line: 6, floor: 7 };

/**
 * Over the limit: what to do, edge to edge. It appears at once; its edge pulses for ten seconds, then rests, and pulses again
 * as long as nobody answered.
 */
@customElement('alarm-panel')
export class AlarmPanel extends LitElement {
  static override styles = [
    type,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: calc(2.25 * var(--u));
        position: relative;
        background: var(--alarm);
        /* The picture may stand a few px from its place: the alarm still reaches the edge. */
        --past: calc(4px * var(--way));
        box-shadow: var(--past) 0 var(--alarm), 0 4px var(--alarm), 0 -4px var(--alarm),
          var(--past) 4px var(--alarm), var(--past) -4px var(--alarm);
        color: var(--on-alarm);
        --cut: var(--alarm);
      }
      /* Where the ground of a shop is hardly lighter or darker. */
      :host::after {
        content: '';
        position: absolute;
        inset: 0;
        border: solid var(--alarm-edge);
        border-width: 0;
        border-inline-start-width: calc(0.25 * var(--u));
        pointer-events: none;
      }
      header {
        display: grid;
        grid-template: 'shape title' auto 'do do' auto 'answer answer' auto / auto minmax(0, 1fr);
        align-items: center;
        gap: inherit;
        column-gap: calc(1.75 * var(--u));
      }
      header:not(:has(.answer)) {
        grid-template: 'shape title' auto 'do do' auto / auto minmax(0, 1fr);
      }
      header .shape {
        grid-area: shape;
        display: block;
        width: calc(8.6 * var(--u));
        height: calc(8.6 * var(--u));
      }
      h2 {
        grid-area: title;
        font-size: var(--t-line);
        font-weight: var(--w-strong);
        letter-spacing: -0.03em;
        line-height: 1.13;
      }
      header.floor h2 {
        font-size: var(--t-floor);
      }
      header.near h2 {
        font-size: var(--t-near);
      }
      .do {
        grid-area: do;
        font-size: var(--t-near);
        font-weight: var(--w-strong);
        letter-spacing: -0.02em;
        text-wrap: balance;
      }
      .answer {
        grid-area: answer;
      }
      people-strip {
        height: calc(5 * var(--u));
        margin-top: auto;
      }
      ${askStyles}
      header .press {
        display: none;
        grid-area: answer;
      }
      :host([asks][busy]) .ask answer-code {
        width: calc(5 * var(--u));
        min-height: calc(5 * var(--u));
      }
      :host([asks][crowded]) .ask {
        display: none;
      }
      :host([asks][crowded]) header .press {
        display: block;
      }
      :host([asks][crowded]) header:has(.press) .answer {
        display: none;
      }
      :host([busy]) people-strip {
        height: calc(2 * var(--u));
        margin-top: calc(1.5 * var(--u));
      }
      :host([crowded]) people-strip {
        display: none;
      }
      attention-list {
        margin-top: auto;
        border-top: var(--hair) solid currentColor;
        padding-top: calc(2 * var(--u));
      }
      @container (orientation: landscape) {
        :host([asks][busy]) {
          gap: calc(1.75 * var(--u));
        }
        /* On one line: two would take the room of what else there is. */
        h2:is(:lang(ar), :lang(ja)) {
          font-size: var(--t-near);
        }
        :host(:lang(ar)) {
          gap: calc(1.75 * var(--u));
        }
      }
      .do:lang(ar) {
        line-height: 1.25;
      }
      @container (orientation: portrait) {
        :host::after {
          border-inline-start-width: 0;
          border-top-width: calc(0.25 * var(--u));
        }
        :host {
          gap: calc(1.5 * var(--u));
        }
        header:has(.answer) {
          grid-template: 'shape title' auto 'shape answer' auto 'do do' auto / auto minmax(0, 1fr);
        }
        header:has(.answer) h2 {
          align-self: end;
        }
        .answer {
          align-self: start;
        }
        header .shape {
          width: calc(6.5 * var(--u));
          height: calc(6.5 * var(--u));
        }
        .do {
          font-size: calc(19.5 * var(--arc-near));
        }
        people-strip {
          height: calc(4 * var(--u));
        }
        attention-list {
          padding-top: calc(1.5 * var(--u));
        }
        :host([busy]) people-strip {
          display: none;
        }
        :host([asks]:not([busy])) {
          display: grid;
          grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
          column-gap: calc(1.5 * var(--u));
        }
        :host([asks]:not([busy])) header {
          column-gap: calc(1.25 * var(--u));
        }
        :host([asks]:not([busy])) header .shape {
          width: calc(4.25 * var(--u));
          height: calc(4.25 * var(--u));
        }
        :host([asks]:not([busy])) header.line h2 {
          font-size: var(--t-floor);
        }
        :host([asks]) .ask .press {
          grid-area: 2 / 1;
        }
        :host([asks][busy]) .ask {
          display: none;
        }
        :host([asks][busy]) header .press {
          display: block;
          align-self: start;
        }
        :host([asks][busy]) header:has(.press) .answer {
          display: none;
        }
        :host([crowded]) {
          gap: calc(1 * var(--u));
          padding-top: calc(2 * var(--u));
        }
        :host([crowded]) header .shape {
          width: calc(5 * var(--u));
          height: calc(5 * var(--u));
        }
        :host([crowded]) header.line h2 {
          font-size: var(--t-floor);
        }
        :host([crowded]) attention-list {
          padding-top: calc(1.25 * var(--u));
          --between: calc(1.25 * var(--u));
        }
      }
      @media (prefers-reduced-motion: no-preference) {
        :host::before {
          content: '';
          position: absolute;
          inset: 0;
          border-inline-start: calc(0.5 * var(--u)) solid currentColor;
          opacity: 0;
          animation: pulse 1s ease-in-out 10;
        }
        /* Another name begins anew. */
        :host([again])::before {
          animation-name: pulse-again;
        }
        @keyframes pulse {
          50% {
            opacity: 0.8;
          }
        }
        @keyframes pulse-again {
          50% {
            opacity: 0.8;
          }
        }
      }
    `,
  ];

  @property({ type: Number }) count = 0;
  @property({ type: Number }) limit = 1;
  @property({ attribute: false }) items: readonly Attention[] = [];
  @property({ type: Number }) more = 0;
  /** Who takes care of it, or that nobody does. */
  @property() answer = '';
  /** What is to be answered; null: the cloud does not tell. */
  @property({ attribute: false }) asked: Asked | null = null;
  /** How an answer is offered; null: it is not. */
  @property({ attribute: false }) answering: AnswerShown | null = null;
  @property({ attribute: false }) strings: GlassStrings = english;

  readonly #pulse = new AskingPulse(this);

  protected override willUpdate(): void {
    this.#pulse.note(this.asked);
    this.toggleAttribute('again', this.#pulse.round % 2 === 1);
    this.toggleAttribute('asks', this.answering !== null);
    this.toggleAttribute('busy', this.#waiting.length > 0);
    this.toggleAttribute('crowded', this.#waiting.length > 1 || this.more > 0);
  }

  get #waiting(): readonly Attention[] {
    return this.items.filter((item) => item.severity !== 'none');
  }

  protected override render(): TemplateResult {
    const { count, limit, strings } = this;
    const waiting = this.#waiting;
    return html`<header class=${titleStep(strings.overLimit)}>
        ${shape('octagon')}
        <h2 data-testid="state">${strings.overLimit}</h2>
        <p class="do">${strings.holdTheDoors(count - limit)}</p>
        ${this.answer === '' ? null : html`<p class="answer short" data-testid="answer">${this.answer}</p>`}
        ${this.answering?.here === true && waiting.length > 0 ? pressOf(this.answering, strings) : null}
      </header>
      ${this.answering === null ? html`<people-strip .count=${count} .limit=${limit} .label=${strings.ofLimit(count, limit)}></people-strip>` : askOf(this.answering, strings)}
      ${waiting.length === 0 ? null : html`<attention-list panel .items=${waiting} .more=${this.more} .strings=${strings}></attention-list>`}`;
  }
}

function titleStep(title: string): 'line' | 'floor' | 'near' {
  const longest = Math.max(...title.split(' ').map((word) => word.length));
  if (longest <= TITLE_LETTERS.line) return 'line';
  return longest <= TITLE_LETTERS.floor ? 'floor' : 'near';
}

declare global {
  interface HTMLElementTagNameMap {
    'alarm-panel': AlarmPanel;
  }
}
