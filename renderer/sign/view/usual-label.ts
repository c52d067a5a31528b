type Label = { readonly widthPx: number };

type Room = {
  readonly plotPx: number;
  readonly gapPx: number;
  /** Where the label of today's peak ends; null: there is none. */
  readonly peakEndsPx: number | null;
  /** `x`: where the peak is on the field, of 1000. */
  readonly usual: Label & { readonly x: number };
};

/**
 * Where the label of the usual peak begins: over its peak if it can, else beside the label of today's peak, but never so
 * far that its own line does not reach it. Null: there is no room for it. From the start of the field, px.
 */
export function usualLabelAt({ plotPx, gapPx, peakEndsPx, usual: { x, widthPx } }: Room): number | null {
  const atPx = (x / 1_000) * plotPx;
  const overPeakPx = Math.min(Math.max(0, atPx - widthPx / 2), plotPx - widthPx);
  const px = peakEndsPx === null ? overPeakPx : Math.max(overPeakPx, peakEndsPx + gapPx);
  return px < 0 || px > atPx || px + widthPx > plotPx ? null : px;
}
