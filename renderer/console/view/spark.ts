import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';

export type SparkBox = { readonly width: number; readonly height: number };
export type Spark = {
  readonly line: string;
  readonly area: string;
  readonly limitY: number;
  readonly end: { readonly x: number; readonly y: number };
};

/** Today from the first person on, with the hard limit inside the picture. Null: nothing was counted today. */
export function sparkOf(
  { today, limits }: Pick<SnapshotContent, 'today' | 'limits'>,
  { width, height }: SparkBox,
): Spark | null {
  const counts = today.curve?.counts ?? [];
  const first = counts.findIndex((count) => count > 0);
  if (first < 0) return null;
  const shown = counts.slice(Math.max(0, first - 1));
  const top = Math.max(limits.hard, ...shown) * 1.05;
  const x = (index: number) => rounded((index / Math.max(1, shown.length - 1)) * (width - 4) + 1);
  const y = (count: number) => rounded(height - 1 - (count / top) * (height - 3));
  const points = shown.map((count, index) => `${x(index)} ${y(count)}`);
  const line = `M${points.join('L')}`;
  const last = shown.length - 1;
  return {
    line,
    area: `${line}L${x(last)} ${height - 1}L${x(0)} ${height - 1}Z`,
    limitY: y(limits.hard),
    end: { x: x(last), y: y(shown[last] ?? 0) },
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
