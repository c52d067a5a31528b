import type * as z from 'zod';
import type { TransferProblem } from '../../contracts/transfer.ts';
import type { Table, TableRow } from './read-table.ts';

const MAX_SHOWN_VALUE = 80;

/** A schema of a table has optional fields only: a column may be missing in its header. */
export type RowOf<Schema extends z.ZodObject> = z.output<Schema>;
export type ParsedRow<Schema extends z.ZodObject> = {
  readonly source: TableRow;
  /** Its good cells; a column that is not in the header is not in here. */
  readonly values: RowOf<Schema>;
};

/** The rows with what is wrong in their cells. A bad cell does not hide what is wrong with the others. */
export function parsedRows<Schema extends z.ZodObject>(
  table: Table,
  schema: Schema,
): { readonly rows: readonly ParsedRow<Schema>[]; readonly problems: TransferProblem[] } {
  const problems = [...table.problems];
  const rows = table.rows.map((source) => {
    const first = schema.safeParse(source.cells);
    if (first.success) return { source, values: first.data };
    const bad = new Map(first.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue]));
    for (const [column, issue] of bad)
      problems.push(problemOf(source, column, expectedBy(issue, source, column)));
    const good = Object.fromEntries(Object.entries(source.cells).filter(([column]) => !bad.has(column)));
    return { source, values: schema.parse(good) };
  });
  return { rows, problems };
}

export function problemOf({ row, cells }: TableRow, column: string, expected: string): TransferProblem {
  const value = cells[column];
  return {
    row,
    column,
    ...(value === undefined ? {} : { value: value.slice(0, MAX_SHOWN_VALUE) }),
    expected,
  };
}

/** What a schema wants, in words for whoever fills in the table. */
export function expectedBy(issue: z.core.$ZodIssue, { cells }: TableRow, column: string): string {
  if (issue.code === 'invalid_type' && (cells[column] ?? '').trim() === '') return 'a value';
  const own = /^expected (.*)/s.exec(issue.message)?.[1];
  if (own !== undefined) return own;
  const unit = 'origin' in issue && issue.origin === 'string' ? ' characters' : '';
  if (issue.code === 'too_big') return `at most ${issue.maximum}${unit}`;
  if (issue.code === 'too_small') return `at least ${issue.minimum}${unit}`;
  if (issue.code === 'invalid_value') return issue.values.join(', ');
  return issue.message.replace(/^Invalid input: expected /, '');
}
