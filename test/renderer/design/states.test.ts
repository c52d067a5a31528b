import { expect, test } from 'vitest';
import { PALETTES, type Palette, type Theme } from '../../../renderer/design/palette.ts';
import { DOOR_SHAPES } from '../../../renderer/sign/view/door-shapes.ts';

type Rgb = readonly [red: number, green: number, blue: number];
type Seen = (colour: Rgb) => Rgb;
const THEMES: readonly Theme[] = ['dark', 'light'];

const linear = (colour: string): Rgb => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
};
const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const ratio = (one: Rgb, other: Rgb) => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const by =
  (rows: readonly Rgb[]): Seen =>
  (colour) => {
    const part = (row: Rgb) =>
      Math.min(
        1,
        Math.max(
          0,
          row.reduce((sum, share, index) => sum + share * (colour[index] ?? 0), 0),
        ),
      );
    const [red, green, blue] = rows.map(part);
    return [red ?? 0, green ?? 0, blue ?? 0];
  };

/** As the eye has it, in linear light (Viénot 1999 for red and green, Machado 2009 for blue). */
const EYES: Readonly<Record<string, Seen>> = {
  usual: (colour) => colour,
  'without red': by([
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ]),
  'without green': by([
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ]),
  'without blue': by([
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ]),
  grey: (colour) => [luminance(colour), luminance(colour), luminance(colour)],
};

/** Words and shapes of the board for customers, which are one colour; words want 7. */
const BOARDS: readonly (readonly [ink: keyof Palette, fill: keyof Palette])[] = [
  ['onOpen', 'open'],
  ['onNearly', 'nearly'],
  ['onFull', 'full'],
  ['onUnknown', 'unknown'],
  ['onUnknown', 'unknown2'],
  ['onClosed', 'closed'],
];
/** On the tiles of a wall: words 7, marks 3. */
const TILES: readonly (readonly [ink: keyof Palette, fill: keyof Palette, least: number])[] = [
  ['ink', 'tile', 7],
  ['ink2', 'tile', 7],
  ['onAlarm', 'alarm', 7],
  ['onUnknown', 'unknown', 7],
  ['onUnknown', 'unknown2', 7],
  ['mute', 'tile', 3],
  ['markAlarm', 'tile', 3],
  ['warnEdge', 'tile', 3],
  ['warnInk', 'markWarn', 3],
];

test.for(THEMES)('every word for customers has 7 to 1 on its fill, %s', (theme) => {
  const palette = PALETTES[theme];
  for (const [ink, fill] of BOARDS) {
    expect(ratio(linear(palette[ink]), linear(palette[fill])), `${ink} on ${fill}`).toBeGreaterThanOrEqual(7);
  }
});

test.for(THEMES)('every word on a tile has 7 to 1 and every mark 3 to 1, %s', (theme) => {
  const palette = PALETTES[theme];
  for (const [ink, fill, least] of TILES) {
    expect(ratio(linear(palette[ink]), linear(palette[fill])), `${ink} on ${fill}`).toBeGreaterThanOrEqual(
      least,
    );
  }
});

test.for(Object.keys(EYES))('words and shapes keep their contrast for an eye that is %s', (eye) => {
  const seen = EYES[eye] ?? EYES.usual ?? ((colour) => colour);
  for (const theme of THEMES) {
    const palette = PALETTES[theme];
    for (const [ink, fill] of BOARDS) {
      const least = ratio(seen(linear(palette[ink])), seen(linear(palette[fill])));
      expect(least, `${ink} on ${fill}, ${theme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('no two states have the same shape, so that none is told by its colour alone', () => {
  const shapes = Object.values(DOOR_SHAPES);
  expect(new Set(shapes).size).toBe(shapes.length);
  expect(shapes.length).toBe(5);
});

test('in grey some fills are alike, which is why each has a shape and a word as well', () => {
  const { open, full } = PALETTES.dark;
  const grey = EYES.grey ?? ((colour: Rgb) => colour);
  expect(ratio(grey(linear(open)), grey(linear(full)))).toBeLessThan(1.5);
});
