import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { TransferAnswer } from '../../../cloud/contracts/transfer.ts';
import { icon } from '../elements/icon.ts';
import { LightElement } from '../elements/light-element.ts';
import { connectionLines, connectionTable } from './transfer-words.ts';

/** The keys of sensors that were just made, to be taken away now. */
@customElement('connection-strings')
export class ConnectionStrings extends LightElement {
  @property({ attribute: false }) created: TransferAnswer['createdSensors'] = [];
  @state() private said = '';

  protected override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="connections-title">
      <h2 id="connections-title">Connection strings</h2>
      <p class="once">Shown this once. We keep no copy that could be read. Take them with you before you leave this page.</p>
      <div class="acts">
        <button class="btn" type="button" @click=${this.#copy}>${icon('copy')}Copy all</button>
        <button class="btn" type="button" @click=${this.#download}>Download as CSV</button>
        <span class="q" role="status">${this.said}</span>
      </div>
      <pre class="transfer-keys" tabindex="0" aria-label="Connection strings">${connectionLines(this.created)}</pre>
    </section>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(connectionLines(this.created));
      this.said = 'Copied';
    } catch {
      const words = this.querySelector('pre');
      if (words !== null) getSelection()?.selectAllChildren(words);
      this.said = 'They are marked: copy them with the keyboard';
    }
  };

  readonly #download = (): void => {
    const url = URL.createObjectURL(new Blob([connectionTable(this.created)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'connection-strings.csv';
    link.click();
    URL.revokeObjectURL(url);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'connection-strings': ConnectionStrings;
  }
}
