import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PairingCodeShown } from '../../../cloud/contracts/feed.ts';
import { english } from '../../design/strings/english.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type } from '../../design/type.ts';
import type { QrPath } from '../view/qr-path.ts';
import { timeLeft } from '../view/time-left.ts';
import { fitWords } from './fit-words.ts';
import { pairingStyles } from './pairing-styles.ts';

/** Of the code: a W is half as wide again as a B. */
const SIZES = [14.6, 13.8, 13, 12.2, 11.4, 10.6, 9.8, 9];

/** A sign without a place: what to type in the console, and what to compare there. */
@customElement('pairing-board')
export class PairingBoard extends LitElement {
  static override styles = [type, pairingStyles];

  @property({ attribute: false }) offer: PairingCodeShown | null = null;
  /** Since the offer was received. */
  @property({ type: Number }) elapsedMs = 0;
  @property({ attribute: false }) strings: GlassStrings = english;

  #qr: QrPath | null = null;
  #qrOf: string | null = null;

  protected override willUpdate(): void {
    const url = this.offer?.consoleUrl ?? null;
    if (url === this.#qrOf) return;
    this.#qrOf = url;
    this.#qr = null;
    if (url !== null) void this.#drawQr(url);
  }

  /** What draws it is fetched only here: most signs never do. The code can be typed without it. */
  async #drawQr(url: string): Promise<void> {
    try {
      const { qrPath } = await import('../view/qr-path.ts');
      if (this.#qrOf !== url) return;
      this.#qr = qrPath(url);
      this.requestUpdate();
    } catch {
      // Asked anew with the next code.
      if (this.#qrOf === url) this.#qrOf = null;
    }
  }

  protected override updated(): void {
    const code = this.renderRoot.querySelector('.code');
    if (code !== null) fitWords(this, SIZES, () => code.scrollWidth <= code.clientWidth);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.offer === null) return nothing;
    const { code, fingerprint, consoleUrl, endsInMs } = this.offer;
    const { pairing } = this.strings;
    const half = code.length / 2;
    return html`<div class="how">
        <h1>${pairing.typeThis}</h1>
        ${consoleUrl === null ? nothing : html`<p class="where short ltr">${addressOf(consoleUrl)}</p>`}
      </div>
      <p class="code ltr" role="status">
        <span>${code.slice(0, half)}</span> <span>${code.slice(half)}</span>
      </p>
      ${consoleUrl === null ? nothing : qrOf(this.#qr, pairing.scan)}
      <div class="print">
        <p class="soft">${pairing.fingerprint}</p>
        <p class="value ltr">${fingerprint}</p>
      </div>
      <div class="left">
        <p class="soft">${pairing.endsIn}</p>
        <p class="value ltr">${timeLeft(endsInMs - this.elapsedMs)}</p>
      </div>`;
  }
}

function qrOf(qr: QrPath | null, spoken: string): TemplateResult {
  if (qr === null) return html`<i class="qr waiting"></i>`;
  const { size, path } = qr;
  return html`<svg class="qr" viewBox="-4 -4 ${size + 8} ${size + 8}" role="img" aria-label=${spoken} shape-rendering="crispEdges">
    <path d=${path} fill="currentColor"/>
  </svg>`;
}

/** As a person would type it: without the scheme, a query, or a slash at the end. */
function addressOf(url: string): string {
  return url
    .replace(/^https?:\/\//, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');
}

declare global {
  interface HTMLElementTagNameMap {
    'pairing-board': PairingBoard;
  }
}
