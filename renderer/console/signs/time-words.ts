import { spanWords } from '../view/words.ts';

const SECOND_MS = 1_000;

/** `0.8 s` while it is short, as how long something took. */
export function tookWords(spanMs: number): string {
  const ms = Math.max(0, spanMs);
  return ms < 10 * SECOND_MS ? `${(ms / SECOND_MS).toFixed(1)} s` : spanWords(ms);
}

/** `7:42`, as a clock that runs down. */
export function countdownWords(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
