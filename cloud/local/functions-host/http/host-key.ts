import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestValues } from '../binding-expression.ts';

/** `host` opens functions of authLevel `function`; `master` opens those of `admin` as well. */
export type HostKeys = { readonly host: string; readonly master: string };

const digest = (text: string) => createHash('sha256').update(text).digest();
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));

/** Whether the key that the caller sent, in `x-functions-key` or `code`, opens this level. Compared in constant time. */
export function opens(
  authLevel: 'anonymous' | 'function' | 'admin',
  { headers, query }: RequestValues,
  { host, master }: HostKeys,
): boolean {
  if (authLevel === 'anonymous') return true;
  const given = headers['x-functions-key'] ?? query.code;
  if (given === undefined) return false;
  return isSame(given, master) || (authLevel === 'function' && isSame(given, host));
}
