import {
  type Brand,
  contrastOf,
  LEAST_SHAPE_CONTRAST,
  LEAST_WORD_CONTRAST,
} from '../../../cloud/contracts/brand.ts';

export type BrandCheck = { readonly words: string; readonly isEnough: boolean };

/** Whether words and lines can be seen on their ground, each in a sentence. */
export const brandChecks = ({ ground, ink, accent }: Brand): readonly BrandCheck[] => [
  check('Words on the ground', contrastOf(ink, ground), LEAST_WORD_CONTRAST),
  check('Accent on the ground', contrastOf(accent, ground), LEAST_SHAPE_CONTRAST),
];

function check(what: string, contrast: number, least: number): BrandCheck {
  const isEnough = contrast >= least;
  // Never rounded up to what is enough.
  const told = (Math.floor(contrast * 10) / 10).toFixed(1);
  return {
    isEnough,
    words: `${what}: contrast ${told}:1, ${isEnough ? 'enough' : `at least ${least}:1 is needed`}`,
  };
}
