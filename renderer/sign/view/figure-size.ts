/** Most digits that stand beside their captions at full width. */
const ROOMY_DIGITS = 2;

/** How the count is set, so that the figure of the limit would fit where the figure of the count stands. */
export type FigureSize = {
  /** Room is kept for this many digits: from 9 to 10 people nothing moves. */
  readonly digits: number;
  /** Steps of the figure: 80 minutes of arc to three digits, 60 for four, 48 beyond. */
  readonly step: 'full' | 'four' | 'many';
  /** Three digits and more leave a narrow column for the captions. */
  readonly tight: boolean;
};

export function figureSize(count: number, limit: number): FigureSize {
  const digits = Math.max(String(count).length, String(limit).length);
  const step = digits <= 3 ? 'full' : digits === 4 ? 'four' : 'many';
  return { digits, step, tight: digits > ROOMY_DIGITS };
}

/** Words beside a large number: long ones go one step down. */
const LONGEST_AT_FULL_SIZE = 9;
export const isLongWord = (words: string): boolean => words.length > LONGEST_AT_FULL_SIZE;
