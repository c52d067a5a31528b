import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestValues } from '../binding-expression.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether the caller sent the host's key, in `x-functions-key` or `code`. Compared in constant time. */
export function hasHostKey({ headers, query }: RequestValues, hostKey: string): boolean {
  const given = headers['x-functions-key'] ?? query.code;
  return given !== undefined && timingSafeEqual(digest(given), digest(hostKey));
}
