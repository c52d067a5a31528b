import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shape } from '../../design/shape.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import type { DoorFace } from '../view/door-face.ts';
import { type DoorLines, type DoorWords, doorLines, openingFigure, type Place } from '../view/door-lines.ts';
import { DOOR_SHAPES } from '../view/door-shapes.ts';
import { figureSize } from '../view/figure-size.ts';
import { doorStyles } from './door-styles.ts';
import { fitDoor } from './fit-door.ts';
import './count-figure.ts';
import './people-strip.ts';

/** One store for its customers: a word, a shape and a fill that say the same, and how many more may enter. */
@customElement('door-board')
export class DoorBoard extends LitElement {
  static override styles = [type, doorStyles];

  @property({ attribute: false }) face: DoorFace = { state: 'unknown' };
  @property({ attribute: false }) place: Place = { timeZone: 'UTC', cloudNowMs: null };
  /** The operator's own words, in the first language. */
  @property({ attribute: false }) words: DoorWords = {};
  @property({ attribute: false }) strings: GlassStrings = english;
  @property({ attribute: false }) second: GlassStrings | null = null;
  /** Of the glass: what fits on one does not on another. */
  @property() glass = '';

  #fitted = '';

  protected override willUpdate(): void {
    this.setAttribute('state', this.face.state);
  }

  protected override render(): TemplateResult {
    const { face, place, strings, second } = this;
    const lines = [
      doorLines(face, strings, place, this.words),
      ...(second === null ? [] : [doorLines(face, second, place)]),
    ];
    const said = (part: 'word' | 'of' | 'next') => saidIn(lines, part);
    return html`<header class="say">
        <h1 class="word" role="status" data-testid="state">${lines[0]?.word}</h1>
        ${said('word').slice(1)}
      </header>
      <div class="mark">${shape(DOOR_SHAPES[face.state])}</div>
      <section class="count">
        ${this.#figure()}
        <div class="beside">
          <div class="of">${said('of')}</div>
          <div class="next" data-testid="next">${said('next')}</div>
        </div>
      </section>
      ${this.#strip()}`;
  }

  #figure(): TemplateResult | typeof nothing {
    const { face } = this;
    if ('count' in face) {
      const { digits, step } = figureSize(face.count, face.limit);
      return html`<count-figure class=${step} .count=${face.count} .digits=${digits}></count-figure>`;
    }
    const time = openingFigure(face, this.strings, this.place);
    return time === null ? nothing : html`<p class="figure time" data-testid="opens">${time}</p>`;
  }

  #strip(): TemplateResult | typeof nothing {
    const { face, strings } = this;
    if (face.state === 'closed') return nothing;
    if (face.state === 'unknown') {
      return html`<people-strip drawn="hatched" .label=${strings.door.noLiveCount}></people-strip>`;
    }
    const { count, limit } = face;
    return html`<people-strip .count=${count} .limit=${limit} .label=${strings.ofLimit(count, limit)}></people-strip>`;
  }

  protected override updated(): void {
    const { face, second, strings, glass } = this;
    // Measured only where something that has a size has changed.
    const key = JSON.stringify([face, strings.language, second?.language, glass, this.words]);
    if (key === this.#fitted) return;
    this.#fitted = key;
    fitDoor(this, this.renderRoot);
    // A face that arrives late has other widths.
    document.fonts.ready.then(() => this.#fitted === key && fitDoor(this, this.renderRoot));
  }
}

/** The first language strong, the second light. */
const saidIn = (lines: readonly DoorLines[], part: 'word' | 'of' | 'next'): readonly TemplateResult[] =>
  lines
    .filter((line) => line[part] !== '')
    .map(
      ({ [part]: words, language, direction }, index) =>
        html`<p class=${index === 0 ? 'first' : 'second'} lang=${language}><bdi dir=${direction}>${words}</bdi></p>`,
    );

declare global {
  interface HTMLElementTagNameMap {
    'door-board': DoorBoard;
  }
}
