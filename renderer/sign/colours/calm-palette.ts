import {
  type Brand,
  contrastOf,
  LEAST_SHAPE_CONTRAST,
  LEAST_WORD_CONTRAST,
  luminanceOf,
} from '../../../cloud/contracts/brand.ts';
import { PALETTES, type Palette, type Theme } from '../../design/palette.ts';
import { mixed, mixedWhile } from './mixed-colour.ts';

/** From the most to the least. */
const SHARES = Array.from({ length: 20 }, (_, step) => 1 - (step + 1) / 20);
/** Shares of the ink in what is only just apart from the ground. */
const TILE = 0.055;
const RULE = 0.2;
/** A shape is never quieter than this, nor are captions as quiet as shapes. */
const MOST_GROUND = { caption: 0.35, shape: 0.6 };
const WHITE = '#ffffff';
const BLACK = '#000000';

/** What differs where the ground and the ink are not those of a theme. States and alarms keep their fills. */
export type CalmPalette = Palette & {
  /** Round panels that are hard to tell from the ground; else nothing. */
  readonly alarmEdge: string;
  readonly unknownEdge: string;
};

/**
 * A palette on a ground and in an ink of somebody's choice, see `brandSchema`. Captions, marks and tiles are taken from
 * these two, only as far as words keep 7:1 and shapes 3:1.
 */
export function calmPalette({ ground, ink, accent }: Brand, theme: Theme): CalmPalette {
  const base = PALETTES[theme];
  const tile = tileOn({ ground, ink, accent });
  const grounds = [ground, tile];
  const ink2 = quieter(ink, ground, MOST_GROUND.caption, holds(grounds, LEAST_WORD_CONTRAST));
  const isApart = holds(grounds, LEAST_SHAPE_CONTRAST);
  return {
    ...base,
    ground,
    ink,
    accent,
    ink2,
    tile,
    rule: mixed(ground, ink, RULE),
    mute: quieter(ink, ground, MOST_GROUND.shape, isApart),
    markOpen: ink2,
    warnInk: PALETTES.dark.warnInk,
    warnEdge: isApart(base.markWarn) ? base.markWarn : ink,
    markAlarm: alarmOn(grounds),
    closed: ground,
    onClosed: ink,
    alarmEdge: edgeOf([base.alarm], { ground, ink }),
    unknownEdge: edgeOf([base.unknown, base.unknown2], { ground, ink }),
  };
}

const holds =
  (grounds: readonly string[], least: number) =>
  (colour: string): boolean =>
    grounds.every((ground) => contrastOf(colour, ground) >= least);

const quieter = (ink: string, ground: string, most: number, passes: (colour: string) => boolean): string =>
  mixedWhile(
    ink,
    ground,
    SHARES.filter((share) => share <= most),
    passes,
  );

/** Towards the ink; where the ink would be too pale on it, away from it; where neither holds, the ground itself. */
function tileOn({ ground, ink, accent }: Brand): string {
  const away = luminanceOf(ink) > luminanceOf(ground) ? BLACK : WHITE;
  const tiles = [mixed(ground, ink, TILE), mixed(ground, away, 3 * TILE)];
  const isReadable = (tile: string) =>
    contrastOf(ink, tile) >= LEAST_WORD_CONTRAST && contrastOf(accent, tile) >= LEAST_SHAPE_CONTRAST;
  return tiles.find(isReadable) ?? ground;
}

/** The vermilion of one of the themes; on a ground that is neither dark nor light a shade of it. */
function alarmOn(grounds: readonly string[]): string {
  const isApart = holds(grounds, LEAST_SHAPE_CONTRAST);
  const least = (mark: string) => Math.min(...grounds.map((ground) => contrastOf(mark, ground)));
  const { dark, light } = PALETTES;
  const isLight = least(dark.markAlarm) >= least(light.markAlarm);
  const mark = isLight ? dark.markAlarm : light.markAlarm;
  const shades = [...SHARES].reverse();
  return isApart(mark) ? mark : mixedWhile(mark, isLight ? WHITE : BLACK, shades, isApart);
}

function edgeOf(fills: readonly string[], { ground, ink }: Pick<Brand, 'ground' | 'ink'>): string {
  return fills.every(holds([ground], LEAST_SHAPE_CONTRAST)) ? 'transparent' : ink;
}
