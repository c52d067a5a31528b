import { type CSSResult, css, unsafeCSS } from 'lit';
import { PALETTES, type Palette, type Theme } from './palette.ts';

/**
 * Every size on the glass comes from how far away the reader stands, how large the panel is, and how large
 * letters must look from there. With the cap height of Inter (0.7275 em) and the long edge of a 16:9 panel:
 *
 *     font size, in % of the long edge = 1.806 x distance (m) x minutes of arc / diagonal (inches)
 *
 * 1cqmax is 1 % of the long edge of the glass, so the same line serves 1080p, 4K, landscape and portrait.
 */
const sizes = css`
  :host {
    --panel: 55;
    --far: 8;
    --near: 5;
    --arc-far: calc(1.806cqmax * var(--far) / var(--panel));
    --arc-near: calc(1.806cqmax * var(--near) / var(--panel));

    --t-figure: calc(80 * var(--arc-far));
    --t-word: calc(30 * var(--arc-far));
    --t-line: calc(22 * var(--arc-far));
    --t-floor: calc(16 * var(--arc-far));
    --t-near: calc(22 * var(--arc-near));
    --t-small: calc(16 * var(--arc-near));
    --cap: 0.7275;

    --u: 1.25cqmax;
    --hair: max(2px, 0.12cqmax);

    --w-light: 380;
    --w-text: 520;
    --w-strong: 640;
    --font: 'Inter Variable', sans-serif;
  }
`;

const colours = (theme: Theme): CSSResult => {
  const name = (role: string) => `--${role.replace(/[A-Z0-9]/g, (part) => `-${part.toLowerCase()}`)}`;
  const roles = Object.entries(PALETTES[theme] satisfies Palette).map(
    ([role, value]) => `${name(role)}:${value}`,
  );
  return unsafeCSS(`:host([theme="${theme}"]){${roles.join(';')}}`);
};

/** For the one element that is the glass: it is given a `theme` attribute, and everything inside inherits. */
export const tokens: readonly CSSResult[] = [sizes, colours('dark'), colours('light')];
