import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import { zoneLines } from '../view/zone-lines.ts';

/** How many are in each part of the store. */
@customElement('zone-list')
export class ZoneList extends LitElement {
  static override styles = [
    type,
    css`
      ul {
        display: grid;
        grid-auto-columns: minmax(0, 1fr);
        gap: calc(1 * var(--u));
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 0.5em;
        white-space: nowrap;
      }
      .count {
        flex: none;
      }
      :host([stale]) b {
        font-weight: var(--w-light);
      }
      @container (orientation: portrait) {
        ul {
          grid-auto-flow: column;
          gap: calc(1.5 * var(--u));
        }
        li {
          display: grid;
          gap: calc(0.8 * var(--u));
          align-content: start;
        }
      }
    `,
  ];

  @property({ attribute: false }) zones: SnapshotContent['zones'] = [];
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ attribute: false }) strings: GlassStrings = english;

  protected override render(): TemplateResult {
    const { zones, more } = zoneLines(this.zones);
    return html`<ul aria-label=${this.strings.zones}>
      ${zones.map(
        ({ name, count, limits }) => html`<li data-testid="zone">
          <p class="short" dir="auto">${name}</p>
          <p class="count"><b>${count}</b>${limits === null ? null : html`<span class="soft"> ${this.strings.of(limits.hard)}</span>`}</p>
        </li>`,
      )}
      ${more === 0 ? null : html`<li><p class="soft">${this.strings.andMore(more)}</p></li>`}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zone-list': ZoneList;
  }
}
