import { letterWidths } from './letter-widths.ts';
import type { DoorView } from './store-view.ts';

const MAX_PIECES = 4;
/** Letters of the smallest step that a line of the stand holds, held upright and across. */
const LETTERS = { landscape: 42, portrait: 36 };
/** Room for the longest of the ages: `59 min`. */
const LETTERS_OF_AGE = 6;

/** The doors that the count stands on: one piece each, and one for the rest where there are too many. */
export type Stand = {
  readonly pieces: readonly DoorView[];
  readonly rest: { readonly count: number; readonly silent: boolean } | null;
  /** Where a name and its age do not fit on one line, all of them take two. Decided by names alone, so nothing jumps. */
  readonly stacked: { readonly landscape: boolean; readonly portrait: boolean };
};

/** Silent doors first, then the cloud's order. `silent` is the word that a silent door has in place of its age. */
export function standOf(doors: readonly DoorView[], silent: string): Stand {
  const worstFirst = doors.toSorted((a, b) => Number(b.silent) - Number(a.silent));
  const tooMany = doors.length > MAX_PIECES;
  const pieces = tooMany ? worstFirst.slice(0, MAX_PIECES - 1) : doors;
  const rest = tooMany ? worstFirst.slice(MAX_PIECES - 1) : [];
  const beside = Math.max(LETTERS_OF_AGE, letterWidths(silent)) + 1;
  const longest = Math.max(0, ...doors.map((door) => letterWidths(door.name))) + beside;
  const perPiece = (letters: number) => letters / Math.min(Math.max(doors.length, 1), MAX_PIECES);
  return {
    pieces,
    rest: rest.length > 0 ? { count: rest.length, silent: rest.some((door) => door.silent) } : null,
    stacked: {
      landscape: longest > perPiece(LETTERS.landscape),
      portrait: longest > perPiece(LETTERS.portrait),
    },
  };
}
