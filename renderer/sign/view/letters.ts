/** Diagonal of the panel in inches, and the distances in metres that the letters are made for. */
export type Letters = { readonly panel: number; readonly far: number; readonly near: number };

export const DEFAULT_LETTERS: Letters = { panel: 55, far: 8, near: 5 };
/** The default letters fill the glass; larger ones would push words off it, much smaller ones leave it empty. */
const MIN_SHARE_OF_DEFAULT = 0.6;
const MM_PER_INCH = 25.4;
/** Long edge of a 16:9 panel, for each inch of its diagonal. */
const LONG_EDGE_MM_PER_INCH = 22.14;

/** The distance whose letters this panel can hold: the asked one, brought into what the boards are made for. */
export function readable(metres: number, panel: number, of: 'far' | 'near'): number {
  const most = (DEFAULT_LETTERS[of] / DEFAULT_LETTERS.panel) * panel;
  return Math.min(Math.max(metres, most * MIN_SHARE_OF_DEFAULT), most);
}

/** The same on a glass of another form than 16:9, whose short edge holds smaller letters. */
export function lettersOn({ panel, far, near }: Letters, glass: Glass): Letters {
  const share = panelShare(glass);
  const effective = panel * share;
  return { panel: effective, far: readable(far, effective, 'far'), near: readable(near, effective, 'near') };
}

/** How far the smallest words of a board for far readers can be read, where that is less than was asked; else null. */
export function tooSmallBeyond(askedMetres: number | null, { far }: Letters): number | null {
  return askedMetres !== null && far < askedMetres ? far : null;
}

export type Glass = { readonly widthPx: number; readonly heightPx: number };

/** Of the long edge that a 16:9 panel of the same diagonal has: the part that the boards reckon with. */
function panelShare({ widthPx, heightPx }: Glass): number {
  const [short, long] = [Math.min(widthPx, heightPx), Math.max(widthPx, heightPx)];
  if (short === 0) return 1;
  const reckoned = Math.min(long, (short * 16) / 9);
  const share = ((reckoned / Math.hypot(short, long)) * MM_PER_INCH) / LONG_EDGE_MM_PER_INCH;
  // 16:9 itself is 1 but for rounding, and half a pixel must not change a letter.
  return Math.abs(share - 1) < 0.01 ? 1 : share;
}
