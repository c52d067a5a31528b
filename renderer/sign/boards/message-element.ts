import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ShownMessage } from '../../../cloud/contracts/message.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { wordsLanguage } from '../view/words-language.ts';

/** An operator's words, the first language strong and the second light below, in letters as large as they can be. */
export abstract class MessageElement extends LitElement {
  @property({ attribute: false }) message: ShownMessage | null = null;
  /** How many others wait behind it. */
  @property({ type: Number }) more = 0;
  /** `until 11:15`; empty: that is not known. */
  @property() until = '';
  @property({ attribute: false }) strings: GlassStrings = english;
  @property({ attribute: false }) second: GlassStrings | null = null;
  /** Of the glass: what fits on one does not on another. */
  @property() glass = '';

  #fitted = '';

  /** Finds the largest letters. */
  protected abstract fit(): void;

  protected override updated(): void {
    // Measured only where something that has a size has changed.
    const key = `${this.glass} ${this.renderRoot.textContent}`;
    if (key === this.#fitted) return;
    this.#fitted = key;
    this.fit();
    // A face that arrives late has other widths.
    document.fonts.ready.then(() => this.#fitted === key && this.isConnected && this.fit());
  }

  protected words({ text, secondText }: ShownMessage): TemplateResult {
    return html`<h1 role="alert" dir="auto" lang=${wordsLanguage(text)} data-testid="message">${text}</h1>
      ${
        secondText === null
          ? nothing
          : html`<p class="second" dir="auto" lang=${wordsLanguage(secondText)}>${secondText}</p>`
      }`;
  }

  /** That it is none in earnest, in both languages of the glass. */
  protected drill({ drill }: ShownMessage): TemplateResult | typeof nothing {
    const { strings, second } = this;
    if (!drill) return nothing;
    return html`<div class="drill">
      <p>${strings.message.drill}</p>
      ${second === null ? nothing : html`<p class="second" lang=${second.language}>${second.message.drill}</p>`}
    </div>`;
  }

  /** Until when, and what waits behind it. */
  protected about(): TemplateResult {
    const { more, strings, until } = this;
    const rest = more === 0 ? '' : strings.andMore(more);
    return html`${until === '' ? nothing : html`<p class="until">${until}</p>`}
      ${rest === '' ? nothing : html`<p class="more">${rest}</p>`}`;
  }

  protected found(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  protected all(selector: string): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(selector)];
  }
}
