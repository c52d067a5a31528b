import { CsvError, parse } from 'csv-parse/sync';
import { MAX_TRANSFER_ROWS, type TransferProblem } from '../../contracts/transfer.ts';
import { textOfCell } from '../csv.ts';

/** One row as it came. `row`: as a spreadsheet numbers it. */
export type TableRow = { readonly row: number; readonly cells: Readonly<Record<string, string>> };
export type Table = { readonly rows: readonly TableRow[]; readonly problems: readonly TransferProblem[] };

type Expectation = {
  readonly columns: readonly string[];
  readonly required: readonly string[];
};

const HEADER_ROW = 1;
const DELIMITERS = [',', ';', '\t'];

/** The cells of each row by the name of their column, and whatever is wrong with the table as such. */
export function readTable(bytes: Uint8Array, expected: Expectation): Table {
  const text = textOf(bytes);
  if (text === undefined)
    return failed(HEADER_ROW, 'text in UTF-8: save the table as "CSV UTF-8" in your spreadsheet');
  let records: string[][];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failed(
      Number(error.records ?? 0) + 1,
      'quotation marks around the whole cell, and two for one inside it',
    );
  }
  const [header = [], ...body] = records;
  const columns = header.map((name) => columnOf(name, expected.columns));
  const problems = headerProblems(header, columns, expected);
  if (problems.length > 0) return { rows: [], problems };
  const filled = body
    .map((cells, index) => ({ row: HEADER_ROW + 1 + index, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const over = filled[MAX_TRANSFER_ROWS];
  if (over !== undefined) return failed(over.row, `at most ${MAX_TRANSFER_ROWS} rows in one table`);
  const tooLong = filled.filter(({ cells }) =>
    cells.slice(columns.length).some((cell) => cell.trim() !== ''),
  );
  return {
    rows: filled.map(({ row, cells }) => ({
      row,
      cells: Object.fromEntries(columns.map((column, at) => [column, textOfCell(cells[at] ?? '')])),
    })),
    problems: tooLong.map(({ row }) => ({
      row,
      column: '',
      expected: `at most ${columns.length} cells, as in the header`,
    })),
  };
}

/** Without its byte order mark; undefined where it is no UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Spreadsheets write what is usual in their country. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((most, delimiter) => (count(delimiter) > count(most) ? delimiter : most));
}

/** However it is spelt. */
const columnOf = (name: string, known: readonly string[]): string =>
  known.find((column) => column.toLowerCase() === name.trim().toLowerCase()) ?? name.trim();

function headerProblems(
  header: readonly string[],
  columns: readonly string[],
  { columns: known, required }: Expectation,
): TransferProblem[] {
  const problem = (column: string, expected: string) => ({ row: HEADER_ROW, column, expected });
  if (header.every((name) => name.trim() === '')) return [problem('', `a header: ${known.join(', ')}`)];
  return [
    ...columns
      .filter((column) => !known.includes(column))
      .map((column) => problem(column.slice(0, 80), `a column of this table: ${known.join(', ')}`)),
    ...columns
      .filter((column, at) => known.includes(column) && columns.indexOf(column) !== at)
      .map((column) => problem(column, 'each column once')),
    ...required.filter((column) => !columns.includes(column)).map((column) => problem(column, 'this column')),
  ];
}

const failed = (row: number, expected: string): Table => ({
  rows: [],
  problems: [{ row, column: '', expected }],
});
