import { PAIRING_CODE_LENGTH, PAIRING_LETTERS, type PairingLook } from '../../../cloud/contracts/pairing.ts';
import type { Board } from '../../../cloud/contracts/sign-report.ts';
import { boardPicture, pictureWords } from './glass-picture.ts';
import { isCounted, type KnownStores, placeWords, storesOfGroup } from './places.ts';

const GROUP_OF_LETTERS = 4;

export const SAFETY_WORDS =
  '25.6 billion codes. 5 wrong tries a minute for each person, 100 a minute for all together. ' +
  'A code works once, for ten minutes.';

/** The letters of what was typed, however it was typed. */
export const codeLetters = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, PAIRING_CODE_LENGTH);

/** `BKXR-THDW` */
export function groupedCode(typed: string): string {
  const letters = codeLetters(typed);
  const tail = letters.slice(GROUP_OF_LETTERS);
  return tail === '' ? letters : `${letters.slice(0, GROUP_OF_LETTERS)}-${tail}`;
}

export const isWhole = (letters: string): boolean =>
  letters.length === PAIRING_CODE_LENGTH && strangersIn(letters) === '';

/** `A and 3 are never part of a code.` Empty where all may be. */
export function strangersIn(letters: string): string {
  const strangers = [...new Set(letters)].filter((letter) => !PAIRING_LETTERS.includes(letter));
  if (strangers.length === 0) return '';
  if (strangers.length === 1) return `${strangers[0]} is never part of a code. Look again at the glass.`;
  return `${strangers.slice(0, -1).join(', ')} and ${strangers.at(-1)} are never part of a code. Look again at the glass.`;
}

export function screenWords({ about }: Pick<PairingLook, 'about'>): string {
  const screen = about?.screen ?? null;
  if (screen === null) return 'not said';
  const { widthPx, heightPx } = screen;
  return `${widthPx} × ${heightPx}, ${widthPx >= heightPx ? 'landscape' : 'portrait'}`;
}

/** What will be on the glass, and what it follows from then on. */
export function effectWords(
  known: KnownStores,
  { storeGroupId, board }: { storeGroupId: string; board: Board },
  nowMs: number,
): { readonly shows: string; readonly follows: string } {
  const stores = storesOfGroup(known, storeGroupId);
  const [first] = stores;
  const follows = placeWords(known, storeGroupId);
  if (first === undefined) return { shows: 'that its group has no stores yet', follows };
  if (board === 'wall')
    return { shows: stores.length === 1 ? '1 store' : `${stores.length} stores`, follows };
  const state = isCounted(first, nowMs) ? first.content.state : 'unknown';
  return { shows: pictureWords(boardPicture(board, first, state)), follows };
}
