import type { Bench, BenchResult, BenchRow, Spread, TimeSpent } from './bench.ts';

const SHOWN_FROM = 0.005;
/** Below this much, a figure is told with three digits. */
const FEW = 10;

const number = (value: number): string =>
  Math.abs(value) < FEW
    ? String(Number(value.toPrecision(3)))
    : value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
const ratio = (value: number): string => `${value.toFixed(value < 0.1 ? 3 : 2)}x`;
const range = ({ min, max }: Spread, shown: (value: number) => string) => `${shown(min)} to ${shown(max)}`;

const HEAD = ['what', 'median', 'unit', 'least to most', 'beside', 'ratio', 'least to most'];

const cellsOf = ({ what, unit, figure, beside }: BenchRow): readonly string[] => [
  what,
  number(figure.median),
  unit,
  range(figure, number),
  ...(beside === null
    ? ['', '', '']
    : [`${beside.what}: ${number(beside.figure)}`, ratio(beside.ratio.median), range(beside.ratio, ratio)]),
];

/** What one bench found, as the page shows it. */
export type Section = { readonly title: string; readonly text: string; readonly summary: readonly Cells[] };
type Cells = readonly string[];

/** A section of docs/bench.md; the terminal shows the same. */
export function sectionOf({ title }: Bench, result: BenchResult, measuredOn: string): Section {
  const { rows, timesSpent = [], checked, notes = [], limits = [] } = result;
  const text = [
    `## ${title}`,
    `Measured on ${measuredOn}.`,
    tableOf([HEAD, ...rows.map(cellsOf)]),
    checked,
    ...notes,
    ...timesSpent.flatMap(({ of, parts }) => [`Where the time goes, ${of}:`, spentTableOf(parts)]),
    ...(limits.length === 0
      ? []
      : ['What keeps it from its aims, and what was tried:', limits.map((one) => `- ${one}`).join('\n')]),
  ].join('\n\n');
  return { title, text, summary: summaryOf(title, rows) };
}

const spentTableOf = (parts: readonly TimeSpent[]): string =>
  tableOf([
    ['what', 'share'],
    ...parts
      .filter(({ share }) => share >= SHOWN_FROM)
      .map(({ what, share }) => [what, `${(share * 100).toFixed(1)} %`]),
  ]);

const SUMMARY_TITLE = '## Held and aimed for';
const SUMMARY_HEAD = ['bench', 'what', 'hold', 'met', 'aim', 'met', 'figure', 'beside'];

/** Every row that is held to something, and how it stands. */
function summaryOf(title: string, rows: readonly BenchRow[]): Cells[] {
  return rows
    .filter(({ hold, aim }) => hold !== undefined || aim !== undefined)
    .map((row) => {
      const { what, hold, aim, figure, unit, beside } = row;
      const met = (target: typeof hold) =>
        target === undefined ? ['', ''] : [target.says, target.isMet(row) ? 'yes' : 'NO'];
      const told = beside === null ? '' : `${ratio(beside.ratio.median)} of ${beside.what}`;
      return [title, what, ...met(hold), ...met(aim), `${number(figure.median)} ${unit}`, told];
    });
}

export const summaryTableOf = (summary: readonly Cells[]): string => tableOf([SUMMARY_HEAD, ...summary]);

function tableOf(rows: readonly Cells[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const [head = '', ...body] = rows.map(
    (row) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`,
  );
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}

const PREFACE = `# Figures

Written by \`npm run bench\`. Everything is measured beside a peer in the same run, in turns; a ratio is of two rounds that
were neighbours. What else the machine did meets both, so trust the ratios more than the figures.`;

/** The page with these sections in place of those of the same title, in the order of `titles`; the others stay. */
export function pageWith(page: string, sections: readonly Section[], titles: readonly string[]): string {
  const before = page.split(/^(?=## )/m).slice(1);
  const oldSummary = before.find((text) => text.startsWith(SUMMARY_TITLE));
  const kept = before.filter((text) => text !== oldSummary).map((text) => [titleOf(text), text] as const);
  const texts = new Map([...kept, ...sections.map(({ title, text }) => [title, text] as const)]);
  const measured = new Set(sections.map(({ title }) => title));
  const summary = [
    ...rowsIn(oldSummary ?? '').filter(([title = '']) => !measured.has(title) && texts.has(title)),
    ...sections.flatMap((section) => section.summary),
  ];
  const placeOf = (title: string) => titles.indexOf(title) >>> 0;
  const parts = [...texts].sort(([one], [other]) => placeOf(one) - placeOf(other)).map(([, text]) => text);
  summary.sort(([one = ''], [other = '']) => placeOf(one) - placeOf(other));
  const top = summary.length === 0 ? [] : [SUMMARY_TITLE, summaryTableOf(summary)];
  return `${[PREFACE, ...top, ...parts.map((text) => text.trim())].join('\n\n')}\n`;
}

const titleOf = (text: string) => text.split('\n', 1)[0]?.slice('## '.length) ?? '';

/** The cells of a table as it was written, without its head. */
const rowsIn = (text: string): Cells[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
