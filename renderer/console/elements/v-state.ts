import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StoreState } from '../view/store-row.ts';
import { LightElement } from './light-element.ts';

type Tone = 'open' | 'near' | 'full' | 'unknown' | 'closed';
type Look = { readonly word: string; readonly tone: Tone };

export const STATE_LOOKS: Readonly<Record<StoreState, Look>> = {
  open: { word: 'Open', tone: 'open' },
  nearly: { word: 'Nearly full', tone: 'near' },
  full: { word: 'Full', tone: 'full' },
  over: { word: 'Over the limit', tone: 'full' },
  unknown: { word: 'Unknown', tone: 'unknown' },
  closed: { word: 'Closed', tone: 'closed' },
};

/** A store's state in the shape and the words of the glass. */
@customElement('v-state')
export class VState extends LightElement {
  @property() state: StoreState = 'unknown';
  /** The shape alone; a word stands beside it. */
  @property({ type: Boolean }) bare = false;

  protected override render(): TemplateResult {
    const { word, tone } = STATE_LOOKS[this.state];
    return html`<span class="state s-${tone}"
      ><svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${SHAPES[tone]}</svg
      >${this.bare ? nothing : html`<span>${word}</span>`}</span
    >`;
  }
}

const SHAPES: Readonly<Record<Tone, SVGTemplateResult>> = {
  open: svg`<g fill="none" stroke="var(--open)" stroke-width="1.5"><circle cx="8" cy="8" r="6.7"/><path d="m5 8.2 2.2 2.2 4-4.5"/></g>`,
  near: svg`<path d="M8 1.5 15.2 14.2H.8z" fill="var(--near)" stroke="var(--near)" stroke-linejoin="round"/>
    <path d="M8 5.8v4" stroke="var(--ink)" stroke-width="1.7"/><rect x="7.15" y="11" width="1.7" height="1.7" fill="var(--ink)"/>`,
  full: svg`<path d="M5 .8h6l4.2 4.2v6L11 15.2H5L.8 11V5z" fill="var(--full)"/><rect x="4" y="7" width="8" height="2.2" rx=".5" fill="var(--on-full)"/>`,
  unknown: svg`<g fill="none" stroke="var(--unknown)"><circle cx="8" cy="8" r="7"/><circle cx="8" cy="8" r="2.8"/>
    <circle cx="8" cy="8" r="4.9" stroke-width="3.4" stroke-dasharray="1.1 1.1"/></g>`,
  closed: svg`<path d="M10.6 1.8a6.4 6.4 0 1 0 3.6 9.5A5.4 5.4 0 0 1 10.6 1.8Z" fill="var(--closed)"/>`,
};

declare global {
  interface HTMLElementTagNameMap {
    'v-state': VState;
  }
}
