import { type CSSResult, css, unsafeCSS } from 'lit';
import { PALETTES, type Palette, type Theme } from './palette.ts';
import { propertyName } from './property-name.ts';

/**
 * Every size on the glass comes from how far away the reader stands, how large the panel is, and how large
 * letters must look from there. With the cap height of Inter (0.7275 em) and the long edge of a 16:9 panel:
 *
 *     font size, in % of the long edge = 1.806 x distance (m) x minutes of arc / diagonal (inches)
 *
 * `--c` is 1 % of the long edge of the glass, so the same line serves 1080p, 4K, landscape and portrait. On a glass
 * wider than 16:9 it is 1 % of the long edge of the largest 16:9 that fits: what is short there is the height.
 */
const sizes = css`
  :host {
    --panel: 55;
    --far: 8;
    --near: 5;
    --c: min(1cqmax, calc(1cqmin * 16 / 9));
    --arc-far: calc(1.806 * var(--c) * var(--far) / var(--panel));
    --arc-near: calc(1.806 * var(--c) * var(--near) / var(--panel));
    /* Tiles of many stores are read from nearer than the figure of one. */
    --arc-wall: calc(0.375 * var(--arc-far));

    --t-figure: calc(80 * var(--arc-far));
    --t-word: calc(30 * var(--arc-far));
    --t-line: calc(22 * var(--arc-far));
    --t-floor: calc(16 * var(--arc-far));
    --t-near: calc(22 * var(--arc-near));
    --t-small: calc(16 * var(--arc-near));
    --cap: 0.7275;

    --u: calc(1.25 * var(--c));
    --hair: max(2px, calc(0.12 * var(--c)));
    /* Along the line: 1 to the right, -1 to the left. */
    --way: 1;

    --w-light: 380;
    --w-text: 520;
    --w-strong: 640;
    --alarm-edge: transparent;
    --unknown-edge: transparent;
    --accent-rule: transparent;
    --font: 'Inter Variable', 'Noto Sans Arabic Variable', 'Noto Sans JP Variable', sans-serif;
  }
  :host([dir='rtl']) {
    --way: -1;
  }
  @supports not (width: 1cqmax) {
    :host {
      --c: min(1vmax, calc(1vmin * 16 / 9));
    }
  }
`;

const colours = (theme: Theme): CSSResult => {
  const roles = Object.entries(PALETTES[theme] satisfies Palette).map(
    ([role, value]) => `${propertyName(role)}:${value}`,
  );
  return unsafeCSS(`:host([theme="${theme}"]){${roles.join(';')}}`);
};

/** For the one element that is the glass: it is given a `theme` attribute, and everything inside inherits. */
export const tokens: readonly CSSResult[] = [sizes, colours('dark'), colours('light')];
