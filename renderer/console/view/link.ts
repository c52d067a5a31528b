import type { Live } from '../live/live.ts';
import { spanWords } from './words.ts';

/** A connection that is made anew at once is not worth a word. */
const GRACE_MS = 3_000;

type Link = Pick<Live, 'link' | 'downSinceMs' | 'changedAtMs'>;

/** The page shows something, and no news come. */
export const isCut = ({ link, downSinceMs, changedAtMs }: Link, nowMs: number): boolean =>
  link === 'down' && changedAtMs !== null && nowMs - (downSinceMs ?? nowMs) >= GRACE_MS;

export function linkWords(live: Link, nowMs: number): { readonly words: string; readonly isDown: boolean } {
  if (live.link === 'up') return { words: 'Live', isDown: false };
  if (!isCut(live, nowMs)) return { words: 'Connecting', isDown: false };
  return { words: `Not live for ${spanWords(nowMs - (live.downSinceMs ?? nowMs))}`, isDown: true };
}
