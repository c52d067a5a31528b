import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** Names of CSS custom properties (`--x`) and their values. */
export type CustomProperties = Readonly<Record<`--${string}`, string | number>>;

/**
 * Sets custom properties through the CSSOM. lit's own `styleMap` writes a `style` attribute the first time,
 * which a content security policy without `unsafe-inline` refuses.
 */
class CustomPropertiesDirective extends Directive {
  #before = new Map<string, string>();

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('customProperties belongs in the tag itself');
  }

  override render(_properties: CustomProperties): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [properties]: [CustomProperties]): typeof noChange {
    const { style } = element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      const text = String(value);
      if (this.#before.get(name) === text) continue;
      this.#before.set(name, text);
      style.setProperty(name, text);
    }
    return noChange;
  }
}

/** ``html`<p ${customProperties({ '--x': '40%' })}></p>` `` */
export const customProperties = directive(CustomPropertiesDirective);
