import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Trouble } from '../../../cloud/contracts/feed.ts';
import { customProperties } from '../../design/custom-properties.ts';
import { shape } from '../../design/shape.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { type LocalTime, localTime } from '../view/local-time.ts';
import { troubleNotice } from '../view/trouble-notice.ts';
import { wallLayout } from '../view/wall-layout.ts';
import { type WallTile, wallSum } from '../view/wall-tiles.ts';
import { wallStyles } from './wall-styles.ts';
import './wall-tile.ts';

/** Many stores for those who look after all of them: worst first, and what is in all of them together. */
@customElement('wall-board')
export class WallBoard extends LitElement {
  static override styles = [type, wallStyles];

  /** Worst first. */
  @property({ attribute: false }) tiles: readonly WallTile[] = [];
  /** Unix ms, as the sign's clock is set. */
  @property({ type: Number }) nowMs = 0;
  @property({ type: Number }) cloudNowMs: number | null = null;
  @property({ attribute: false }) glass = { widthPx: 1920, heightPx: 1080 };
  /** Of the letters that a panel of this size can hold: the part that was asked for. */
  @property({ type: Number }) letters = 1;
  @property() link: 'up' | 'down' = 'up';
  /** Why there is none, where that is known. */
  @property({ attribute: false }) trouble: Trouble | undefined;
  @property({ attribute: false }) strings: GlassStrings = english;

  #times: ReadonlyMap<string, LocalTime> = new Map();

  /** Those that have a place on it. */
  get shownTiles(): readonly WallTile[] {
    return this.tiles.slice(0, wallLayout(this.tiles, this.glass, this.letters).shown);
  }

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('strings')) this.#times = new Map();
  }

  protected override render(): TemplateResult {
    const { tiles, strings } = this;
    const { columns, rows, shown, scale, figure, isRoomy, isWide } = wallLayout(
      tiles,
      this.glass,
      this.letters,
    );
    const rest = tiles.slice(shown);
    const sizes = {
      '--columns': columns,
      '--rows': rows,
      '--scale': scale.toFixed(3),
      '--figure-c': figure,
      '--letters': this.letters.toFixed(3),
    };
    return html`${this.#header()}
      <ul class="tiles" ${customProperties(sizes)}>
        ${repeat(
          tiles.slice(0, shown),
          ({ content }) => content.store.id,
          (tile) => html`<li>
            <wall-tile
              .tile=${tile}
              .time=${this.#timeOf(tile)}
              .nowMs=${this.nowMs}
              .cloudNowMs=${this.cloudNowMs}
              ?roomy=${isRoomy}
              ?wide=${isWide}
              .strings=${strings}
            ></wall-tile>
          </li>`,
        )}
        ${rest.length === 0 ? nothing : html`<li class="rest"><p>${this.#rest(rest)}</p></li>`}
      </ul>`;
  }

  #header(): TemplateResult {
    const { tiles, strings, nowMs, link, trouble } = this;
    const { inside, notCounted } = wallSum(tiles);
    const [first] = tiles;
    const sum = notCounted === tiles.length ? strings.noLiveCount : strings.wall.inside(inside);
    return html`<header>
      <h1 data-testid="sum">${sum}</h1>
      ${
        notCounted === 0
          ? nothing
          : html`<p class="missing" data-testid="not-counted">${shape('ring')}<span>${strings.wall.notCounted(notCounted)}</span></p>`
      }
      ${link === 'up' ? nothing : html`<p class="missing">${shape('triangle')}<span>${troubleNotice(trouble, strings).title}</span></p>`}
      <p class="when">${first === undefined ? '' : this.#timeOf(first).dateAndTime(nowMs)}</p>
    </header>`;
  }

  #rest(rest: readonly WallTile[]): string {
    const areOpen = rest.every(({ state }) => state === 'open');
    return areOpen ? this.strings.wall.moreOpen(rest.length) : this.strings.andMore(rest.length);
  }

  #timeOf({ content: { store } }: WallTile): LocalTime {
    const known = this.#times.get(store.timeZone);
    if (known !== undefined) return known;
    const time = localTime(this.strings.language, store.timeZone);
    this.#times = new Map([...this.#times, [store.timeZone, time]]);
    return time;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wall-board': WallBoard;
  }
}
