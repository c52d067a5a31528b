import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from './icon.ts';
import { LightElement } from './light-element.ts';

/** Something that is shown this once, to be copied. */
@customElement('secret-text')
export class SecretText extends LightElement {
  @property({ attribute: false }) text = '';
  /** What it is, for who does not see where it stands. */
  @property({ attribute: false }) what = '';
  @state() private said = '';

  protected override render(): TemplateResult {
    return html`<code class="secret">${this.text}</code>
      <div class="acts">
        <button class="btn small-btn" type="button" @click=${this.#copy}>${icon('copy')}Copy<span class="unseen"> the ${this.what}</span></button>
        <span class="q" role="status">${this.said}</span>
      </div>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = 'Copied';
    } catch {
      const words = this.querySelector('.secret');
      if (words !== null) getSelection()?.selectAllChildren(words);
      this.said = 'It is marked: copy it with the keyboard';
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'secret-text': SecretText;
  }
}
