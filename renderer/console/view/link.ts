import type { Live } from '../live/live.ts';
import { spanWords } from './words.ts';

/** A connection that is made anew at once is not worth a word. */
const GRACE_MS = 3_000;

type Link = Pick<Live, 'link' | 'downSinceMs' | 'changedAtMs'>;

/** The page shows something, and no news come. */
export const isCut = ({ link, downSinceMs, changedAtMs }: Link, nowMs: number): boolean =>
  link === 'down' && changedAtMs !== null && nowMs - (downSinceMs ?? nowMs) >= GRACE_MS;

/** `waits`: not live, and not for long enough to say so. */
export type LinkLook = 'up' | 'waits' | 'down';

export function linkWords(live: Link, nowMs: number): { readonly words: string; readonly look: LinkLook } {
  if (live.link === 'up') return { words: 'Live', look: 'up' };
  if (!isCut(live, nowMs)) return { words: 'Connecting', look: 'waits' };
  return { words: `Not live for ${spanWords(nowMs - (live.downSinceMs ?? nowMs))}`, look: 'down' };
}
