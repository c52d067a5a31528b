import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { linkWords } from '../view/link.ts';
import { agoWords } from '../view/words.ts';
import { LightElement } from './light-element.ts';
import { SecondsController } from './seconds-controller.ts';

/** Whether this page is live, and when anything last changed. */
@customElement('live-foot')
export class LiveFoot extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  /** For the phone: one word beside the title. */
  @property({ type: Boolean }) short = false;

  constructor() {
    super();
    new SecondsController(this);
    new LiveController(this, () => this.live);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live } = this;
    if (live === undefined) return nothing;
    const { words, look } = linkWords(live, Date.now());
    if (this.short) return html`<p class="phone-live ${look}">${words}</p>`;
    const change =
      live.changedAtMs === null
        ? 'Nothing to report yet'
        : `Last change ${agoWords(Date.now() - live.changedAtMs)}`;
    return html`<p class="live-foot ${look}"><b>${words}</b><small>${change}</small></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'live-foot': LiveFoot;
  }
}
