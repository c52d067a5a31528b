import type * as z from 'zod';
import type { TransferProblem } from '../../contracts/transfer.ts';
import { expectedBy, problemOf } from './rows.ts';
import type { Path, PlannedRow, StoreDraft } from './store-draft.ts';

export type ProblemsOfStore = {
  readonly draft: StoreDraft;
  readonly issues: readonly z.core.$ZodIssue[];
  readonly rows: readonly PlannedRow[];
  /** What was found already: the same cell is not named twice. */
  readonly known: readonly TransferProblem[];
};

/** What is wrong with a store as a whole, each at the row that brought it. */
export function storeProblems({ draft, issues, rows, known }: ProblemsOfStore): TransferProblem[] {
  const [first] = rows;
  if (first === undefined) return [];
  const paths = rows.map((row) => ({ row, path: row.pathIn(draft) }));
  const badRows = new Set(known.map(({ row }) => row));
  const isBadStore = rows.some(({ source }) => badRows.has(source.row));
  const named = new Set(known.map(({ row, column }) => `${row} ${column}`));
  const found: TransferProblem[] = [];
  for (const issue of issues) {
    const path: Path = issue.path;
    const at = paths.find(({ path: start }) => start.every((part, index) => path[index] === part));
    // What nobody's row brought may come of a row that is named already.
    if (at === undefined && isBadStore) continue;
    const { source } = at?.row ?? first;
    const column = at === undefined ? 'store' : at.row.columnOf(path.slice(at.path.length));
    const expected = expectedBy(issue, source, column);
    const problem = problemOf(source, column, at === undefined ? `of the whole store ${expected}` : expected);
    if (named.has(`${problem.row} ${column}`)) continue;
    named.add(`${problem.row} ${column}`);
    found.push(problem);
  }
  return found;
}
