import { expect, test } from 'vitest';
import { PALETTES, type Palette } from '../../renderer/design/palette.ts';

/** WCAG 2 relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What stands on what, and the least ratio: 7 for words, 3 for shapes. */
const PAIRS: readonly (readonly [keyof Palette, keyof Palette, number])[] = [
  ['ink', 'ground', 14],
  ['ink2', 'ground', 8],
  ['onAlarm', 'alarm', 7.4],
  ['onUnknown', 'unknown', 10],
  ['onUnknown', 'unknown2', 8.5],
  ['markAlarm', 'ground', 7],
  ['markOpen', 'ground', 7],
  ['warnInk', 'markWarn', 7],
  ['warnEdge', 'ground', 7],
  ['mute', 'ground', 3.8],
];

test.for(['dark', 'light'] as const)('every word and shape holds its contrast in the %s theme', (theme) => {
  const palette = PALETTES[theme];
  for (const [on, under, least] of PAIRS) {
    expect(ratio(palette[on], palette[under]), `${on} on ${under}`).toBeGreaterThanOrEqual(least);
  }
});
