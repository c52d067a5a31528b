import {
  type Brand,
  contrastOf,
  LEAST_SHAPE_CONTRAST,
  LEAST_WORD_CONTRAST,
} from '../../../cloud/contracts/brand.ts';
import { mixed } from './mixed-colour.ts';

/** Of the light of a picture that nobody has to read from afar now, the least first. */
const LIGHTS = [0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];
const BLACK = '#000000';

const lit = (colour: string, light: number): string => mixed(colour, BLACK, 1 - light);

/** The same with as little light as words and shapes can do with; as it is where they need all of it. */
export function dimmed({ ground, ink, accent }: Brand): Brand {
  for (const light of LIGHTS) {
    const dim = lit(ground, light);
    const words = inkOn(dim, ink, light, LEAST_WORD_CONTRAST);
    const shapes = inkOn(dim, accent, light, LEAST_SHAPE_CONTRAST);
    if (words !== null && shapes !== null) return { ground: dim, ink: words, accent: shapes };
  }
  return { ground, ink, accent };
}

function inkOn(ground: string, ink: string, least: number, contrast: number): string | null {
  const colours = LIGHTS.filter((light) => light >= least).map((light) => lit(ink, light));
  return colours.find((colour) => contrastOf(colour, ground) >= contrast) ?? null;
}
