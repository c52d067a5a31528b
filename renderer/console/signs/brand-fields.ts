import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Brand } from '../../../cloud/contracts/brand.ts';
import { PALETTES } from '../../design/palette.ts';
import { LightElement } from '../elements/light-element.ts';
import { brandChecks } from './brand-checks.ts';

/** Where somebody begins who never chose: the colours of the dark theme. */
const { ground, ink, markWarn } = PALETTES.dark;
const FIRST: Brand = { ground: ground.toLowerCase(), ink: ink.toLowerCase(), accent: markWarn.toLowerCase() };
const PARTS = [
  ['ground', 'Ground'],
  ['ink', 'Words and figures'],
  ['accent', 'Accent'],
] as const;

/** The colours of a chain as three fields of a form, and whether what is written in them can be read. */
@customElement('brand-fields')
export class BrandFields extends LightElement {
  /** As it is kept; undefined: none. */
  @property({ attribute: false }) brand: Brand | undefined;
  @state() private chosen: Brand | null = null;

  protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('brand') && JSON.stringify(changed.get('brand')) !== JSON.stringify(this.brand))
      this.chosen = this.brand ?? null;
  }

  protected override render(): TemplateResult {
    const { chosen } = this;
    return html`<fieldset class="seg-set brand-set">
      <legend>Colours</legend>
      <div class="seg">
        <label><input type="radio" name="brand" value="none" .checked=${chosen === null} @change=${this.#none}>None</label>
        <label><input type="radio" name="brand" value="own" .checked=${chosen !== null} @change=${this.#own}>Our own</label>
      </div>
      ${chosen === null ? nothing : this.#fields(chosen)}
    </fieldset>`;
  }

  #fields(chosen: Brand): TemplateResult {
    return html`<div class="colours">
        ${PARTS.map(
          ([part, label]) => html`<label class="lab">${label}
            <input type="color" name=${`brand.${part}`} .value=${chosen[part]} @input=${this.#change}></label>`,
        )}
      </div>
      <ul class="q" role="status" data-testid="brand-checks">
        ${brandChecks(chosen).map(({ words, isEnough }) => html`<li class=${isEnough ? '' : 'wrong'}>${words}</li>`)}
      </ul>
      <p class="q">On calm boards, in place of the theme. What a state or an alarm looks like is the same in all shops.</p>`;
  }

  readonly #none = (): void => {
    this.chosen = null;
  };

  readonly #own = (): void => {
    this.chosen ??= this.brand ?? FIRST;
  };

  readonly #change = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    if (this.chosen !== null) this.chosen = { ...this.chosen, [name.replace('brand.', '')]: value };
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'brand-fields': BrandFields;
  }
}
