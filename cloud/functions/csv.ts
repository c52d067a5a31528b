/** What a spreadsheet takes for a formula, whatever blanks or invisible signs stand before it. */
const RUNS_AS_FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^$/;

/** A table by RFC 4180. Names in it come from people and from devices: a text that a spreadsheet would run begins with '. */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = RUNS_AS_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
