import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Brand, brandSchema, contrastOf } from '../../../cloud/contracts/brand.ts';
import { PALETTES, type Theme } from '../../../renderer/design/palette.ts';
import type { CalmPalette } from '../../../renderer/sign/colours/calm-palette.ts';
import { type WornPalette, wornPalette } from '../../../renderer/sign/colours/worn-palette.ts';

type Pair = readonly [on: keyof CalmPalette, under: keyof CalmPalette];

/** Words want 7 to 1, shapes 3 to 1. */
const WORDS: readonly Pair[] = [
  ['ink', 'ground'],
  ['ink', 'tile'],
  ['ink2', 'ground'],
  ['ink2', 'tile'],
  ['onClosed', 'closed'],
  ['onOpen', 'open'],
  ['onNearly', 'nearly'],
  ['onFull', 'full'],
  ['onAlarm', 'alarm'],
  ['onUnknown', 'unknown'],
  ['onUnknown', 'unknown2'],
];
const SHAPES: readonly Pair[] = [
  ['mute', 'ground'],
  ['mute', 'tile'],
  ['markOpen', 'ground'],
  ['markAlarm', 'ground'],
  ['markAlarm', 'tile'],
  ['warnEdge', 'ground'],
  ['warnEdge', 'tile'],
  ['warnInk', 'markWarn'],
  ['accent', 'ground'],
  ['accent', 'tile'],
];
const THEMES: readonly Theme[] = ['dark', 'light'];

const colour = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`);
/** Also those that hold only just, which are the hard ones. */
const brands = fc
  .record({ ground: colour, ink: colour, accent: colour })
  .filter((brand) => brandSchema.safeParse(brand).success);

function faultsOf(worn: WornPalette): string[] {
  const under = (pairs: readonly Pair[], least: number) =>
    pairs
      .filter(([on, ground]) => contrastOf(worn[on], worn[ground]) < least)
      .map(([on, ground]) => `${on} ${worn[on]} on ${ground} ${worn[ground]}`);
  const edges = [
    ['alarm', worn.alarmEdge] as const,
    ['unknown', worn.unknownEdge] as const,
    ['unknown2', worn.unknownEdge] as const,
  ];
  const lost = edges.filter(
    ([fill, edge]) => contrastOf(edge === 'transparent' ? worn[fill] : edge, worn.ground) < 3,
  );
  return [...under(WORDS, 7), ...under(SHAPES, 3), ...lost.map(([fill]) => `the edge of ${fill}`)];
}

function wornOf(theme: Theme, brand: Brand | null, isDim: boolean): WornPalette {
  const worn = wornPalette(theme, brand, isDim);
  if (worn === null) throw new Error('just the theme');
  return worn;
}

test('with any brand that is allowed every word, shape and panel keeps its contrast, by day and while closed', () => {
  fc.assert(
    fc.property(brands, fc.constantFrom(...THEMES), fc.boolean(), (brand, theme, isDim) => {
      expect(faultsOf(wornOf(theme, brand, isDim))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test.for([
  ['#959595', '#000000', '#000000', 'a grey that only black holds on'],
  ['#595959', '#ffffff', '#ffffff', 'a grey that only white holds on'],
  ['#ffffff', '#595959', '#949494', 'white with the palest ink and accent'],
  ['#000000', '#969696', '#5e5e5e', 'black with the darkest ink and accent'],
  ['#f2a900', '#000000', '#8f2600', 'the amber of a warning'],
  ['#ff7548', '#000000', '#000000', 'the vermilion of an alarm'],
  ['#9e2a00', '#ffffff', '#ffffff', 'the ground of an alarm'],
  ['#3a4045', '#ffffff', '#f2a900', 'the grey of what is not known'],
] as const)('the hard brand %s, %s, %s holds: %s', ([ground, ink, accent]) => {
  const brand = { ground, ink, accent };
  expect(brandSchema.safeParse(brand)).toMatchObject({ success: true });
  for (const theme of THEMES) {
    for (const isDim of [false, true]) expect(faultsOf(wornOf(theme, brand, isDim))).toEqual([]);
  }
});

test.for(THEMES)(
  'while the store is closed the %s theme sends out less light, and every word holds',
  (theme) => {
    const dim = wornOf(theme, null, true);
    expect(faultsOf({ ...dim, alarmEdge: dim.ink, unknownEdge: dim.ink })).toEqual([]);
    const bright = PALETTES[theme];
    const light = (one: string) => contrastOf(one, '#000000');
    for (const part of ['ground', 'closed'] as const)
      expect(light(dim[part])).toBeLessThan(light(bright[part]));
    const largest = theme === 'dark' ? 'ink' : 'ground';
    expect(light(dim[largest]) / light(bright[largest])).toBeLessThan(0.6);
  },
);

test('what a state or an alarm looks like is the same in all shops', () => {
  const brand = { ground: '#003b2f', ink: '#ffffff', accent: '#f2a900' };
  const fills = ['open', 'nearly', 'full', 'alarm', 'unknown', 'unknown2', 'markWarn'] as const;
  for (const theme of THEMES) {
    const worn = wornOf(theme, brand, false);
    for (const fill of fills) expect(worn[fill]).toBe(PALETTES[theme][fill]);
  }
});

test('without a brand an open store wears just its theme', () => {
  for (const theme of THEMES) expect(wornPalette(theme, null, false)).toBeNull();
});
