import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { agoWords } from '../view/words.ts';
import { LightElement } from './light-element.ts';
import { SecondsController } from './seconds-controller.ts';

/** `live`: full dot; `ageing`: half; `stale`: dashed; `plain`: no dot, for ages that judge nothing. */
export type AgeLook = 'live' | 'ageing' | 'stale' | 'plain';

/** How long ago something was true, on the server's clock; ticks by itself. */
@customElement('v-age')
export class VAge extends LightElement {
  /** Unix ms by the server's clock; null: never. */
  @property({ attribute: false }) atMs: number | null = null;
  /** The server's clock minus this page's. */
  @property({ attribute: false }) clockOffsetMs = 0;
  @property() look: AgeLook = 'plain';
  @property() never = 'never';

  constructor() {
    super();
    new SecondsController(this);
  }

  protected override render(): TemplateResult {
    const { atMs, look } = this;
    const words = atMs === null ? this.never : agoWords(Date.now() + this.clockOffsetMs - atMs);
    return html`<span class="age a-${look}">${look === 'plain' ? nothing : DOTS[look]}${words}</span>`;
  }
}

const dot = (inside: SVGTemplateResult) =>
  html`<svg class="dot" viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">${inside}</svg>`;
const DOTS = {
  live: dot(svg`<circle cx="4" cy="4" r="3" fill="currentColor"/>`),
  ageing: dot(
    svg`<circle cx="4" cy="4" r="3" fill="none" stroke="currentColor"/><path d="M4 1a3 3 0 0 0 0 6z" fill="currentColor"/>`,
  ),
  stale: dot(
    svg`<circle cx="4" cy="4" r="3" fill="none" stroke="currentColor" stroke-width="1.3" stroke-dasharray="1.8 1.3"/>`,
  ),
};

declare global {
  interface HTMLElementTagNameMap {
    'v-age': VAge;
  }
}
