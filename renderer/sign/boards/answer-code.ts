import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { customProperties } from '../../design/custom-properties.ts';
import { type } from '../../design/type.ts';
import { GlassSize } from '../glass-size.ts';
import type { QrPath } from '../view/qr-path.ts';

/** On each side of it, in modules. */
const QUIET = 4;
/** Of the size that a phone reads from 2 m: below it the code is none, or a phone would have to lean on the panel. */
const LEAST_SHARE = 0.35;

/**
 * An address for a phone, as large as there is room, up to what reads from 2 m. There a camera of 1,920 px that sees 69
 * degrees has 2.75 m before it, 1.43 mm a px; a module wants 3 px of it: 4.3 mm. The long edge of a 16:9 panel is
 * 22.14 mm for each inch of its diagonal, so 1 % of it, `--c`, is 0.2214 mm times the inches.
 */
@customElement('answer-code')
export class AnswerCode extends LitElement {
  static override styles = [
    type,
    css`
      :host {
        position: relative;
        min-width: 0;
        min-height: 0;
      }
      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        --most: calc(var(--modules, 45) * 4.3 / (0.2214 * var(--panel)) * var(--c));
        max-width: var(--most);
        max-height: var(--most);
        margin-block: auto;
      }
      svg.small {
        visibility: hidden;
      }
    `,
  ];

  /** Empty: none. */
  @property() url = '';
  /** For those who listen. */
  @property() label = '';

  readonly #size = new GlassSize(this);
  #qr: QrPath | null = null;
  #qrOf = '';

  protected override willUpdate(): void {
    if (this.url === this.#qrOf) return;
    this.#qrOf = this.url;
    this.#qr = null;
    if (this.url !== '') void this.#draw(this.url);
  }

  /** What draws it is fetched only here, as for pairing. A key, a touch or the console answers without it. */
  async #draw(url: string): Promise<void> {
    try {
      const { qrPath } = await import('../view/qr-path.ts');
      if (this.#qrOf !== url) return;
      this.#qr = qrPath(url);
      this.requestUpdate();
    } catch {
      // Asked anew with the next alert.
      if (this.#qrOf === url) this.#qrOf = '';
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#qr === null) return nothing;
    const { size, path } = this.#qr;
    const modules = size + 2 * QUIET;
    return html`<svg
      viewBox="${-QUIET} ${-QUIET} ${modules} ${modules}"
      preserveAspectRatio=${this.matches(':dir(rtl)') ? 'xMaxYMid' : 'xMinYMid'}
      role="img"
      aria-label=${this.label}
      shape-rendering="crispEdges"
      ${customProperties({ '--modules': modules })}
    >
      <rect x=${-QUIET} y=${-QUIET} width=${modules} height=${modules} fill="#fff" />
      <path d=${path} fill="#101417" />
    </svg>`;
  }

  protected override updated(): void {
    const svg = this.renderRoot.querySelector('svg');
    if (svg === null) return;
    const { widthPx, heightPx } = this.#size.size;
    const mostPx = Number.parseFloat(getComputedStyle(svg).maxWidth);
    svg.classList.toggle('small', Math.min(widthPx, heightPx) < LEAST_SHARE * mostPx);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'answer-code': AnswerCode;
  }
}
