import { propertyName } from '../../design/property-name.ts';
import type { SignSettings } from '../sign-settings.ts';
import { wornPalette } from './worn-palette.ts';

/** Puts the colours that go before the theme's on the glass, through the CSSOM, and takes them off again. */
export class WornColours {
  #key = '';
  #worn: readonly string[] = [];

  wear(
    style: CSSStyleDeclaration,
    { theme, brand }: Pick<SignSettings, 'theme' | 'brand'>,
    isDim: boolean,
  ): void {
    const key = JSON.stringify([theme, brand, isDim]);
    if (key === this.#key) return;
    this.#key = key;
    const colours = Object.entries(wornPalette(theme, brand, isDim) ?? {});
    for (const name of this.#worn) style.removeProperty(name);
    for (const [role, colour] of colours) style.setProperty(propertyName(role), colour);
    this.#worn = colours.map(([role]) => propertyName(role));
  }
}
