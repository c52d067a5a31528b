import type { Target } from './bench.ts';

const shown = (value: number): string => value.toLocaleString('en-US');

/** Of the median of the figure itself. */
export const atMost = (most: number, unit: string): Target => ({
  says: `<= ${shown(most)} ${unit}`,
  isMet: ({ figure }) => figure.median <= most,
});

export const atLeast = (least: number, unit: string): Target => ({
  says: `>= ${shown(least)} ${unit}`,
  isMet: ({ figure }) => figure.median >= least,
});

/** Of the median of the ratios to the peer, round by round. */
export const ratioAtMost = (most: number): Target => ({
  says: `<= ${most}x`,
  isMet: ({ beside }) => beside !== null && beside.ratio.median <= most,
});
