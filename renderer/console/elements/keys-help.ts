import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Live } from '../live/live.ts';
import { LightElement } from './light-element.ts';
import { pagesOf } from './rail.ts';

type Line = readonly [keys: readonly string[], words: string];

const ANYWHERE: readonly Line[] = [
  [['Ctrl', 'K'], 'Go to a store, sign, sensor or page'],
  [['?'], 'These keys'],
  [['Esc'], 'Close what is open, or leave a field'],
];
const LISTS: readonly Line[] = [
  [['J'], 'Next row'],
  [['K'], 'Row before'],
  [['Enter'], 'Open the row'],
  [['/'], 'Filter'],
];
const SOME_PAGES: readonly Line[] = [
  [['A'], 'Alerts: acknowledge under your name'],
  [['S'], 'Alerts: shelve'],
  [['X'], 'Signs: select'],
  [['W'], 'Messages: write one'],
  [['C'], 'Store: correct the count'],
];

/** All keys of the console, on one page. */
@customElement('keys-help')
export class KeysHelp extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private isOpen = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  async open(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    await this.updateComplete;
    this.dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.isOpen || this.live === undefined) return nothing;
    const pages = pagesOf(this.live.person).map(({ key, word }): Line => [['G', key.toUpperCase()], word]);
    return html`<dialog class="keys-help" aria-labelledby="keys-heading" @close=${() => {
      this.isOpen = false;
    }}>
      <header><h2 id="keys-heading">Keys</h2>
        <button class="btn plain" type="button" autofocus @click=${() => this.dialog.close()}>Close</button></header>
      <div class="cols">
        <div>${part('Anywhere', ANYWHERE)} ${part('In a list', LISTS)} ${part('On some pages', SOME_PAGES)}</div>
        <div>${part('To another page', pages)}</div>
      </div>
      <p class="q">While you type in a field, only Ctrl K and Esc do anything.</p>
    </dialog>`;
  }
}

const part = (heading: string, lines: readonly Line[]): TemplateResult => html`<h3>${heading}</h3>
  <dl>${lines.map(
    ([keys, words]) =>
      html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${words}</dd></div>`,
  )}</dl>`;

declare global {
  interface HTMLElementTagNameMap {
    'keys-help': KeysHelp;
  }
}
