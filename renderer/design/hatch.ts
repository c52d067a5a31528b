import { css } from 'lit';

/** Hatched is what is not known: `--hatch` fine, on pieces of line; `--stripes` broad, on grounds. */
export const hatch = css`
  :host {
    --hatch: repeating-linear-gradient(135deg, currentColor 0 calc(0.22 * var(--c)), transparent 0 calc(0.6 * var(--c)));
    --stripes: repeating-linear-gradient(
      135deg,
      var(--unknown) 0 calc(1.5 * var(--u)),
      var(--unknown-2) 0 calc(3 * var(--u))
    );
  }
`;
