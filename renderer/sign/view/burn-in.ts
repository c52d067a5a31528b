/** How long the picture stays where it is before it moves on, against image retention. */
export const SHIFT_EVERY_MS = 10 * 60_000;

const STEP_PX = 4;
/** Round the eight neighbours and through the middle: each step moves by one place. */
const PATH: readonly (readonly [x: number, y: number])[] = [
  [0, 0],
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
];

/** Where the picture stands at a step of the path, in px from its own place. */
export function burnInShift(step: number): { readonly x: number; readonly y: number } {
  const [x, y] = PATH[step % PATH.length] ?? [0, 0];
  return { x: x * STEP_PX, y: y * STEP_PX };
}
