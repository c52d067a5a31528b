type Room = { readonly width: number; readonly height: number; readonly largest: number };

/** Widths in sizes of the letters: of one on the average, and of one in a long word of capitals. */
const LETTER_WIDTH = 0.54;
const WIDE_LETTER_WIDTH = 0.62;
const LINE_HEIGHT = 1.14;
/** Lines do not fill to their end: a word that does not fit leaves a gap. */
const FILLED = 0.86;
/** The second language is this much smaller. */
const SECOND_SIZE = 0.62;
const SMALLEST = 2.2;

/** As large as both languages fit into the room, in its unit. */
export function lettersSize(text: string, secondText: string, { width, height, largest }: Room): number {
  const letters = text.length + secondText.length * SECOND_SIZE * SECOND_SIZE;
  const bySpace = Math.sqrt((width * height * FILLED) / (LETTER_WIDTH * LINE_HEIGHT * Math.max(1, letters)));
  const longest = Math.max(1, ...text.split(/\s+/).map((word) => word.length));
  const byWord = width / (WIDE_LETTER_WIDTH * longest);
  const lines = secondText === '' ? 1 : 1 + SECOND_SIZE;
  const byHeight = height / (LINE_HEIGHT * lines);
  const size = Math.min(largest, bySpace, byWord, byHeight);
  return Math.round(Math.max(SMALLEST, size) * 100) / 100;
}
