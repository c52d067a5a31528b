import type { Bench, BenchResult, BenchRow, Spread } from './bench.ts';

const SHOWN_FROM = 0.005;

const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
const ratio = (value: number): string => `${value.toFixed(value < 0.1 ? 3 : 2)}x`;
const range = ({ min, max }: Spread, shown: (value: number) => string) => `${shown(min)} to ${shown(max)}`;

const HEAD = ['what', 'median', 'unit', 'least to most', 'beside', 'ratio', 'least to most'];

const cellsOf = ({ what, unit, figure, beside }: BenchRow): readonly string[] => [
  what,
  number(figure.median),
  unit,
  range(figure, number),
  ...(beside === null
    ? ['the peer itself', '', '']
    : [`${beside.what}: ${number(beside.figure)}`, ratio(beside.ratio.median), range(beside.ratio, ratio)]),
];

/** A section of docs/bench.md; the terminal shows the same. */
export function sectionOf(
  { title }: Bench,
  { rows, timeSpent, checked }: BenchResult,
  measuredOn: string,
): string {
  const parts = timeSpent?.parts.filter(({ share }) => share >= SHOWN_FROM) ?? [];
  const spent = parts.map(({ what, share }) => [what, `${(share * 100).toFixed(1)} %`]);
  return [
    `## ${title}`,
    `Measured on ${measuredOn}.`,
    tableOf([HEAD, ...rows.map(cellsOf)]),
    checked,
    ...(timeSpent === undefined
      ? []
      : [`Where the time goes, ${timeSpent.of}:`, tableOf([['what', 'share'], ...spent])]),
  ].join('\n\n');
}

function tableOf(rows: readonly (readonly string[])[]): string {
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

/** The page with these sections in place of those of the same title; the others stay. */
export function pageWith(page: string, sections: readonly string[]): string {
  const known = page.split(/^(?=## )/m).slice(1);
  const titleOf = (section: string) => section.split('\n', 1)[0];
  const newest = new Map([...known, ...sections].map((section) => [titleOf(section), section.trim()]));
  return `${[PREFACE, ...newest.values()].join('\n\n')}\n`;
}
