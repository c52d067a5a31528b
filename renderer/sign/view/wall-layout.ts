import type { Glass } from './letters.ts';
import { wallGrid } from './wall-grid.ts';
import { type WallTile, wallDigits } from './wall-tiles.ts';

/** In % of the long edge: margins, the line of the sum with the air below it, and the gap between two tiles. */
const MARGIN = 2.5;
const HEADER = { across: 5.2, upright: 9.5 };
const GAP = 0.9;
/** The least tile by the digits of its figure: words at the floor, and a figure that is larger than they are. */
const LEAST = [
  { digits: 2, width: 11.05, height: 8.1, figure: 3.5 },
  { digits: 3, width: 13.4, height: 8.1, figure: 3 },
  { digits: 4, width: 15.2, height: 8.1, figure: 2.6 },
  { digits: Number.POSITIVE_INFINITY, width: 17, height: 8.1, figure: 2.4 },
] as const;
/** Of the least tile: from here on there is room for its day, and for the word of its state beside the figure. */
const ROOMY_FROM = 1.65;
const WIDE_FROM_WIDTH = 20;
/** Of the least tile: the word stands above the limit, and letters without descenders fill their whole line. */
const WIDE_FROM = 1.2;
/** What a figure gives to the day above it. */
const BESIDE_DAY = 0.92;

export type WallLayout = {
  readonly columns: number;
  readonly rows: number;
  /** How many tiles, the worst first. */
  readonly shown: number;
  readonly scale: number;
  /** Font size of the count in the least tile, in % of the long edge. */
  readonly figure: number;
  readonly isRoomy: boolean;
  readonly isWide: boolean;
};

/** `letters`: how much smaller than the largest ones the letters are chosen to be. */
export function wallLayout(
  tiles: readonly WallTile[],
  { widthPx, heightPx }: Glass,
  letters: number,
): WallLayout {
  const [short, long] = [Math.min(widthPx, heightPx), Math.max(widthPx, heightPx)];
  const unit = Math.min(long, (short * 16) / 9) / 100;
  const header = heightPx > widthPx ? HEADER.upright : HEADER.across;
  const room = {
    width: widthPx / unit - 2 * MARGIN,
    height: heightPx / unit - 2 * MARGIN - header,
    gap: GAP,
  };
  const digits = wallDigits(tiles);
  const least = LEAST.find((one) => digits <= one.digits) ?? LEAST[3];
  const smallest = { width: least.width * letters, height: least.height * letters };
  const { columns, rows, tiles: shown, scale } = wallGrid(tiles.length, room, smallest);
  const width = (room.width + GAP) / columns - GAP;
  const height = (room.height + GAP) / rows - GAP;
  const isRoomy = height >= ROOMY_FROM * smallest.height;
  return {
    columns,
    rows,
    shown,
    scale,
    figure: isRoomy ? least.figure * BESIDE_DAY : least.figure,
    isRoomy,
    isWide: width >= WIDE_FROM_WIDTH * letters && height >= WIDE_FROM * smallest.height,
  };
}
