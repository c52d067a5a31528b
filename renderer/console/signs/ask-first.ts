import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { LightElement } from '../elements/light-element.ts';

export type Question = {
  readonly heading: string;
  /** What it will do. */
  readonly words: string;
  /** The act as the button names it. */
  readonly act: string;
};

/** Asks before what cannot be taken back. The focus starts at the harmless button and goes back to where it was. */
@customElement('ask-first')
export class AskFirst extends LightElement {
  @state() private question: Question | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;

  /** True if the person wants it. */
  async ask(question: Question): Promise<boolean> {
    this.question = question;
    await this.updateComplete;
    const { dialog } = this;
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.question === undefined) return nothing;
    const { heading, words, act } = this.question;
    return html`<dialog class="ask" aria-label=${heading}>
      <h2>${heading}</h2>
      <p>${words}</p>
      <p class="acts">
        <button class="btn" type="button" autofocus @click=${() => this.dialog.close()}>Cancel</button>
        <button class="btn danger" type="button" @click=${() => this.dialog.close('yes')}>${act}</button>
      </p>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ask-first': AskFirst;
  }
}
