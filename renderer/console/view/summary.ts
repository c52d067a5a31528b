import { isLive, type StoreRow } from './store-row.ts';
import { counted, numberWords, spanWords } from './words.ts';

const MAX_NAMED = 3;

/** `3,118` and what stands behind it: the figure is drawn bold. */
export function summaryOf(rows: readonly StoreRow[]): { readonly inside: string; readonly rest: string } {
  const isKnown = ({ state, freshness }: StoreRow) => state !== 'unknown' && isLive(freshness);
  const known = rows.filter(isKnown);
  const left = rows.filter((row) => row.state !== 'closed' && !isKnown(row)).map(({ name }) => name);
  const inside = known.reduce((sum, { content }) => sum + content.count, 0);
  const people = inside === 1 ? 'person' : 'people';
  const where = `${people} inside ${counted(known.length, 'counted store')}.`;
  if (left.length === 0) return { inside: numberWords(inside), rest: where };
  const names =
    left.length > MAX_NAMED ? counted(left.length, 'store') : new Intl.ListFormat('en').format(left);
  const isOne = left.length === 1;
  return {
    inside: numberWords(inside),
    rest: `${where} ${names} cannot be counted and ${isOne ? 'is' : 'are'} left out.`,
  };
}

/** Empty where nobody waits. */
export function waitingWords(rows: readonly StoreRow[], nowMs: number): string {
  const asking = rows.reduce((sum, { unanswered }) => sum + unanswered, 0);
  if (asking === 0) return '';
  const oldest = Math.min(...rows.flatMap(({ waitsSinceMs }) => waitsSinceMs ?? []));
  return `${asking === 1 ? '1 waits' : `${asking} wait`} for an answer. The oldest has waited ${spanWords(nowMs - oldest)}.`;
}
