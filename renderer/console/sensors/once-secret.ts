import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from '../elements/light-element.ts';
import { SecondsController } from '../elements/seconds-controller.ts';
import '../elements/secret-text.ts';
import { countdownWords } from '../signs/time-words.ts';
import { qrCode } from './qr-code.ts';

const SHOWN_FOR_MS = 5 * 60_000;

/** One line of a secret, as a person copies it. */
export type SecretPart = { readonly label: string; readonly text: string };
export type Secret = {
  readonly sensorId: string;
  readonly heading: string;
  readonly words: string;
  readonly parts: readonly SecretPart[];
  /** For the phone of whoever stands at the door. */
  readonly scanned: string;
  /** By the server's clock; what is heard later came with this secret. */
  readonly madeAtMs: number;
  /** By this page's clock. */
  readonly shownAtMs: number;
};

/** A secret of a sensor, shown this once and not for long. Gives `hide-secret`. */
@customElement('once-secret')
export class OnceSecret extends LightElement {
  @property({ attribute: false }) secret!: Secret;
  /** When the sensor was last heard, by the server's clock. */
  @property({ attribute: false }) heardAtMs: number | null = null;
  constructor() {
    super();
    new SecondsController(this, () => this.#second());
  }

  protected override firstUpdated(_: PropertyValues<this>): void {
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const { heading, words, parts, scanned, sensorId, madeAtMs } = this.secret;
    const isHeard = this.heardAtMs !== null && this.heardAtMs > madeAtMs;
    return html`<section class="card once-card" aria-label=${heading}>
      <header><h2 tabindex="-1">${heading}</h2></header>
      <p class="under">${words}</p>
      <p class="once"><b>Shown this once.</b> We keep no copy. If it is lost, make a new one; the old one then stops working.</p>
      <div class="scan">
        ${qrCode(scanned, `The same as a code to scan, for ${sensorId}`)}
        <p>Let the installer scan this at the door.
          <small class="tn">Hidden again in ${countdownWords(this.#leftMs)}</small>
          <button class="btn small-btn" type="button" @click=${() => this.#hide()}>Hide it now</button></p>
      </div>
      ${parts.map(
        ({ label, text }) =>
          html`<div class="part"><span class="lab">${label}</span><secret-text .text=${text} .what=${label}></secret-text></div>`,
      )}
      <p class="first-word" role="status">${
        isHeard
          ? html`<b>It was heard.</b> Walk through the door once. If it counts the wrong way, flip it.`
          : html`<b>Waiting for its first reading.</b> ${nothing}`
      }</p>
    </section>`;
  }

  get #leftMs(): number {
    return this.secret.shownAtMs + SHOWN_FOR_MS - Date.now();
  }

  #second(): void {
    if (this.#leftMs <= 0) this.#hide();
    else this.requestUpdate();
  }

  #hide(): void {
    this.dispatchEvent(new CustomEvent('hide-secret', { bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'once-secret': OnceSecret;
  }
}
