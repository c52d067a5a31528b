import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Live } from '../live/live.ts';
import { clockSecondsWords } from '../view/words.ts';
import { icon } from './icon.ts';
import { LightElement } from './light-element.ts';

/** Says that this page lost its connection, and what that means. */
@customElement('cut-bar')
export class CutBar extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property({ type: Boolean }) cut = false;

  protected override render(): TemplateResult {
    const { live } = this;
    const sinceMs = this.cut ? (live?.downSinceMs ?? null) : null;
    return html`<div role="status">
      ${
        sinceMs === null
          ? nothing
          : html`<p class="cutbar">
              ${icon('cut')}<span
                ><b>This page is not connected since ${clockSecondsWords(sinceMs)}.</b> The figures below may be old.
                Stores and signs go on counting and showing.</span
              >
            </p>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cut-bar': CutBar;
  }
}
