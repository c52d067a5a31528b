import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SignState } from '../../../cloud/contracts/fleet.ts';
import { LightElement } from './light-element.ts';

export const SIGN_STATE_WORDS: Readonly<Record<SignState, string>> = {
  fresh: 'Showing fresh',
  stale: 'Online, stale',
  still: 'Offline, still showing',
  dark: 'Dark',
  unknown: 'Unknown',
};

/** What a sign shows now: a screen, and words. */
@customElement('v-sign-state')
export class VSignState extends LightElement {
  @property() state: SignState = 'unknown';
  /** The shape alone; a word stands beside it. */
  @property({ type: Boolean }) bare = false;

  protected override render(): TemplateResult {
    return html`<span class="state g-${this.state}"
      ><svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${SHAPES[this.state]}</svg
      >${this.bare ? nothing : html`<span>${SIGN_STATE_WORDS[this.state]}</span>`}</span
    >`;
  }
}

const SHAPES: Readonly<Record<SignState, SVGTemplateResult>> = {
  fresh: svg`<rect x="1.5" y="3.5" width="13" height="9" rx="1" fill="var(--text-3)"/>`,
  stale: svg`<rect x="1.5" y="3.5" width="13" height="9" rx="1" fill="var(--near)"/>
    <path d="M8 5.5v2.7h2" fill="none" stroke="var(--ink)" stroke-width="1.3"/>`,
  still: svg`<rect x="1.5" y="3.5" width="13" height="9" rx="1" fill="var(--text-3)" opacity=".45"/>
    <path d="m10 9 4 4m0-4-4 4" stroke="var(--text)" stroke-width="1.4"/>`,
  dark: svg`<g fill="none" stroke="var(--full-text)" stroke-width="1.5"><rect x="1.5" y="3.5" width="13" height="9" rx="1"/><path d="M2 12.5 14 3.5"/></g>`,
  unknown: svg`<rect x="1.5" y="3.5" width="13" height="9" rx="1" fill="none" stroke="var(--unknown)" stroke-width="1.3" stroke-dasharray="2 1.6"/>`,
};

declare global {
  interface HTMLElementTagNameMap {
    'v-sign-state': VSignState;
  }
}
