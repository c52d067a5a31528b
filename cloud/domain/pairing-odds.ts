import { PAIRING_CODE_LENGTH, PAIRING_LETTERS } from '../contracts/pairing.ts';
import { MINUTE_MS } from './store-state.ts';

/** How long a code may be typed. */
export const CODE_LIFETIME_MS = 10 * MINUTE_MS;
/** Codes in force altogether: each one more is one more that a guess may hit. */
export const MAX_PENDING_CODES = 1_000;

/** Wrong codes are counted over this time, by who tried and altogether. */
export const TRIES_WITHIN_MS = MINUTE_MS;
export const MAX_OWN_WRONG_TRIES = 5;
export const MAX_ALL_WRONG_TRIES = 100;

const CODES = PAIRING_LETTERS.length ** PAIRING_CODE_LENGTH;

/**
 * The probability that one of `waiting` codes is guessed before it ends, by one person or by all who may sign in, if
 * they try all that the limits let them.
 */
export function guessingOdds(waiting: number, by: 'one person' | 'everyone'): number {
  const triesAtOnce = by === 'everyone' ? MAX_ALL_WRONG_TRIES : MAX_OWN_WRONG_TRIES;
  // A full window at the first moment of the code, and another each time that one has passed, the last moment included.
  const tries = triesAtOnce * (Math.floor(CODE_LIFETIME_MS / TRIES_WITHIN_MS) + 1);
  // 1 - (1 - p)^tries, without losing so small a p.
  return -Math.expm1(tries * Math.log1p(-waiting / CODES));
}
