/** What a spreadsheet takes for a formula, whatever blanks or invisible signs stand before it. */
const RUNS_AS_FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;
/** Such a text with the mark already before it, too: else nobody could tell which mark is the text's own. */
const GETS_A_MARK = new RegExp(`^'*${RUNS_AS_FORMULA.source.slice(1)}`, 'u');
const HAS_MARK = new RegExp(`^'+${RUNS_AS_FORMULA.source.slice(1)}`, 'u');
/**
 * A spreadsheet that separates by ; or takes no quotation mark inside a row begins a cell at these signs, in the middle of
 * a text. Between one and the formula stands no other one, so that the marks of a text are told apart.
 */
const LATER_FORMULA = `(?='*(?:(?![;\\t\\r\\n])["\\s\\p{Cc}\\p{Cf}])*[=+\\-@＝＋－＠])`;
const LATER_GETS_A_MARK = new RegExp(`([;\\t\\r\\n])${LATER_FORMULA}`, 'gu');
const LATER_HAS_MARK = new RegExp(`([;\\t\\r\\n])'${LATER_FORMULA}`, 'gu');
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^$/;

/** A table by RFC 4180. Names in it come from people and from devices: what a spreadsheet would run gets a ' before it. */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** The text that a cell was written for. */
export function textOfCell(cell: string): string {
  const text = cell.replace(LATER_HAS_MARK, '$1');
  return HAS_MARK.test(text) ? text.slice(1) : text;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const marked = GETS_A_MARK.test(value) ? `'${value}` : value;
  const text = marked.replace(LATER_GETS_A_MARK, "$1'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
