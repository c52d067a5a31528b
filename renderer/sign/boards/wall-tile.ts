import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { customProperties } from '../../design/custom-properties.ts';
import { type Shape, shape } from '../../design/shape.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { type LocalTime, localTime } from '../view/local-time.ts';
import type { DoorView } from '../view/store-view.ts';
import { tileWords } from '../view/tile-words.ts';
import type { WallTile as Tile, TileState } from '../view/wall-tiles.ts';
import { tileStyles } from './tile-styles.ts';
import './mini-day.ts';

const SHAPES: Readonly<Record<TileState, Shape>> = {
  over: 'octagon',
  unknown: 'ring',
  stale: 'ring',
  full: 'octagon',
  nearly: 'triangle',
  open: 'tick',
  closed: 'moon',
};

/** One store among many. Solid is now, hollow was, hatched is not known. */
@customElement('wall-tile')
export class WallTile extends LitElement {
  static override styles = [type, tileStyles];

  @property({ attribute: false }) tile: Tile | null = null;
  @property({ attribute: false }) time: LocalTime = localTime('en', 'UTC');
  @property({ type: Number }) nowMs = 0;
  @property({ type: Number }) cloudNowMs: number | null = null;
  /** Room for the day above the figure. */
  @property({ type: Boolean, reflect: true }) roomy = false;
  /** Room beside the figure too. */
  @property({ type: Boolean, reflect: true }) wide = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  protected override willUpdate(): void {
    if (this.tile !== null) this.setAttribute('state', this.tile.state);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { tile, strings } = this;
    if (tile === null) return nothing;
    const words = tileWords(tile, this, strings);
    const { content, view } = tile;
    return html`<header>
        <h2 class="short" dir="auto">${content.store.name}</h2>
        ${shape(SHAPES[tile.state])}
      </header>
      <p class="spoken">${words.state}</p>
      ${
        this.roomy
          ? html`<mini-day .content=${content} .heardAtMs=${tile.trueAtMs ?? 0} .time=${this.time} ?thin=${words.figure !== 'solid'}></mini-day>`
          : html`<i></i>`
      }
      ${
        words.figure === 'none'
          ? html`<p class="word">${words.state}</p>`
          : html`<div class="figure-line">
            <p class="figure ${words.figure}" data-testid="tile-count">${content.count}</p>
            <div class="aside">
              ${this.wide && words.aside !== '' ? html`<p class="aside-word short">${words.aside}</p>` : nothing}
              <p class="limit">${strings.of(content.limits.hard)}</p>
            </div>
          </div>`
      }
      <p class="foot short">${words.foot}</p>
      ${words.figure === 'solid' ? silentShare(view.doors) : nothing}`;
  }
}

/** The ground that the count stands on: the hatched part of it is doors that are silent. */
function silentShare(doors: readonly DoorView[]): TemplateResult | typeof nothing {
  const silent = doors.filter((door) => door.silent).length;
  if (silent === 0) return nothing;
  return html`<i class="stand" data-testid="partial" ${customProperties({ '--silent': silent / doors.length })}></i>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wall-tile': WallTile;
  }
}
