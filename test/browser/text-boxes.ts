import type { Page } from '@playwright/test';
import type { TextBox } from './fixture/measures.ts';

/** Every run of words on the glass, from its cap height to its baseline, as far as it is drawn. */
export const textBoxes = (page: Page): Promise<TextBox[]> => page.evaluate(() => window.measures.text());

/** Of the long edge, as far as 16:9 goes: no words come nearer to the edge of the glass. */
const SAFE_MARGIN = 0.025;

/** What runs off the glass or into other words. Letter spacing lets neighbours touch by a pixel or two. */
export function faultsOf(
  boxes: readonly TextBox[],
  size: { width: number; height: number },
  safe = SAFE_MARGIN,
): string[] {
  const slack = size.height / 300;
  const [short = 0, long = 0] = [size.width, size.height].toSorted((one, other) => one - other);
  const margin = Math.min(long, (short * 16) / 9) * safe;
  const outside = boxes.filter(
    ({ left, right, top, bottom }) =>
      left < margin || top < margin || right > size.width - margin || bottom > size.height - margin,
  );
  const into = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > slack &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack,
      )
      .map((other) => `"${one.text}" runs into "${other.text}"`),
  );
  return [...outside.map(({ text }) => `"${text}" runs into the margin`), ...into];
}

/** The words of the boxes in the order of the page; what takes several lines is said once. */
export const wordsOf = (boxes: readonly TextBox[]): string =>
  boxes
    .map(({ text }) => text)
    .filter((text, index, all) => text !== all[index - 1])
    .join(' ')
    .replaceAll(/\s+/g, ' ');
