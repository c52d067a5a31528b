import type { Clone } from '../../../cloud/contracts/fleet.ts';
import { sinceWords, spanWords } from '../view/words.ts';

/** `10.8.12.41, last heard 16:41, 20 s ago` */
export const cloneWords = ({ address, heardAtMs }: Clone, nowMs: number): string =>
  `${address ?? 'address not known'}, last heard ${sinceWords(heardAtMs, nowMs)}, ${spanWords(nowMs - heardAtMs)} ago`;
