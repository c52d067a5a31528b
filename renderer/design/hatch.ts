import { css } from 'lit';

/** Hatched is what is not known: `--hatch` fine, on pieces of line; `--stripes` broad, on grounds. */
export const hatch = css`
  :host {
    --hatch: repeating-linear-gradient(135deg, currentColor 0 0.22cqmax, transparent 0 0.6cqmax);
    --stripes: repeating-linear-gradient(
      135deg,
      var(--unknown) 0 calc(1.5 * var(--u)),
      var(--unknown-2) 0 calc(3 * var(--u))
    );
  }
`;
