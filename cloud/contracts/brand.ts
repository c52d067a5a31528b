import * as z from 'zod/mini';

/** WCAG 2 success criteria 1.4.6 (words, enhanced) and 1.4.11 (shapes). */
export const LEAST_WORD_CONTRAST = 7;
export const LEAST_SHAPE_CONTRAST = 3;

const colourSchema = z
  .string()
  .check(z.regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as #101417'), z.toLowerCase());

/** The colours of a chain, on boards that are calm. What a state or an alarm looks like is the same in all shops. */
export const brandSchema = z
  .strictObject({
    /** Behind everything. */
    ground: colourSchema,
    /** Words and figures. */
    ink: colourSchema,
    /** The rule under the name of the store, and the curve. */
    accent: colourSchema,
  })
  .check(
    z.superRefine((brand, { addIssue }) => {
      const words = contrastOf(brand.ink, brand.ground);
      if (words < LEAST_WORD_CONTRAST)
        addIssue({ code: 'custom', path: ['ink'], message: tooPale(words, LEAST_WORD_CONTRAST) });
      const shapes = contrastOf(brand.accent, brand.ground);
      if (shapes < LEAST_SHAPE_CONTRAST)
        addIssue({ code: 'custom', path: ['accent'], message: tooPale(shapes, LEAST_SHAPE_CONTRAST) });
    }),
  );
export type Brand = z.infer<typeof brandSchema>;

const tooPale = (is: number, least: number): string =>
  `expected a contrast of at least ${least}:1 with the ground, it is ${(Math.floor(is * 10) / 10).toFixed(1)}:1`;

/** Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2). */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance, 0 to 1 (WCAG 2). */
export function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
