import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OccupancyState, SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { type Shape, shape } from '../../design/shape.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { stripCells } from '../view/strip-cells.ts';
import './people-strip.ts';
import type { StripDrawn } from './people-strip.ts';
import './zone-list.ts';

const SHAPES: Readonly<Record<OccupancyState | 'closed', Shape>> = {
  open: 'tick',
  nearly: 'triangle',
  full: 'octagon',
  over: 'octagon',
  unknown: 'ring',
  closed: 'moon',
};

/** The state as shape, word and colour, over the strip of its people. */
@customElement('state-panel')
export class StatePanel extends LitElement {
  static override styles = [
    type,
    css`
      :host {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        --cut: var(--ground);
      }
      header {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        column-gap: calc(1.5 * var(--u));
      }
      .shape {
        display: block;
        width: calc(6 * var(--u));
        height: calc(6 * var(--u));
        overflow: visible;
        color: var(--ink-2);
      }
      :host([state='open']) .shape {
        color: var(--mark-open);
      }
      :host([state='nearly']) .shape {
        color: var(--mark-warn);
        --cut: var(--warn-ink);
      }
      :host([state='nearly']) .shape .outline {
        stroke: var(--warn-edge);
      }
      :host(:is([state='full'], [state='over'])) .shape {
        color: var(--mark-alarm);
      }
      header p {
        font-size: var(--t-near);
        font-weight: var(--w-strong);
        letter-spacing: -0.02em;
        text-wrap: balance;
      }
      .words {
        display: grid;
        gap: calc(1 * var(--u));
        min-width: 0;
      }
      header .detail {
        font-size: var(--t-small);
        font-weight: var(--w-text);
        letter-spacing: -0.012em;
        color: var(--ink-2);
      }
      .cells {
        display: grid;
        gap: calc(1.25 * var(--u));
      }
      header.scaled .shape {
        width: calc(4.5 * var(--u));
        height: calc(4.5 * var(--u));
      }
      .scaled people-strip {
        height: calc(2.75 * var(--u));
      }
      :host([zoned]) .cells {
        display: none;
      }
      :host([brief]) :is(.cells, zone-list) {
        display: none;
      }
      :host([brief]) header .shape {
        width: calc(4 * var(--u));
        height: calc(4 * var(--u));
      }
      @container (orientation: portrait) {
        :host([busy]) zone-list {
          display: none;
        }
        :host([busy]) .cells {
          display: grid;
        }
        :host {
          position: relative;
          gap: calc(1.75 * var(--u));
        }
        .shape {
          width: calc(4.5 * var(--u));
          height: calc(4.5 * var(--u));
        }
        people-strip,
        .scaled people-strip {
          height: var(--strip, calc(2.5 * var(--u)));
        }
        .cells p {
          position: absolute;
          inset-block-start: calc(2.25 * var(--u));
          inset-inline-end: 0;
          max-width: 8em;
          translate: 0 -50%;
          text-align: end;
          text-wrap: balance;
        }
      }
    `,
  ];

  @property({ reflect: true }) state: OccupancyState | 'closed' = 'unknown';
  /** Under the word: when a closed store opens. */
  @property() detail = '';
  @property({ type: Number }) count = 0;
  @property({ type: Number }) limit = 1;
  @property() drawn: StripDrawn = 'solid';
  /** Where there are any they take the place of the strip, as long as they are known and there is room. */
  @property({ attribute: false }) zones: SnapshotContent['zones'] = [];
  @property({ type: Boolean, reflect: true }) busy = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  get #zoned(): boolean {
    return this.zones.length > 0 && this.drawn !== 'hatched';
  }

  protected override willUpdate(): void {
    this.toggleAttribute('zoned', this.#zoned);
  }

  protected override render(): TemplateResult {
    const { count, limit, drawn, strings, zones } = this;
    const { peoplePerCell } = stripCells(count, limit);
    const scaled = peoplePerCell > 1 && drawn !== 'hatched';
    const label = drawn === 'solid' ? strings.ofLimit(count, limit) : strings.noLiveCount;
    return html`<header class=${scaled || this.#zoned || this.detail !== '' ? 'scaled' : ''}>
        ${shape(SHAPES[this.state])}
        <div class="words">
          <p data-testid="state">${strings.states[this.state]}</p>
          ${this.detail === '' ? null : html`<p class="detail">${this.detail}</p>`}
        </div>
      </header>
      ${this.#zoned ? html`<zone-list .zones=${zones} ?stale=${drawn !== 'solid'} .strings=${strings}></zone-list>` : null}
      <div class="cells ${scaled ? 'scaled' : ''}">
        ${scaled ? html`<p class="soft">${strings.cellsOf(peoplePerCell)}</p>` : null}
        <people-strip .count=${count} .limit=${limit} .drawn=${drawn} .label=${label}></people-strip>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'state-panel': StatePanel;
  }
}
