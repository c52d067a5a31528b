import type { SnapshotAlert } from '../../../cloud/contracts/alert.ts';

/** Of an alert: since when it asks for an answer, and who gave one. */
export type Asked = Pick<SnapshotAlert, 'sinceMs' | 'acknowledgedBy'>;

export const isUnanswered = (asked: Asked | null): boolean => asked !== null && asked.acknowledgedBy === null;

/** Raised anew, or the answer that there was holds no more. */
export function asksAnew(before: Asked | null, now: Asked | null): boolean {
  if (before === null || now === null || now.acknowledgedBy !== null) return false;
  return before.acknowledgedBy !== null || before.sinceMs !== now.sinceMs;
}
