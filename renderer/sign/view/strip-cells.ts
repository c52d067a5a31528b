/** To this many people each has a cell; above it a cell stands for several. */
const MAX_SINGLE_CELLS = 120;
const MAX_CELLS_PER_ROW = 80;
const PEOPLE_PER_CELL = [1, 5, 10, 25, 50, 100, 250, 500, 1_000] as const;

export type Cell = 'free' | 'taken' | 'over';

export type StripCells = {
  readonly peoplePerCell: number;
  /** Of equal length, but for the last. */
  readonly rows: readonly (readonly Cell[])[];
};

/** One cell a person: as many as the limit, and more while there are more. A cell begun is a cell taken. */
export function stripCells(count: number, limit: number): StripCells {
  const most = Math.max(count, limit);
  const peoplePerCell =
    PEOPLE_PER_CELL.find((people) =>
      people === 1 ? most <= MAX_SINGLE_CELLS : Math.ceil(most / people) <= MAX_CELLS_PER_ROW,
    ) ?? Math.ceil(most / MAX_CELLS_PER_ROW);
  const taken = Math.ceil(count / peoplePerCell);
  const within = Math.ceil(limit / peoplePerCell);
  const cells = Array.from(
    { length: Math.max(taken, within) },
    (_, index): Cell => (index >= taken ? 'free' : index < within ? 'taken' : 'over'),
  );
  const perRow = Math.ceil(cells.length / Math.ceil(cells.length / MAX_CELLS_PER_ROW));
  const rows: Cell[][] = [];
  for (let from = 0; from < cells.length; from += perRow) rows.push(cells.slice(from, from + perRow));
  return { peoplePerCell, rows };
}

/** A taken cell is a bar, a free one a dot, one beyond the limit taller than the row: height says it, not colour. */
const HEIGHT: Readonly<Record<Cell, number>> = { free: 9, taken: 100, over: 140 };
const CELL_WIDTH = 9;
const GAP = 5;

/** SVG path of the cells of one kind, in a field of `rowWidth(cells)` x 100 that `over` outgrows upwards. */
export function cellPath(cells: readonly Cell[], ...kinds: readonly Cell[]): string {
  return cells
    .flatMap((cell, index) =>
      kinds.includes(cell)
        ? [`M${index * (CELL_WIDTH + GAP)} 100v-${HEIGHT[cell]}h${CELL_WIDTH}v${HEIGHT[cell]}z`]
        : [],
    )
    .join('');
}

export const rowWidth = (cells: number): number => cells * (CELL_WIDTH + GAP) - GAP;
