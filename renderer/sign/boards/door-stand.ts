import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { hatch } from '../../design/hatch.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { ageWords } from '../view/age-words.ts';
import { standOf } from '../view/stand.ts';
import type { DoorView } from '../view/store-view.ts';

/** The count stands on its doors: one piece of ground each. A silent door's piece is hatched. */
@customElement('door-stand')
export class DoorStand extends LitElement {
  static override styles = [
    type,
    hatch,
    css`
      ul {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 1fr);
        gap: calc(0.5 * var(--u));
      }
      li {
        display: flex;
        gap: 0.35em;
        white-space: nowrap;
        padding-top: calc(1.5 * var(--u));
        background: linear-gradient(currentColor 0 0) top / 100% calc(0.5 * var(--u)) no-repeat;
      }
      li.silent {
        background-image: var(--hatch);
      }
      .rest {
        white-space: normal;
        line-height: 1.3;
      }
      .stacked-portrait li:lang(ar),
      .stacked-landscape li:lang(ar) {
        row-gap: calc(1.4 * var(--u));
      }
      .age {
        flex: none;
        color: var(--ink-2);
      }
      @container (orientation: landscape) {
        .stacked-landscape li {
          display: grid;
          gap: calc(0.8 * var(--u));
        }
      }
      @container (orientation: portrait) {
        .stacked-portrait li {
          display: grid;
          gap: calc(0.8 * var(--u));
        }
      }
    `,
  ];

  @property({ attribute: false }) doors: readonly DoorView[] = [];
  /** Nothing is live: a silent door shows its age, which is all there is to know. */
  @property({ type: Boolean }) stale = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  protected override render(): TemplateResult {
    const { pieces, rest, stacked } = standOf(this.doors, this.strings.silent);
    const classes = classMap({
      'stacked-landscape': stacked.landscape,
      'stacked-portrait': stacked.portrait,
    });
    return html`<ul class=${classes} aria-label=${this.strings.doors}>
      ${pieces.map(
        (door) => html`<li class=${door.silent ? 'silent' : ''}>
          <p class="short" dir="auto">${door.name}</p>
          <p class="age">${this.#age(door)}</p>
        </li>`,
      )}
      ${
        rest === null
          ? null
          : html`<li class=${rest.silent ? 'silent' : ''}><p class="rest soft">${this.strings.andMore(rest.count)}</p></li>`
      }
    </ul>`;
  }

  #age({ silent, ageMs }: DoorView): string {
    const known = ageMs !== null && (this.stale || !silent);
    return known ? ageWords(ageMs, this.strings) : this.strings.silent;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'door-stand': DoorStand;
  }
}
