import type { Target } from './bench.ts';

const shown = (value: number): string => value.toLocaleString('en-US');

/** Of the median of the figure itself. */
export const atMost = (most: number, unit: string): Target => ({
  says: `<= ${shown(most)} ${unit}`,
  isMet: ({ figure }) => figure.median <= most,
});

/**
 * Of the median of the ratios to the peer, round by round. What is held per second is held so too: the figures of the design
 * come from one machine, and its peers' figures with them (DECISIONS.md).
 */
export const ratioAtLeast = (least: number): Target => ({
  says: `>= ${least}x`,
  isMet: ({ beside }) => beside !== null && beside.ratio.median >= least,
});

export const ratioAtMost = (most: number): Target => ({
  says: `<= ${most}x`,
  isMet: ({ beside }) => beside !== null && beside.ratio.median <= most,
});
