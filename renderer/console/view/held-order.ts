/** A row by its id, and the section of the list that it stands in. */
export type Placed = { readonly id: string; readonly section: string };

/** The order that stands while somebody points at the list; new rows go to the end of their section. */
export function heldOrder(before: readonly Placed[], wanted: readonly Placed[]): readonly Placed[] {
  const ids = new Set(wanted.map(({ id }) => id));
  const kept = before.filter(({ id }) => ids.has(id));
  const keptIds = new Set(kept.map(({ id }) => id));
  return [...kept, ...wanted.filter(({ id }) => !keptIds.has(id))];
}

/** The fewest rows that have to move so that all stand as they want to. */
export function rowsToMove(shown: readonly Placed[], wanted: readonly Placed[]): number {
  const at = new Map(wanted.map(({ id, section }, index) => [id, { section, index }]));
  const places = shown.flatMap(({ id, section }) => {
    const want = at.get(id);
    return want === undefined || want.section !== section ? [] : [want.index];
  });
  return wanted.length - longestRise(places);
}

function longestRise(numbers: readonly number[]): number {
  const ends: number[] = [];
  for (const number of numbers) {
    const at = ends.findIndex((end) => end >= number);
    if (at < 0) ends.push(number);
    else ends[at] = number;
  }
  return ends.length;
}

export const movingWords = (count: number): string =>
  `${count === 1 ? '1 row wants' : `${count} rows want`} to move. ${count === 1 ? 'It does' : 'They do'} as soon as you leave the list.`;
