/** The order that stands while somebody points at the list; new rows go to its end. */
export function heldOrder(before: readonly string[], wanted: readonly string[]): readonly string[] {
  const kept = before.filter((id) => wanted.includes(id));
  return [...kept, ...wanted.filter((id) => !kept.includes(id))];
}

/** How many rows would stand elsewhere. */
export const rowsToMove = (shown: readonly string[], wanted: readonly string[]): number =>
  wanted.filter((id, index) => shown[index] !== id).length;
