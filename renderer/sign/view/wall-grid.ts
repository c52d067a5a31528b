/** Lengths in % of the long edge, as `--c`. */
export type WallRoom = { readonly width: number; readonly height: number; readonly gap: number };

/** The least tile whose words are at the floor size; long figures need a wider one. */
export type LeastTile = { readonly width: number; readonly height: number };

export type WallGrid = {
  readonly columns: number;
  readonly rows: number;
  /** Stores that have a tile. Fewer than there are: the last place says how many more. */
  readonly tiles: number;
  /** How much larger than the least tile each is. */
  readonly scale: number;
};

/** The largest tiles that hold all stores; at the floor size, as many tiles as there is room for. */
export function wallGrid(stores: number, room: WallRoom, least: LeastTile): WallGrid {
  const most = (length: number, tile: number) =>
    Math.max(1, Math.floor((length + room.gap) / (tile + room.gap)));
  const mostColumns = most(room.width, least.width);
  const mostRows = most(room.height, least.height);
  const grids = Array.from({ length: Math.min(mostColumns, stores) }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(stores / columns);
    const width = (room.width - (columns - 1) * room.gap) / columns;
    const height = (room.height - (rows - 1) * room.gap) / rows;
    return { columns, rows, tiles: stores, scale: Math.min(width / least.width, height / least.height) };
  });
  const best = grids
    .filter(({ rows }) => rows <= mostRows)
    .toSorted((one, other) => other.scale - one.scale || empty(one) - empty(other))[0];
  if (best !== undefined) return best;
  return { columns: mostColumns, rows: mostRows, tiles: mostColumns * mostRows - 1, scale: 1 };
}

const empty = ({ columns, rows, tiles }: WallGrid): number => columns * rows - tiles;
