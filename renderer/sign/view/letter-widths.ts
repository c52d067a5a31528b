/** Those of Chinese, Japanese and Korean are drawn in squares, about as wide as two others. */
const SQUARE = /[\u1100-\u11FF\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]|[\u{20000}-\u{3FFFF}]/u;

/** How many letters of an alphabet are as wide as these words. */
export function letterWidths(words: string): number {
  return [...words].reduce((sum, letter) => sum + (SQUARE.test(letter) ? 2 : 1), 0);
}
